"""What can be done to a simulated field from outside the wire: faults, events, speed.

A request is a table with a verb: ``{"do": "malfunction", "malfunction": "bias", "on": "Well.A.IntakePressure",
"size_MPa": 0.5}``; :data:`VERBS` lists them all. What can go wrong is the fault table's (:mod:`simulators.fault`).
Units stand in the keys, as in files. For benches, scenarios and trainers; production never comes here.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from plant.asset.duration import read as read_duration
from plant.asset.pattern import matches
from plant.asset.speed import obstacle
from plant.asset.table import Table
from simulators.fault.order import Order, read_heal, read_start
from simulators.fault.personality import NONE, mistakes, personalities
from simulators.field import STEP, SimulatedField

LONGEST_STEP = 60.0  # s of plant time, while which nobody is answered
Answer = dict[str, Any]
Act = Callable[[], Awaitable[Answer]]


async def inject(field: SimulatedField, request: Any) -> Answer:
    """Carry out one request: what was asked, stamped with plant time, and what there is to tell of it.

    Raises :class:`plant.error.ConfigError` with everything that is wrong with it, and nothing is done.
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
    return _in_time(field, 0.0)


def _run(field: SimulatedField, _: Table) -> Act:
    return _in_time(field, field.running_speed)


def _speed(field: SimulatedField, table: Table) -> Act:
    """``speed``: seconds of plant time per second, or ``"max"``."""
    is_text = isinstance(table.data.get("speed"), str)
    if is_text:
        table.text("speed", choices=("max",))
    wanted = math.inf if is_text else table.number("speed", low=0.0)
    if rule := obstacle(field.bench.clock, wanted):
        table.mistake("speed", table.data.get("speed"), rule)
    return _in_time(field, wanted)


def _step(field: SimulatedField, table: Table) -> Act:
    """``for``: so much plant time at once [s], at most a minute, and stand still then."""
    stride = read_duration(table, "for", low=STEP, high=LONGEST_STEP)

    def act() -> None:
        field.must_have_a_time_of_its_own()
        field.set_speed(0.0)
        field.env.run(until=field.env.now + stride)

    if field.bench.clock == "wall":
        table.mistake("do", "step", obstacle("wall", 2.0))
    return _then(act)


def _in_time(field: SimulatedField, speed: float) -> Act:
    def act() -> None:
        field.must_have_a_time_of_its_own()
        field.set_speed(speed)

    return _then(act)


def _attach(is_attached: bool) -> Callable[[SimulatedField, Table], Act]:
    """``well``: shut it in and out of the field as if its device were real, or let it back in, stopped."""

    def read(field: SimulatedField, table: Table) -> Act:
        well = _known(table, "well", field.attachable)
        return _then(lambda: field.attach(well, is_attached))

    return read


def _operate(is_local: bool) -> Callable[[SimulatedField, Table], Act]:
    """``well``: let somebody at its drive's panel take it from the wire, or give it back."""

    def read(field: SimulatedField, table: Table) -> Act:
        well = _known(table, "well", field.wells)
        return _then(lambda: field.operate(well, is_local))

    return read


def _malfunction(field: SimulatedField, table: Table) -> Act:
    """``malfunction``, a name of the fault table; ``on``, what it befalls; its settings."""
    return _done(field, read_start(table, field.targets))


def _heal(field: SimulatedField, table: Table) -> Act:
    """``malfunction``, ``on`` and how it goes; without a name, everything at once."""
    if "malfunction" not in table.data:
        return _done(field, None)
    return _done(field, read_heal(table, field.targets))


def _personality(field: SimulatedField, table: Table) -> Act:
    """``personality``: its name; ``on``: the devices, by name or pattern, that are to be so and have no other fault."""
    name, pattern = table.text("personality", choices=(NONE, *personalities())), table.text("on")
    devices = [device for device in field.targets.protocols if matches(device, pattern)]
    if pattern and not devices:
        table.mistake("on", pattern, "names no device of this bench")
    if name in personalities():
        for device in devices:
            for wrong in mistakes(name, device, field.targets, "request"):
                table.mistake("on", device, wrong.rule)

    async def act() -> Answer:
        for device in devices:
            field.must_be_simulated(device)
        for device in devices:
            field.be(device, name)
        field.feel()
        await field.mind_links()
        return {}

    return act


def _done(field: SimulatedField, orders: Sequence[Order] | None) -> Act:
    async def act() -> Answer:
        for order in orders or ():
            field.must_be_simulated(order.target)
        for order in orders or ():
            field.faults.do(order)
        if orders is None:
            field.faults.clear()
        field.feel()
        await field.mind_links()
        return {}

    return act


def _value(field: SimulatedField, table: Table) -> Act:
    """``tag``: its true value, SI."""
    tag = _measured(field, table)

    async def act() -> Answer:
        return {"value": field.truth(tag)}

    return act


def _look(field: SimulatedField, table: Table) -> Act:
    """``tags``: their true values, SI; ``shown``: what devices show of these; and all that costs."""
    tags, shown = table.texts("tags", ()), table.texts("shown", ())

    async def act() -> Answer:
        true = {tag: field.truth(tag) if tag in field.targets.instruments else _shown(field, tag) for tag in tags}
        seen = {tag: _shown(field, tag) for tag in shown}
        return {"truth": _known_of(true), "shown": _known_of(seen), **costly(field)}

    return act


def _known_of(values: Mapping[str, float]) -> dict[str, float | None]:
    """None of what nobody knows."""
    return {tag: value if math.isfinite(value) else None for tag, value in values.items()}


def _shown(field: SimulatedField, tag: str) -> float:
    """What the primary device of a tag shows of it; NaN of what none shows."""
    asset, _, name = tag.rpartition(".")
    device = field.bench.primary().get(tag)
    if device is None or device.name not in field.devices:
        return math.nan
    role = next(role for role, one in device.assets.items() if one == asset)
    return field.devices[device.name].readings()[f"{role}.{name}"].value


def costly(field: SimulatedField) -> Answer:
    """What is made and used just now, in truth, as plain values: SI, of every well with a drive."""
    signals = field.plant.signals
    return {
        "flow": signals["Well.Flow"].tolist(), "power": float(signals["Well.ActivePower"].sum()),
        "flared": float(signals["Flare.Flow"].sum()) if "Flare.Flow" in signals else 0.0,
        "temperature": signals["Well.MotorTemperature"].tolist(), "state": field.site.drives.state.tolist(),
    }  # fmt: skip


def _status(field: SimulatedField, _: Table) -> Act:
    async def act() -> Answer:
        return field.status()

    return act


VERBS: dict[str, Callable[[SimulatedField, Table], Act]] = {
    "freeze": _freeze,
    "run": _run,
    "speed": _speed,
    "step": _step,
    "detach": _attach(False),
    "attach": _attach(True),
    "local": _operate(True),
    "remote": _operate(False),
    "malfunction": _malfunction,
    "heal": _heal,
    "personality": _personality,
    "value": _value,
    "status": _status,
    "look": _look,
}
QUESTIONS = ("value", "status", "look")  # verbs that change nothing, and so are no part of the ground truth


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


def _measured(field: SimulatedField, table: Table) -> str:
    tag = table.text("tag")
    if tag not in field.targets.instruments:
        table.mistake("tag", tag, "is measured nowhere in this field")
    return tag
