"""Every state × event cell of ANSI/ISA-18.2's core (figure 3 of IEC 62682), and the delays around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.alarms.state import NEXT, Alarm, Delays, Event, State, step

NORM, UNACK, ACKED, RTNUN = State.NORM, State.UNACK, State.ACKED, State.RTNUN
RAISE, CLEAR, ACKNOWLEDGE = Event.RAISE, Event.CLEAR, Event.ACKNOWLEDGE

CELLS = [
    (NORM, RAISE, UNACK),  # A → B: the alarm occurs
    (NORM, CLEAR, NORM),
    (NORM, ACKNOWLEDGE, NORM),
    (UNACK, RAISE, UNACK),
    (UNACK, CLEAR, RTNUN),  # B → D: the process returns before anybody acknowledged
    (UNACK, ACKNOWLEDGE, ACKED),  # B → C
    (ACKED, RAISE, ACKED),
    (ACKED, CLEAR, NORM),  # C → A
    (ACKED, ACKNOWLEDGE, ACKED),
    (RTNUN, RAISE, UNACK),  # D → B: it comes again
    (RTNUN, CLEAR, RTNUN),
    (RTNUN, ACKNOWLEDGE, NORM),  # D → A
]


def test_every_cell_is_in_the_table_of_this_test():
    assert {(state, event) for state, event, _ in CELLS} == {(state, event) for state in State for event in Event}


@pytest.mark.parametrize(("state", "event", "after"), CELLS)
def test_each_state_takes_each_event_as_the_standard_draws_it(state, event, after):
    alarm, transitions = step(Alarm(state, since=5), event, now=9)
    assert alarm.state is after
    if after is state:
        assert (alarm.since, transitions) == (5, ())
    else:
        [transition] = transitions
        assert (transition.before, transition.after, transition.event, transition.time) == (state, after, event, 9)
        assert alarm.since == 9


def run(events: list[tuple[Event, int]], delays: Delays, start: Alarm | None = None) -> list[tuple[State, int]]:
    """The transitions that a history of (event, time) makes: (state, when)."""
    made, alarm = [], start or Alarm()
    for event, now in events:
        alarm, transitions = step(alarm, event, now, delays)
        made += [(t.after, t.time) for t in transitions]
    return made


def test_a_condition_must_hold_for_the_on_delay():
    assert run([(RAISE, 0), (RAISE, 9)], Delays(on=10)) == []
    assert run([(RAISE, 0), (RAISE, 9), (RAISE, 10)], Delays(on=10)) == [(UNACK, 10)]


def test_a_condition_that_goes_meanwhile_starts_its_delay_anew():
    assert run([(RAISE, 0), (CLEAR, 5), (RAISE, 6), (RAISE, 15)], Delays(on=10)) == []
    assert run([(RAISE, 0), (CLEAR, 5), (RAISE, 6), (RAISE, 16)], Delays(on=10)) == [(UNACK, 16)]


def test_an_alarm_returns_only_after_the_off_delay():
    history = [(RAISE, 0), (CLEAR, 1), (CLEAR, 4), (RAISE, 5), (CLEAR, 6), (CLEAR, 11)]
    assert run(history, Delays(off=5)) == [(UNACK, 0), (RTNUN, 11)]


def test_acknowledging_takes_no_delay_and_does_not_disturb_one():
    history = [(RAISE, 0), (CLEAR, 1), (ACKNOWLEDGE, 3), (CLEAR, 6)]
    assert run(history, Delays(off=5)) == [(UNACK, 0), (ACKED, 3), (NORM, 6)]


def test_a_change_of_the_clock_backwards_raises_nothing_by_itself():
    assert run([(RAISE, 100), (RAISE, 50), (RAISE, 59)], Delays(on=10)) == []


@given(
    st.lists(st.tuples(st.sampled_from(Event), st.integers(0, 5)), max_size=60), st.integers(0, 9), st.integers(0, 9)
)
def test_whatever_happens_an_alarm_is_never_lost_between_raise_and_acknowledge(history, on, off):
    """An alarm once raised stays in sight (not NORM) until somebody acknowledged it."""
    alarm, now, is_open = Alarm(), 0, False
    for event, pause in history:
        now += pause
        alarm, transitions = step(alarm, event, now, Delays(on, off))
        is_open |= any(t.after is UNACK for t in transitions)
        is_open &= event is not ACKNOWLEDGE
        assert not (is_open and alarm.state in (NORM, ACKED))


def test_the_table_of_states_is_whole():
    assert all(set(NEXT[state]) == set(Event) for state in State)


def test_a_clock_that_is_set_back_begins_a_delay_anew_and_does_not_add_to_it():
    """An alarm that was due in ten seconds would else be due an hour later."""
    delays, hour = Delays(on=10), 3600
    alarm, _ = step(Alarm(), Event.RAISE, hour, delays)
    alarm, none = step(alarm, Event.RAISE, 5, delays)
    alarm, _ = step(alarm, Event.RAISE, 14, delays)
    alarm, raised = step(alarm, Event.RAISE, 15, delays)
    assert (len(none), len(raised)) == (0, 1)
