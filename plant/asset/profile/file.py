"""Device profiles: which address of a device carries which signal, as tables in ``profiles/``.

A profile is what a maker's manual says of one kind of device. Simulators answer by it and acquisition
reads by it, so neither has an address in its code. Its points name signals by role
(``well.Frequency``); a bench says which asset fills the role. docs/profiles.md has every word of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plant.asset.profile.point import Point
from plant.asset.profile.point_row import read_point
from plant.asset.profile.stamp import BY_ARRIVAL, Stamps, read_stamps
from plant.asset.protocol.table import PROTOCOLS
from plant.asset.table import Table

FOLDER = Path(__file__).parents[1] / "profiles"


@dataclass(frozen=True)
class Profile:
    """One kind of device."""

    name: str
    protocol: str
    behaviour: str  # what the simulated device does behind its addresses, e.g. "well_rtu"
    roles: Mapping[str, str]  # role → asset type
    points: tuple[Point, ...]
    path: Path = field(default=Path(), compare=False)  # of its file
    overrides: Mapping[str, Any] = field(default_factory=dict)  # by a bench, of its points' keys
    settings: Any = field(default_factory=dict)  # of its protocol, for all of its points
    stamps: Stamps = BY_ARRIVAL
    overruled: Mapping[str, Any] = field(default_factory=dict)  # by a bench, of its own keys

    @property
    def has_stamps(self) -> bool:
        """Whether its devices stamp their values, or show their clock."""
        return PROTOCOLS[self.protocol].has_stamps(self.settings)


def load_profile(
    source: str, beside: Path | None = None, overrides: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Profile:  # fmt: skip
    """Profile by bare name (from ``profiles/``) or by path, relative to the file ``beside`` which names it.

    ``overrides`` replaces keys of points: ``{"well.Frequency": {"address": 12}}``, and ``settings`` keys of the
    profile itself: ``{"max_registers": 20}``. Raises :class:`ConfigError` with every mistake.
    """
    path = _path(source, beside)
    file = Table.load(path)
    file.data = file.data | dict(settings or {})
    protocol = PROTOCOLS.get(file.text("protocol", choices=tuple(PROTOCOLS)))
    roles, behaviour = file.mapping("roles"), file.text("behaviour", "")
    own = protocol.read_settings(file) if protocol else {}
    stamps = read_stamps(file, protocol is None or protocol.has_stamps(own))
    rows = file.tables("point")
    _override(file, rows, overrides or {})
    points = [read_point(row, protocol, roles, own) for row in rows]
    _check_once(file, rows)
    file.no_others()
    file.finish()
    found = tuple(point for point in points if point is not None)
    name = protocol.name if protocol else ""
    return Profile(Path(source).stem, name, behaviour, roles, found, path, overrides or {}, own, stamps, settings or {})


def _path(source: str, beside: Path | None) -> Path:
    if "/" not in source and not source.endswith(".toml"):
        return FOLDER / f"{source}.toml"
    return (beside.parent if beside else Path()) / source


def _override(file: Table, rows: list[Table], overrides: Mapping[str, Any]) -> None:
    by_signal = {row.data.get("signal"): row for row in rows}
    for signal, keys in overrides.items():
        if signal not in by_signal:
            file.mistake("point", signal, "is overridden by the bench but is no point of this profile")
        elif not isinstance(keys, dict):
            file.mistake(f"point[{signal}]", keys, "an override must be a table of keys")
        else:
            by_signal[signal].data = by_signal[signal].data | keys


def _check_once(file: Table, rows: list[Table]) -> None:
    """Of two points of one signal, all but the last would be dropped in silence."""
    told = Counter(row.data.get("signal") for row in rows)
    for signal in (name for name, count in told.items() if isinstance(name, str) and count > 1):
        file.mistake(f"point[{signal}]", None, "is a point given twice")
