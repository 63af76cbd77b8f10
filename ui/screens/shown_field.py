"""The field as shown: what the pages know of it before any value comes. Files only; read once at start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import control.site
from control.alarms.rule import Rule
from plant.asset.bench import Bench
from plant.asset.field import Field, Well
from plant.asset.signal import signals
from plant.asset.tag import Tag, tags_of
from plant.error import Unknown
from ui.screens.band import Band, band_of
from ui.screens.target import targets


@dataclass(frozen=True)
class ShownField:
    """The field, the bench that says where its devices answer, and the alarm limits of its tags."""

    field: Field
    bench: Bench
    rules: tuple[Rule, ...] = ()

    @classmethod
    def load(cls, field_source: str, bench_source: str) -> ShownField:
        """Read the files. Raises one :class:`ConfigError` with the mistakes of all of them."""
        read = control.site.Site.load(field_source, bench_source)
        return cls(read.field, read.bench, read.rules)

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """All tags by name."""
        return tags_of(self.field.assets())

    @cached_property
    def wells(self) -> dict[str, Well]:
        """The wells by code."""
        return {well.code: well for well in self.field.wells}

    @cached_property
    def mode(self) -> str:
        """Whether the devices are simulated, real, or some of each."""
        simulated = {device.is_simulated for device in self.bench.devices}
        return "Mixed" if len(simulated) > 1 else "Real" if simulated == {False} else "Simulated"

    @property
    def scan(self) -> float:
        """The slowest scan period of the bench [s]."""
        return max((device.scan for device in self.bench.devices), default=1.0)

    def well(self, code: str) -> Well:
        """The well of that code. Raises :class:`Unknown`."""
        try:
            return self.wells[code]
        except KeyError:
            raise Unknown("well", code) from None

    def assets(self, asset_type: str) -> list[str]:
        """The assets of one type, in the field's order."""
        return [asset for asset in self.field.assets() if asset.partition(".")[0] == asset_type]

    def unit_of(self, asset_type: str, signal: str) -> str:
        """Symbol of the unit in which a signal is shown."""
        return signals()[asset_type, signal].unit.symbol

    def band(self, tag: str) -> Band:
        """Where the values of a tag belong."""
        name, well = self.tags[tag], self.wells.get(self.tags[tag].asset.partition(".")[2])
        limits = {rule.kind: float(rule.tag.signal.unit.from_si(rule.limit)) for rule in self.limits(tag)}
        return band_of(name, well, self.targets.get(tag), limits)

    @cached_property
    def targets(self) -> dict[str, float]:
        """What the meters of a field's rates should read, by tag."""
        return targets(self.field)

    def limits(self, tag: str) -> list[Rule]:
        """The limit alarms of a tag."""
        return self._limits.get(tag, [])

    @cached_property
    def _limits(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.limit is not None:
                found.setdefault(rule.tag.name, []).append(rule)
        return found
