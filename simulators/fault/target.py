"""Targets: what faults may act on in a field and on its bench, by name, pattern or wellpad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.asset.pattern import matches
from plant.asset.table import Table
from plant.asset.tag import Tag, tags_of
from plant.process.malfunction_file import FIELD
from simulators.fault.row import DEVICE, INSTRUMENT, LINK, Fault
from simulators.fault.table import called, names

PAD = "Wellpad."  # before its code, a name that stands for all assets of a wellpad


@dataclass(frozen=True)
class Targets:
    """The assets, measured tags and devices that there are. A device of no known ``protocols`` may have any fault."""

    assets: tuple[str, ...]
    instruments: Mapping[str, Tag]
    protocols: Mapping[str, str]  # of the devices, what they speak
    pads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # assets of each wellpad

    @classmethod
    def of(cls, asset_field: Field, bench: Bench) -> Targets:
        """Those of a field behind a bench."""
        protocols = {device.name: device.profile.protocol for device in bench.devices}
        return cls.named(asset_field.assets(), protocols, _pads(asset_field))

    @classmethod
    def named(
        cls, assets: Iterable[str], protocols: Mapping[str, str], pads: Mapping[str, tuple[str, ...]] | None = None
    ) -> Targets:  # fmt: skip
        """Those of assets and devices by their names."""
        assets = tuple(dict.fromkeys(assets))
        measured = {name: tag for name, tag in tags_of(assets).items() if tag.signal.kind == "measurement"}
        return cls(assets, measured, protocols, pads or {})

    def read(self, row: Table) -> list[tuple[Fault, str]]:
        """The fault that ``malfunction`` names and all that ``on`` means, or the field as a whole without it."""
        name = row.text("malfunction")
        rows = called(name)
        if not rows:
            row.mistake("malfunction", name, f"{_near(name)}; `gemelo malfunction list` names all")
        whole = any(fault.acts_on == FIELD for fault in rows)
        patterns = self._patterns(row, FIELD if whole or not rows else None)
        found = {(fault, target): None for pattern in patterns for fault, target in self._meant(row, rows, pattern)}
        return list(found)

    def _patterns(self, row: Table, default: str | None) -> tuple[str, ...]:
        if isinstance(row.data.get("on"), list):
            return row.texts("on")
        return (row.text("on") if default is None else row.text("on", default),)

    def _meant(self, row: Table, rows: tuple[Fault, ...], pattern: str) -> list[tuple[Fault, str]]:
        alike = [(fault, name) for fault in rows for name in self._names(fault.acts_on) if self._is(name, pattern)]
        found = [(fault, name) for fault, name in alike if self._may_have(fault, name)]
        if rows and pattern and not found:
            row.mistake("on", pattern, self._rule(rows, [name for _, name in alike]))
        return found

    def _rule(self, rows: tuple[Fault, ...], alike: list[str]) -> str:
        if alike:
            return f"has no {rows[0].name!r}: only devices that speak {' or '.join(rows[0].protocols)} can"
        kinds = " or ".join(fault.acts_on for fault in rows)
        return f"names nothing that can have {rows[0].name!r}, which befalls {kinds}"

    def _names(self, acts_on: str) -> Iterable[str]:
        if acts_on == INSTRUMENT:
            return self.instruments
        if acts_on in (DEVICE, LINK):
            return self.protocols
        return (FIELD,) if acts_on == FIELD else (a for a in self.assets if a.startswith(f"{acts_on}."))

    def _is(self, name: str, pattern: str) -> bool:
        if pattern.startswith(PAD):
            here = self.pads.get(pattern, ())
            return name in here or name.rpartition(".")[0] in here
        return matches(name, pattern)

    def _may_have(self, fault: Fault, name: str) -> bool:
        protocol = self.protocols.get(name, "")
        return not fault.protocols or not protocol or protocol in fault.protocols


def _near(name: str) -> str:
    alike = get_close_matches(name, names(), 3, 0.5)
    return f"is no malfunction; did you mean {' or '.join(map(repr, alike))}?" if alike else "is no malfunction"


def _pads(asset_field: Field) -> dict[str, tuple[str, ...]]:
    groups: dict[str, Iterable[object]] = {
        "Well": asset_field.wells, "GasLiftWell": asset_field.gas_lift_wells, "NaturalWell": asset_field.natural_wells,
        "Injector": asset_field.injectors, "Manifold": asset_field.manifolds,
    }  # fmt: skip
    found: dict[str, list[str]] = {f"{PAD}{pad.code}": [] for pad in asset_field.wellpads}
    for kind, group in groups.items():
        for one in group:
            found[f"{PAD}{one.wellpad}"].append(f"{kind}.{one.code}")  # type: ignore[attr-defined]
    return {pad: tuple(assets) for pad, assets in found.items()}
