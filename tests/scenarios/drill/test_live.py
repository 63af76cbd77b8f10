"""A live drill: what is done on a field that runs ticks its acts, and its record holds all that a score rests on."""

from typing import Any

import pytest

from control.bus.message.command import CommandEvent
from plant.asset.field import Field
from plant.error import CommandRefused
from scenarios.drill.drill import Drill
from scenarios.drill.drill_file import load_drill
from scenarios.drill.live import LiveDrill
from scenarios.drill.standing import brief_of, status_of

WELL = "Well.CACB27A-P1"
ABOUT: dict[str, Any] = {"id": "1-06", "state": "running", "trainer": "ana", "run": "r", "score": None, "why": ""}


@pytest.fixture(scope="module")
def loaded() -> tuple[Drill, Field]:
    drill, field, _ = load_drill("06-dead-head")
    return drill, field


@pytest.fixture
def live(loaded: tuple[Drill, Field]) -> LiveDrill:
    return LiveDrill(*loaded, "luis")


def told(live: LiveDrill, **truth: float) -> dict[str, Any]:
    n = len(live.asset_field.wells)
    tags = dict.fromkeys(live.tags, 0.0) | truth
    return {
        "truth": tags,
        "flow": [0.0] * n,
        "power": 3.6e6,
        "flared": 0.0,
        "temperature": [300.0] * n,
        "state": [2] * n,
    }


def command(tag: str, value: float = 1.0, outcome: str = "done", detail: str = "") -> CommandEvent:
    return CommandEvent("1", outcome, tag, value, None, None, detail, "luis", "try", "RTU", 0)


def begun(live: LiveDrill) -> LiveDrill:
    live.look(0.0, told(live), {})
    live.look(60.0, told(live), {})
    for event in live.due():
        live.befallen(event)
    return live


def test_an_act_ticks_once_it_is_time_and_the_device_did_it(live: LiveDrill) -> None:
    stop = live.drill.expected[0].act
    live.command(command(stop.tags[0]), 30.0)  # before anything has happened it is no answer to it
    assert stop.name not in live.done
    begun(live)
    live.command(command(stop.tags[0], outcome="refused", detail="is stopped"), 70.0)
    live.command(command(stop.tags[0], outcome="started"), 70.0)
    assert stop.name not in live.done
    live.command(command(stop.tags[0]), 80.0)
    assert live.done[stop.name] == 80.0


def test_what_it_costs_is_counted_from_look_to_look(live: LiveDrill) -> None:
    begun(live)
    assert live.totals.energy_kWh == pytest.approx(60.0)


def test_a_record_goes_on_where_it_ended(live: LiveDrill, loaded: tuple[Drill, Field]) -> None:
    begun(live)
    live.command(command(live.drill.expected[0].act.tags[0]), 80.0)
    live.say(live.drill.question.choices[1])
    live.acknowledge("a", 81.0)
    live.hint()
    again = LiveDrill.resumed(*loaded, live.record())
    assert again.record() == live.record()
    assert again.tried().done == live.tried().done


def test_a_diagnosis_is_said_once_and_is_one_of_the_choices(live: LiveDrill) -> None:
    with pytest.raises(CommandRefused, match="must be one of"):
        live.say("the weather")
    live.say(live.drill.question.choices[0])
    with pytest.raises(CommandRefused, match="was given already"):
        live.say(live.drill.question.choices[1])


def test_a_trainee_learns_nothing_of_the_truth(live: LiveDrill) -> None:
    begun(live)
    status, brief = status_of(live, ABOUT), brief_of(live, ABOUT, [])
    assert status["truth"] == live.drill.question.truth
    shown = str(brief)
    for secret in (*(e.name for e in live.drill.events), *(a.act.says["en"] for a in live.drill.expected)):
        assert secret not in shown or secret in live.drill.question.choices
    assert set(brief["drill"]) & {"events", "acts", "truth", "limits", "wrong"} == set()
