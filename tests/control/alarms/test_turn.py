"""A field that goes back has its alarms as they stood, said anew as of the run that begins."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from control.alarms.desk import AlarmDesk
from control.alarms.engine import AlarmEngine
from control.alarms.rule import Cause, Rule
from control.alarms.state import State
from control.bus.batch import Batch
from control.bus.clock import SECOND, FieldClock
from control.bus.connection import Bus
from control.bus.message.alarm import Handling
from control.bus.message.announcement import PlantTime
from control.bus.outbox import Outbox
from plant.asset.tag import tags_of
from tests.place import DEMO

pytestmark = pytest.mark.anyio
TAGS = tags_of(["Well.A", "Well.B"])
RULES = [Rule(Cause(TAGS[f"Well.{w}.Current"], "high", 60.0, 1.0), 0.0, 0.0, 2, {"en": "Overload"}) for w in "AB"]
A, B = (rule.id for rule in RULES)


@pytest.fixture
async def bus(bus_server: Any) -> AsyncIterator[Bus]:
    connected = await Bus.connect(bus_server.url, DEMO)
    yield connected
    await connected.close()


@pytest.fixture
async def desk(bus: Bus) -> AlarmDesk:
    clock = FieldClock()
    clock.hear(PlantTime(100 * SECOND, 0.0))
    one = AlarmDesk(bus, Outbox(bus), AlarmEngine(RULES), clock)
    await one.restore()
    return one


def scan(well: str, value: float) -> Batch:
    return Batch.snapshot([f"Well.{well}.Current"], 0, [value], 0, "RTU")


def at(desk: AlarmDesk, second: int, **more: Any) -> PlantTime:
    said = PlantTime(second * SECOND, 0.0, **more)
    desk._clock.hear(said)  # type: ignore[attr-defined]
    return said


def states(desk: AlarmDesk) -> list[State]:
    return [alarm.state for alarm in desk._engine.alarms]


async def test_alarms_stand_as_at_the_moment_with_the_time_that_has_passed_since(desk: AlarmDesk) -> None:
    desk.hear(scan("A", 70.0))  # at 100 s
    at(desk, 110)
    desk.hear(scan("A", 50.0))
    desk.hear(scan("B", 70.0))
    assert states(desk) == [State.RTNUN, State.UNACK]
    await desk.turn(at(desk, 200, run="branch", from_ns=105 * SECOND, since_ns=200 * SECOND))
    assert states(desk) == [State.UNACK, State.NORM]
    said = {one.id: one for one in desk._last.values()}
    assert (said[A].run, said[A].state, said[A].event, said[A].raised_ns) == ("branch", "UNACK", "branch", 195 * SECOND)
    assert (said[B].run, said[B].state) == ("branch", "NORM")
    desk.hear(scan("B", 70.0))
    assert states(desk) == [State.UNACK, State.UNACK]  # and goes on from there


async def test_a_shelf_lasts_as_long_as_it_would_have(desk: AlarmDesk) -> None:
    change = desk._engine.take(A, _shelve(), 100 * SECOND)
    desk._put([change], "ana", "known", 400 * SECOND)
    at(desk, 110)
    await desk.turn(at(desk, 200, run="branch", from_ns=105 * SECOND, since_ns=200 * SECOND))
    assert states(desk)[0] is State.SHLVD
    assert desk._last[A].shelved_until_ns == 495 * SECOND


async def test_a_branch_that_began_while_nobody_was_at_the_desk_is_noticed(desk: AlarmDesk) -> None:
    desk.hear(scan("A", 70.0))
    assert not desk.is_behind(PlantTime(1, 1.0))
    assert desk.is_behind(PlantTime(1, 1.0, "branch", 105 * SECOND, 200 * SECOND))


def _shelve() -> Any:
    from control.alarms.handling import read
    from control.alarms.state import Alarm

    return read(Handling(A, "shelve", "ana", "known", 300.0), Alarm(), A)
