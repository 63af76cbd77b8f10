"""What can be done to a simulated field from outside the wire: faults, events, speed.

A request is a table with a verb: ``{"do": "fault", "tag": "Well.A.IntakePressure", "kind": "frozen"}``;
:data:`VERBS` lists them all. Units stand in the keys, as in files: ``"size": 5e5`` and ``"size_MPa": 0.5``
are the same. For benches, scenarios and trainers; production never comes here.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from plant.asset.field import Field
from plant.asset.signal import signals
from plant.asset.speed import obstacle
from plant.asset.table import Table
from plant.process.malfunction_file import FIELD
from simulators.defect import KINDS
from simulators.field import SimulatedField

Answer = dict[str, Any]
Act = Callable[[], Awaitable[Answer]]
CODES = {name: number for number, name in (signals()["Well", "TripCode"].states or {}).items() if number}


async def inject(field: SimulatedField, request: Any) -> Answer:
    """Carry out one request: what was asked, stamped with plant time, and what there is to tell of it.

    Raises :class:`plant.asset.error.ConfigError` with everything that is wrong with it, and nothing is done.
    """
    table = Table(dict(request) if isinstance(request, Mapping) else {}, "request")
    verb = table.text("do", choices=tuple(VERBS))
    table.finish()
    act = VERBS[verb](field, table)
    table.no_others()
    table.finish()
    answer = await act()
    return {"time_ns": field.site.time, **table.data, **answer}


def _freeze(field: SimulatedField, _: Table) -> Act:
    return _then(lambda: field.set_speed(0.0))


def _run(field: SimulatedField, _: Table) -> Act:
    return _then(lambda: field.set_speed(field.running_speed))


def _speed(field: SimulatedField, table: Table) -> Act:
    """``speed``: seconds of plant time per second, or ``"max"``."""
    is_text = isinstance(table.data.get("speed"), str)
    if is_text:
        table.text("speed", choices=("max",))
    wanted = math.inf if is_text else table.number("speed", low=0.0)
    if rule := obstacle(field.bench.clock, wanted):
        table.mistake("speed", table.data.get("speed"), rule)
    return _then(lambda: field.set_speed(wanted))


def _attach(is_attached: bool) -> Callable[[SimulatedField, Table], Act]:
    """``well``: shut it in and out of the field as if its device were real, or let it back in, stopped."""

    def read(field: SimulatedField, table: Table) -> Act:
        well = _known(table, "well", field.wells)
        return _then(lambda: field.attach(well, is_attached))

    return read


def _lose(field: SimulatedField, table: Table) -> Act:
    """``device``: it falls silent, as when its cable is pulled."""
    name = _known(table, "device", field.places)

    async def act() -> Answer:
        await field.lose(name)
        return {}

    return act


def _restore(field: SimulatedField, table: Table) -> Act:
    """``device``: it answers again."""
    name = _known(table, "device", field.places)

    async def act() -> Answer:
        await field.restore(name)
        return {}

    return act


def _fault(field: SimulatedField, table: Table) -> Act:
    """``tag``, ``kind``; ``size`` of a bias, or of a drift per second (SI); ``after``, seconds from now."""
    tag, quantity = _instrument(field, table)
    kind = table.text("kind", choices=tuple(KINDS))
    size = _size(table, kind, quantity)
    onset = field.env.now + table.number("after", "time", 0.0, low=0.0)
    return _then(lambda: field.site.instruments.fail(tag, kind, size, onset))


def _size(table: Table, kind: str, quantity: str) -> float:
    if kind == "bias":
        return table.number("size", quantity)
    return table.number("size") if kind == "drift" else table.number("size", quantity, 0.0)


def _clear(field: SimulatedField, table: Table) -> Act:
    """``tag``: its instrument is whole again."""
    tag, _ = _instrument(field, table)
    return _then(lambda: field.site.instruments.repair(tag))


def _trip(field: SimulatedField, table: Table) -> Act:
    """``well``, ``code`` (a name of ``Well.TripCode``): its drive trips."""
    well, code = _known(table, "well", field.wells), table.text("code", "External", tuple(CODES))
    return _then(lambda: field.site.drives.trip(field.plant.index(well), CODES[code]))


def _dip(field: SimulatedField, table: Table) -> Act:
    """``depth`` (share of the voltage that is lost), ``duration``; of one ``wellpad``, or of all."""
    depth, duration = table.number("depth", "fraction", low=0.0, high=1.0), table.number("duration", "time", low=0.0)
    wellpad = table.text("wellpad", "", tuple(pad.code for pad in field.field.wellpads))
    return _then(lambda: field.dip_supply(1.0 - depth, duration, wellpad))


def _malfunction(field: SimulatedField, table: Table) -> Act:
    """``name``; of an ``asset``, a ``wellpad`` or the field; ``severity``, ``after``, ``ramp`` (by default its own)."""
    name, assets = _befallen(field, table)
    severity = table.number("severity", "fraction", 1.0, low=0.0, high=1.0)
    after, ramp = table.number("after", "time", 0.0, low=0.0), table.number("ramp", "time", None, low=0.0)

    def act() -> None:
        for one in assets:
            field.plant.malfunctions.start(name, one, severity, after, ramp)

    return _then(act)


def _heal(field: SimulatedField, table: Table) -> Act:
    """``name`` and of what, as above, ``after``, ``ramp``; without a name, all malfunctions at once."""
    if "name" not in table.data:
        return _then(field.plant.malfunctions.clear_all)
    name, assets = _befallen(field, table)
    after, ramp = table.number("after", "time", 0.0, low=0.0), table.number("ramp", "time", 0.0, low=0.0)

    def act() -> None:
        for one in assets:
            field.plant.malfunctions.clear(name, one, ramp, after)

    return _then(act)


def _befallen(field: SimulatedField, table: Table) -> tuple[str, list[str]]:
    """A malfunction's name, and the assets that are meant and can have it."""
    name, asset = table.text("name"), table.text("asset", "")
    wellpad = table.text("wellpad", "", tuple(pad.code for pad in field.field.wellpads))
    can = [one for row, assets in field.plant.malfunctions.available() if row.name == name for one in assets]
    if asset and wellpad:
        table.mistake("wellpad", wellpad, "cannot be given along with an asset")
    if wellpad:
        there = _assets_at(field.field, wellpad)
        found = [one for one in can if one in there]
    else:
        found = [one for one in can if one == (asset or FIELD)]
    if "name" in table.data and not found:
        table.mistake("name", name, f"is no malfunction of {wellpad or asset or 'the field as a whole'}")
    return name, found


def _assets_at(field: Field, wellpad: str) -> set[str]:
    groups: dict[str, Sequence[Any]] = {
        "Well": field.wells, "GasLiftWell": field.gas_lift_wells, "NaturalWell": field.natural_wells,
        "Injector": field.injectors, "Manifold": field.manifolds,
    }  # fmt: skip
    return {f"{kind}.{one.code}" for kind, group in groups.items() for one in group if one.wellpad == wellpad}


def _value(field: SimulatedField, table: Table) -> Act:
    """``tag``: its true value, SI."""
    tag, _ = _instrument(field, table)

    async def act() -> Answer:
        return {"value": field.truth(tag)}

    return act


def _status(field: SimulatedField, _: Table) -> Act:
    async def act() -> Answer:
        return field.status()

    return act


VERBS: dict[str, Callable[[SimulatedField, Table], Act]] = {
    "freeze": _freeze,
    "run": _run,
    "speed": _speed,
    "detach": _attach(False),
    "attach": _attach(True),
    "stop_device": _lose,
    "start_device": _restore,
    "fault": _fault,
    "clear": _clear,
    "trip": _trip,
    "dip": _dip,
    "malfunction": _malfunction,
    "heal": _heal,
    "value": _value,
    "status": _status,
}
QUESTIONS = ("value", "status")  # verbs that change nothing, and so are no part of the ground truth


def _then(act: Callable[[], None]) -> Act:
    async def later() -> Answer:
        act()
        return {}

    return later


def _known(table: Table, key: str, names: Any) -> str:
    name = table.text(key)
    if key in table.data and name not in names:
        table.mistake(key, table.data[key], f"is no simulated {key} of this field")
    return name


def _instrument(field: SimulatedField, table: Table) -> tuple[str, str]:
    """The tag, and the quantity of what it measures."""
    tag = table.text("tag")
    asset, _, name = tag.rpartition(".")
    signal = signals().get((asset.partition(".")[0], name))
    if asset not in field.field.assets() or signal is None or signal.kind != "measurement":
        table.mistake("tag", tag, "is measured nowhere in this field")
        return tag, "number"
    return tag, signal.unit.quantity
