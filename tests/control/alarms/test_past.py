"""The past of the alarms: how all stood at an earlier moment."""

from control.alarms import past
from control.alarms.past import Past
from control.bus.message.alarm import Transition


def transition(name: str, state: str, time: int) -> Transition:
    return Transition(name, "Well.A.Flow", "high", 2, "NORM", state, "raise", time, 1.0, 1.0, "m3_d", {}, "f")


def test_every_alarm_is_as_its_last_transition_by_then_left_it() -> None:
    one = Past([transition("a", "UNACK", 1)], since=5)
    one.add(transition("a", "ACKED", 10))
    one.add(transition("b", "UNACK", 20))
    then = one.at(10)
    assert then is not None
    assert {name: told.state for name, told in then.items()} == {"a": "ACKED"}


def test_what_lies_further_back_is_not_made_up(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(past, "MOST", 2)
    one = Past([], since=5)
    assert one.at(4) is None
    for time in (10, 20, 30):
        one.add(transition("a", "UNACK", time))
    assert one.at(9) is None
    assert one.at(10) is not None
