"""The actuator on a real bus, with a control process and a field that only write down what they are asked."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from control.bus.connection import Bus
from control.bus.message.command import Outcome
from hil import actuator
from hil.actuator import BusActuator
from hil.event import Event
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.asset.table import Table
from plant.error import CommandRefused
from simulators.fault.order import read_heal, read_start
from simulators.fault.target import Targets
from tests.place import DEMO

WELL, REFERENCE = "Well.CACB27A-P1", "Well.CACB27A-P1.FrequencyReference"


@pytest.fixture
async def bus(bus_url: str) -> AsyncIterator[Bus]:
    """A connection to a bus of the test's own."""
    bus = await Bus.connect(bus_url, DEMO)
    yield bus
    await bus.close()


@pytest.fixture
def acting(bus: Bus) -> BusActuator:
    """An actuator on the demo field's bus."""
    return BusActuator(bus, "scenario test")


async def listening(bus: Bus, subject: str, reply: dict[str, Any]) -> list[dict[str, Any]]:
    """What is asked on ``subject`` from now on, each answered with ``reply``."""
    asked: list[dict[str, Any]] = []

    async def answer(request: dict[str, Any]) -> bytes:
        asked.append(request)
        return json.dumps(reply).encode()

    await bus.answer(subject, answer)
    return asked


@pytest.mark.anyio
async def test_a_setpoint_goes_through_the_command_path_with_who_and_why(bus: Bus, acting: BusActuator) -> None:
    reply = Outcome("x", "failed", REFERENCE, 51.0, 47.0, "reads back 47 Hz", 1).plain()
    asked = await listening(bus, bus.subjects.commands(WELL), reply)
    answer = await acting.do(Event("faster", 30.0, "write", REFERENCE, 51.0))
    assert (answer.outcome, answer.detail, answer.time) == ("failed", "reads back 47 Hz", None)
    sent = {"tag": REFERENCE, "value": 51.0, "by": "scenario test", "reason": "faster"}
    assert sent.items() <= asked[0].items()


@pytest.mark.anyio
async def test_what_the_guard_refuses_is_refused(bus: Bus, acting: BusActuator) -> None:
    async def refuse(_: Any) -> bytes:
        raise CommandRefused(REFERENCE, 90, "must be between 30 Hz and 60 Hz")

    await bus.answer(bus.subjects.commands("*"), refuse)
    answer = await acting.do(Event("faster", 30.0, "write", REFERENCE, 90.0))
    assert (answer.outcome, "must be between" in answer.detail) == ("refused", True)


def ordered(does: str, **said: Any) -> Event:
    """An event of the fault table, on the demo field's targets."""
    targets = Targets.of(load_field("shengli12"), load_bench("shengli12"))
    (order,) = (read_heal if does == "heal" else read_start)(Table(said, "test"), targets)
    return Event("e", 0.0, does, order.target, order=order)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("does", "said", "request_"),
    [
        ("malfunction", {"malfunction": "trip", "on": WELL, "code": "Stall"}, {"code": "Stall"}),
        (
            "malfunction",
            {"malfunction": "dip", "depth_pct": 60, "lasts": "2s"},
            {"on": "Field", "depth": 0.6, "lasts": 2.0},
        ),
        ("heal", {"malfunction": "supply sag", "ramp_s": 5}, {"on": "Field", "ramp": 5.0}),
    ],
)
async def test_a_fault_goes_to_the_field_and_happened_when_the_field_says(
    bus: Bus, acting: BusActuator, does: str, said: dict[str, Any], request_: dict[str, Any]
) -> None:
    asked = await listening(bus, bus.subjects.sim_control(), {"time_ns": 77})
    answer = await acting.do(ordered(does, **said))
    assert (answer.outcome, answer.time) == ("done", 77)
    assert asked[0].items() >= ({"do": does, "malfunction": said["malfunction"]} | request_).items()


@pytest.mark.anyio
async def test_nobody_answering_is_a_failure_and_no_exception(
    acting: BusActuator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actuator, "TIMEOUT", 0.5)
    answer = await acting.do(ordered("malfunction", malfunction="trip", on=WELL))
    assert (answer.outcome, "no answer" in answer.detail) == ("failed", True)
