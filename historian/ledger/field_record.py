"""A field file as records, and back: its wells and facilities with all that engineers know of them, without loss.

What a record's keys have no place for stands in its ``engineering``, by the field's own names and in SI; ``kind`` there
is the class, ``order`` its place in the file.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from plant.asset import facility, field, lift
from plant.asset.field import Field


class Key(NamedTuple):
    """Which record of a field: its noun, of a facility its kind, and its code."""

    noun: str
    kind: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind or self.noun} {self.code}"


class Group(NamedTuple):
    """One list of a field file: what its members are as records."""

    attribute: str
    kind: type
    noun: str
    lift: str = ""


GROUPS = (
    Group("wells", field.Well, "well", "ESP"), Group("gas_lift_wells", lift.GasLiftWell, "well", "GAS_LIFT"),
    Group("natural_wells", lift.NaturalWell, "well", "NATURAL"), Group("injectors", lift.Injector, "well", "INJECTION"),
    Group("wellpads", field.Wellpad, "wellpad"),
    *(Group(attribute, kind, "facility") for attribute, kind in (
        ("manifolds", field.Manifold), ("flowlines", field.Flowline), ("separator", field.Separator),
        ("tanks", field.Tank), ("risers", facility.Riser), ("heaters", facility.Heater),
        ("compressors", facility.Compressor), ("flares", facility.Flare),
        ("injection_pumps", facility.InjectionPump), ("generators", facility.Generator),
    )),
)  # fmt: skip
OWN = ("code", "name", "wellpad", "x", "y")  # of an asset, that its record has too


def records_of(described: Field) -> dict[Key, dict[str, Any]]:
    """The records that a field file describes; ``wellpad`` in them is a code."""
    listed = {group.attribute for group in GROUPS}
    facts = {key: value for key, value in _plain(described).items() if key not in (*listed, "name", "tenant")}
    found = {Key("field", "", described.name): {"engineering": facts}}
    for group in GROUPS:
        for order, one in enumerate(_members(described, group)):
            key = Key(group.noun, group.kind.__name__ if group.noun == "facility" else "", one.code)
            found[key] = _record(group, order, _plain(one))
    return found


def field_of(tenant: str, records: Mapping[Key, Mapping[str, Any]]) -> Field:
    """The field that the records describe; those without engineering are not of it."""
    whole = next((key, row) for key, row in records.items() if key.noun == "field")
    values: dict[str, Any] = {"name": whole[0].code, "tenant": tenant, **whole[1]["engineering"]}
    for group in GROUPS:
        rows = [(key, row) for key, row in records.items() if _is_of(group, key, row)]
        rows.sort(key=lambda pair: pair[1].get("engineering", {}).get("order", 0) if group.noun != "wellpad" else 0)
        members = tuple(_rebuilt(group.kind, _values(group, key, row)) for key, row in rows)
        values[group.attribute] = members[0] if group.attribute == "separator" else members
    return Field(**values)


def flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Values by the dotted path to each, to be compared one by one."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        found |= flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {f"{before}{key}": value}
    return found


def _members(described: Field, group: Group) -> Iterable[Any]:
    found = getattr(described, group.attribute)
    return found if isinstance(found, tuple) else (found,)


def _record(group: Group, order: int, values: dict[str, Any]) -> dict[str, Any]:
    own = {key: values.pop(key) for key in OWN if key in values}
    own.pop("code")
    if group.noun == "wellpad":
        return own
    if group.noun == "well":
        own |= {"lift": group.lift, "well_type": values.get("kind", "PROD_OIL")}
    return own | {"engineering": {**values, "class": group.kind.__name__, "order": order}}


def _is_of(group: Group, key: Key, row: Mapping[str, Any]) -> bool:
    if group.noun == "wellpad":
        return key.noun == "wellpad"
    return key.noun == group.noun and (row.get("engineering") or {}).get("class") == group.kind.__name__


def _values(group: Group, key: Key, row: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.name for one in dataclasses.fields(group.kind)}
    return {"code": key.code, **{name: value for name, value in row.items() if name in known}} | {
        name: value for name, value in (row.get("engineering") or {}).items() if name in known
    }  # fmt: skip


def _plain(one: Any) -> Any:
    """Dataclasses as dictionaries and tuples as lists, as JSON has them."""
    if dataclasses.is_dataclass(one):
        return {part.name: _plain(getattr(one, part.name)) for part in dataclasses.fields(one)}
    return [_plain(part) for part in one] if isinstance(one, tuple | list) else one


def _rebuilt(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _rebuilt(hints[name], part) for name, part in value.items()})  # type: ignore[operator]
    if typing.get_origin(kind) is tuple:
        return tuple(_rebuilt(typing.get_args(kind)[0], part) for part in value)
    return float(value) if kind is float else value
