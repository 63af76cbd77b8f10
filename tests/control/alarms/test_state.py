"""Every state × event cell of ANSI/ISA-18.2's core (figure 3 of IEC 62682), and the delays around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.alarms.state import PLAIN, Alarm, Definition, Event, State, step

NORM, UNACK, ACKED, RTNUN = State.NORM, State.UNACK, State.ACKED, State.RTNUN
LTUNA, LTACK, SHLVD, DSUPR, OOSRV = State.LTUNA, State.LTACK, State.SHLVD, State.DSUPR, State.OOSRV
RAISE, CLEAR, ACKNOWLEDGE, RESET = Event.RAISE, Event.CLEAR, Event.ACKNOWLEDGE, Event.RESET
SHELVE, ONCE, UNSHELVE = Event.SHELVE, Event.SHELVE_ONCE, Event.UNSHELVE
SUPPRESS, UNSUPPRESS, REMOVE, RETURN = Event.SUPPRESS, Event.UNSUPPRESS, Event.REMOVE, Event.RETURN
LATCHED = Definition(is_latched=True)

# What is written is what changes; in every other cell the alarm stays as it is. The letters are those of the standard's
# figure of states.
CELLS = {
    (NORM, RAISE): UNACK,  # A → B: the alarm occurs
    (UNACK, CLEAR): RTNUN,  # B → D: the process returns before anybody acknowledged
    (UNACK, ACKNOWLEDGE): ACKED,  # B → C
    (ACKED, CLEAR): NORM,  # C → A
    (RTNUN, RAISE): UNACK,  # D → B: it comes again
    (RTNUN, ACKNOWLEDGE): NORM,  # D → A
    (LTUNA, RAISE): UNACK,  # E → B
    (LTUNA, ACKNOWLEDGE): LTACK,  # E → F
    (LTACK, RAISE): UNACK,  # F → B
    (LTACK, RESET): NORM,  # F → A; OPC 10000-9, 5.8.5: inactive and acknowledged first
    (SHLVD, UNSHELVE): NORM,  # G → A
    (DSUPR, UNSUPPRESS): NORM,  # H → A
    (OOSRV, RETURN): NORM,  # I → A
    **{(state, event): SHLVD for state in State for event in (SHELVE, ONCE) if state not in (DSUPR, OOSRV)},
    **{(state, SUPPRESS): DSUPR for state in State if state is not OOSRV},
    **{(state, REMOVE): OOSRV for state in State},
}
ACTIVE = (UNACK, ACKED)
ASIDE = (SHLVD, DSUPR, OOSRV)


def standing(state: State, holds: bool | None = None) -> Alarm:
    """An alarm in a state, its condition as that has it."""
    aside = frozenset({state} & set(ASIDE))
    return Alarm(state, since=5, holds=state in ACTIVE if holds is None else holds, aside=aside)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_each_state_takes_each_event_as_the_standard_draws_it(state, event):
    after = CELLS.get((state, event), state)
    alarm, transitions = step(standing(state), event, now=9)
    assert alarm.state is after
    if after is state:
        assert (alarm.since, transitions) == (5, ())
    else:
        [transition] = transitions
        assert (transition.before, transition.after, transition.event, transition.time) == (state, after, event, 9)
        assert alarm.since == 9


@pytest.mark.parametrize(("state", "after"), [(UNACK, LTUNA), (ACKED, LTACK)])
def test_a_latched_alarm_waits_for_its_reset_when_it_has_returned(state, after):
    assert step(standing(state), CLEAR, 9, LATCHED)[0].state is after


@pytest.mark.parametrize(("aside", "back"), [(SHELVE, UNSHELVE), (SUPPRESS, UNSUPPRESS), (REMOVE, RETURN)])
def test_what_comes_back_is_unacknowledged_if_its_condition_holds_then_and_normal_if_not(aside, back):
    """G, H, I → B or A. What its condition did meanwhile raised nothing."""
    assert run([(aside, 1), (RAISE, 2), (back, 3)])[1:] == [(UNACK, 3)]
    assert run([(RAISE, 0), (ACKNOWLEDGE, 0), (aside, 1), (CLEAR, 2), (RAISE, 3), (back, 4)])[3:] == [(UNACK, 4)]
    assert run([(RAISE, 0), (aside, 1), (CLEAR, 2), (back, 3)])[2:] == [(NORM, 3)]


def test_an_alarm_set_aside_twice_comes_back_only_when_nothing_sets_it_aside():
    history = [(SHELVE, 1), (SUPPRESS, 2), (RAISE, 3), (UNSHELVE, 4), (UNSUPPRESS, 5)]
    assert run(history) == [(SHLVD, 1), (DSUPR, 2), (UNACK, 5)]
    assert run([(SHELVE, 1), (REMOVE, 2), (RETURN, 3), (UNSHELVE, 4)]) == [
        (SHLVD, 1),
        (OOSRV, 2),
        (SHLVD, 3),
        (NORM, 4),
    ]


def test_an_alarm_shelved_once_comes_back_when_its_condition_has_gone_for_its_off_delay():
    history = [(RAISE, 0), (ONCE, 1), (CLEAR, 2), (CLEAR, 6), (CLEAR, 7), (RAISE, 8)]
    assert run(history, Definition(off=5)) == [(UNACK, 0), (SHLVD, 1), (NORM, 7), (UNACK, 8)]


def test_delays_run_on_while_an_alarm_is_set_aside():
    assert run([(RAISE, 0), (SUPPRESS, 5), (RAISE, 10), (UNSUPPRESS, 11)], Definition(on=10))[1:] == [(UNACK, 11)]
    assert run([(RAISE, 0), (SUPPRESS, 5), (UNSUPPRESS, 9), (RAISE, 10)], Definition(on=10))[2:] == [(UNACK, 10)]


def run(events: list[tuple[Event, int]], definition: Definition = PLAIN) -> list[tuple[State, int]]:
    """The transitions that a history of (event, time) makes: (state, when)."""
    made, alarm = [], Alarm()
    for event, now in events:
        alarm, transitions = step(alarm, event, now, definition)
        made += [(t.after, t.time) for t in transitions]
    return made


def test_a_condition_must_hold_for_the_on_delay():
    assert run([(RAISE, 0), (RAISE, 9)], Definition(on=10)) == []
    assert run([(RAISE, 0), (RAISE, 9), (RAISE, 10)], Definition(on=10)) == [(UNACK, 10)]


def test_a_condition_that_goes_meanwhile_starts_its_delay_anew():
    assert run([(RAISE, 0), (CLEAR, 5), (RAISE, 6), (RAISE, 15)], Definition(on=10)) == []
    assert run([(RAISE, 0), (CLEAR, 5), (RAISE, 6), (RAISE, 16)], Definition(on=10)) == [(UNACK, 16)]


def test_an_alarm_returns_only_after_the_off_delay():
    history = [(RAISE, 0), (CLEAR, 1), (CLEAR, 4), (RAISE, 5), (CLEAR, 6), (CLEAR, 11)]
    assert run(history, Definition(off=5)) == [(UNACK, 0), (RTNUN, 11)]


def test_acknowledging_takes_no_delay_and_does_not_disturb_one():
    history = [(RAISE, 0), (CLEAR, 1), (ACKNOWLEDGE, 3), (CLEAR, 6)]
    assert run(history, Definition(off=5)) == [(UNACK, 0), (ACKED, 3), (NORM, 6)]


def test_a_change_of_the_clock_backwards_raises_nothing_by_itself():
    assert run([(RAISE, 100), (RAISE, 50), (RAISE, 59)], Definition(on=10)) == []


EVENTS = st.lists(st.tuples(st.sampled_from(Event), st.integers(0, 5)), max_size=60)


@given(EVENTS, st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_whatever_happens_an_alarm_is_never_lost_between_raise_and_acknowledge(history, on, off, is_latched):
    """An alarm once raised stays in sight until somebody acknowledged it, or set it aside."""
    alarm, now, is_open = Alarm(), 0, False
    for event, pause in history:
        now += pause
        alarm, transitions = step(alarm, event, now, Definition(on, off, is_latched))
        is_open |= any(t.after is UNACK for t in transitions)
        is_open &= event is not ACKNOWLEDGE and not alarm.aside
        assert not (is_open and alarm.state in (NORM, ACKED, LTACK))


@given(EVENTS, st.booleans())
def test_whatever_happens_the_state_agrees_with_the_condition_and_with_what_sets_it_aside(history, is_latched):
    alarm = Alarm()
    for now, (event, _) in enumerate(history):
        alarm, transitions = step(alarm, event, now, Definition(is_latched=is_latched))
        assert alarm.state in alarm.aside if alarm.aside else alarm.state not in ASIDE
        assert alarm.aside or (alarm.state in ACTIVE) is alarm.holds
        assert all(t.after is alarm.state and t.before is not t.after for t in transitions)
        assert is_latched or alarm.state not in (LTUNA, LTACK)


def test_a_clock_that_is_set_back_begins_a_delay_anew_and_does_not_add_to_it():
    """An alarm that was due in ten seconds would else be due an hour later."""
    delays, hour = Definition(on=10), 3600
    alarm, _ = step(Alarm(), Event.RAISE, hour, delays)
    alarm, none = step(alarm, Event.RAISE, 5, delays)
    alarm, _ = step(alarm, Event.RAISE, 14, delays)
    alarm, raised = step(alarm, Event.RAISE, 15, delays)
    assert (len(none), len(raised)) == (0, 1)
