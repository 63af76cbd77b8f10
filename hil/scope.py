"""A scope: the tags and devices that a timeline may speak of, and patterns over them.

``Well.*.Flow`` is what is measured, and leaves ``Well.A.Twin.Flow`` to those who ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.asset.pattern import matches
from plant.asset.table import Table
from plant.asset.tag import Tag, tags_of
from simulators.fault.target import Targets


@dataclass(frozen=True)
class Scope:
    """What a field and its bench offer."""

    tags: Mapping[str, Tag]
    devices: Mapping[str, tuple[str, ...]]  # and the tags that each shows
    targets: Targets  # what can go wrong there
    scan: float = 1.0  # period of the slowest [s]

    @classmethod
    def of(cls, field: Field, bench: Bench) -> Scope:
        """The scope of a field behind a bench."""
        shown = {d.name: tuple(t for t, p in d.tags().items() if p.signal.kind != "command") for d in bench.devices}
        scan = max((device.scan for device in bench.devices), default=1.0)
        return cls(tags_of(field.assets()), shown, Targets.of(field, bench), scan)

    def tag(self, row: Table, key: str, kinds: tuple[str, ...]) -> Tag | None:
        """The one tag that ``key`` names, of one of the signal ``kinds``; ``None`` with a mistake noted."""
        found = self._allowed(row, key, self._matching(row, key, row.text(key)), kinds)
        if len(found) > 1:
            row.mistake(key, row.data[key], "must name one tag, not a pattern of several")
        return found[0] if len(found) == 1 else None

    def tags_like(self, row: Table, key: str, kinds: tuple[str, ...] = ()) -> tuple[Tag, ...]:
        """The tags that the pattern in ``key`` names, or that a ``device`` shows; less those in ``except``."""
        if "device" in row.data:
            found = [self.tags[tag] for tag in self.devices.get(self.device(row, "device"), ()) if tag in self.tags]
        else:
            found = self._allowed(row, key, self._matching(row, key, row.text(key)), kinds)
        left_out = [tag for pattern in row.texts("except", ()) for tag in self._matching(row, "except", pattern)]
        return tuple(tag for tag in found if tag not in left_out)

    def assets_like(self, row: Table, key: str, asset_type: str) -> tuple[str, ...]:
        """The assets of one type that the pattern in ``key`` names."""
        pattern = row.text(key)
        assets = dict.fromkeys(tag.asset for tag in self.tags.values())
        found = tuple(a for a in assets if a.startswith(f"{asset_type}.") and matches(a, pattern))
        if key in row.data and not found:
            row.mistake(key, row.data[key], f"names no {asset_type} of the field")
        return found

    def device(self, row: Table, key: str) -> str:
        """The device that ``key`` names."""
        return row.text(key, choices=tuple(self.devices))

    def _matching(self, row: Table, key: str, pattern: str) -> list[Tag]:
        found = [tag for name, tag in self.tags.items() if matches(name, pattern)]
        if not found and pattern:
            row.mistake(key, pattern, "names no tag of the field")
        return found

    def _allowed(self, row: Table, key: str, found: list[Tag], kinds: tuple[str, ...]) -> list[Tag]:
        allowed = [tag for tag in found if not kinds or tag.signal.kind in kinds]
        if found and not allowed:
            row.mistake(key, row.data[key], f"must be a {' or '.join(kinds)}")
        return allowed
