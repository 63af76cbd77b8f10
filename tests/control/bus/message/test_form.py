"""Messages: what goes in comes out, and what is malformed is refused with subject, value and rule, all at once."""

import json
import math

import pytest

from control.bus.message.alarm import Handling, Transition
from control.bus.message.announcement import PlantTime
from control.bus.message.beat import Beat
from control.bus.message.command import Command, CommandEvent, Outcome
from control.bus.message.event import DeviceEvent, Mark
from plant.error import OutOfRange

ASK = {"tag": "Well.A.Choke", "value": 0.5, "by": "ana", "reason": "more oil"}


@pytest.mark.parametrize(
    "message",
    [
        Command("Well.A.Choke", 0.5, "ana", "more oil"),
        Outcome("c", "done", "Well.A.Choke", 0.5, None, "", 7, 0.1, "drill-7"),
        CommandEvent("c", "done", "Well.A.Choke", 0.5, 0.4, None, "", "ana", "more oil", None, 7),
        Transition("i", "t", "high", 1, "NORM", "UNACK", "raise", 7, None, 2.0, "A", {"en": "high"}, "f"),
        DeviceEvent("RTU", "lost", "no answer", 7, "f"),
        Mark("story", "ended", "i", 7),
        PlantTime(7, 60.0, "drill-7"),
        Beat("control", 1, 2.0, 1.0, {"points": 3}, {"lag_s": 0.1}, {"RTU": {"connected": True}}),
    ],
    ids=lambda message: type(message).__name__,
)
def test_what_is_encoded_is_decoded_to_the_same(message):
    assert type(message).decode(message.encode()) == message
    assert json.loads(message.encode())["version"] == 1


def test_a_key_of_a_later_writer_is_left_alone_and_one_that_may_be_absent_has_its_default():
    assert PlantTime.of({"time_ns": 7, "speed": 1, "weather": "fine"}) == PlantTime(7, 1.0)


@pytest.mark.parametrize("version", [2, 0, "1", True, None])
def test_another_version_is_refused_for_it_may_mean_something_else(version):
    with pytest.raises(OutOfRange, match=r"command\.version = .* is not known here; 1 is"):
        Command.of(ASK | {"version": version})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "50"}, "command.value = '50': must be a number"),
        ({"value": None}, "command.value = None: must be a number"),
        ({"value": 10**400}, "must be a number of double precision"),
        ({"tag": 5}, "command.tag = 5: must be a text that is not empty"),
        ({"reason": "  "}, "command.reason = '  ': must be a text that is not empty"),
        ({"by": None, "id": 7}, "command.by = None: must be a text that is not empty; command.id = 7: must be a text"),
    ],
)
def test_all_that_is_malformed_is_said_with_subject_value_and_rule(changes, said):
    with pytest.raises(OutOfRange) as refused:
        Command.of(ASK | changes)
    assert said in str(refused.value)


def test_what_is_missing_is_said():
    with pytest.raises(OutOfRange, match=r"handling\.by = nothing: is missing"):
        Handling.of({"alarm": "x", "verb": "acknowledge"})


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"5", b"[" * 100_000])
def test_what_is_no_object_is_no_message(data):
    with pytest.raises(OutOfRange, match=r"command = .*(must be an object|is no JSON)"):
        Command.decode(data)


def test_texts_come_without_the_blanks_around_them_and_a_value_that_is_no_number_is_the_guards_to_refuse():
    command = Command.of(ASK | {"by": " ana ", "value": math.nan})
    assert command.by == "ana"
    assert math.isnan(command.value)


def test_a_command_without_an_id_gets_its_own():
    assert Command.of(ASK).id != Command.of(ASK).id
    assert Command.of(ASK | {"id": "x1"}).id == "x1"
