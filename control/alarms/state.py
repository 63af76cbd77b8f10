"""The life of one alarm, as ISA-18.2 (IEC 62682) draws it: a pure function of (definition, state, event, now).

Normal; unacknowledged; acknowledged; returned to normal but not yet acknowledged; and of a latched alarm, returned but
not yet reset, unacknowledged or acknowledged. A condition must hold for the on-delay before the alarm is raised, and
must have gone for the off-delay before it returns. What people do takes no delay.

Beside that an alarm may be set aside: shelved by an operator, suppressed by design, or out of service. Whatever its
condition does meanwhile is followed, and raises nothing; when nothing sets it aside any more it comes back as what its
condition is then: unacknowledged, or normal. A latched alarm is reset after it has returned and was acknowledged, as
OPC 10000-9, 5.8.5 has it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """Where an alarm stands, by the standard's short names."""

    NORM = "NORM"
    UNACK = "UNACK"
    ACKED = "ACKED"
    RTNUN = "RTNUN"
    LTUNA = "LTUNA"  # latched: it has returned, and is neither acknowledged nor reset
    LTACK = "LTACK"  # latched: it has returned and is acknowledged, and waits for its reset
    SHLVD = "SHLVD"  # shelved
    DSUPR = "DSUPR"  # suppressed by design
    OOSRV = "OOSRV"  # out of service

    @property
    def is_active(self) -> bool:
        """Whether its condition is taken to hold, of an alarm that is not set aside."""
        return self in (State.UNACK, State.ACKED)


class Event(StrEnum):
    """What can happen to an alarm."""

    RAISE = "raise"  # a sample shows the condition
    CLEAR = "clear"  # a sample shows that it has gone
    ACKNOWLEDGE = "acknowledge"
    RESET = "reset"
    SHELVE = "shelve"  # until somebody, or the time for which it was asked, takes it back
    SHELVE_ONCE = "shelve_once"  # until its condition has gone
    UNSHELVE = "unshelve"
    SUPPRESS = "suppress"
    UNSUPPRESS = "unsuppress"
    REMOVE = "remove"  # from service
    RETURN = "return"  # to service


NEXT: dict[State, dict[Event, State]] = {
    State.NORM: {Event.RAISE: State.UNACK},
    State.UNACK: {Event.CLEAR: State.RTNUN, Event.ACKNOWLEDGE: State.ACKED},
    State.ACKED: {Event.CLEAR: State.NORM},
    State.RTNUN: {Event.RAISE: State.UNACK, Event.ACKNOWLEDGE: State.NORM},
    State.LTUNA: {Event.RAISE: State.UNACK, Event.ACKNOWLEDGE: State.LTACK},
    State.LTACK: {Event.RAISE: State.UNACK, Event.RESET: State.NORM},
}
LATCHED = {State.UNACK: State.LTUNA, State.ACKED: State.LTACK}  # where a latched alarm stands when it returns

SETS_ASIDE = {
    Event.SHELVE: State.SHLVD, Event.SHELVE_ONCE: State.SHLVD, Event.SUPPRESS: State.DSUPR, Event.REMOVE: State.OOSRV,
}  # fmt: skip
TAKES_BACK = {Event.UNSHELVE: State.SHLVD, Event.UNSUPPRESS: State.DSUPR, Event.RETURN: State.OOSRV}
ASIDE = (State.OOSRV, State.DSUPR, State.SHLVD)  # which of several is shown


@dataclass(frozen=True)
class Definition:
    """How long a condition must hold, or have gone, to count [ns]; and whether its alarm must be reset."""

    on: int = 0
    off: int = 0
    is_latched: bool = False


@dataclass(frozen=True)
class Alarm:
    """One alarm's state. Times in UTC ns."""

    state: State = State.NORM
    since: int = 0  # of the state
    pending: int | None = None  # since when samples say otherwise, while the delay runs
    holds: bool = False  # the condition, after its delays
    aside: frozenset[State] = frozenset()  # what sets it aside
    is_once: bool = False  # shelved until its condition has gone


@dataclass(frozen=True)
class Transition:
    """An alarm went from one state into another."""

    before: State
    after: State
    event: Event
    time: int


PLAIN = Definition()

UNACKNOWLEDGED = (State.UNACK, State.RTNUN, State.LTUNA)
# Of what people do, the states in which it does something.
TO_DO: dict[Event, tuple[State, ...]] = {
    Event.ACKNOWLEDGE: UNACKNOWLEDGED,
    Event.RESET: (State.LTACK,),
    Event.SHELVE: tuple(state for state in State if state is not State.SHLVD),
    Event.UNSHELVE: (State.SHLVD,),
    Event.REMOVE: tuple(state for state in State if state is not State.OOSRV),
    Event.RETURN: (State.OOSRV,),
}


def step(alarm: Alarm, event: Event, now: int, definition: Definition = PLAIN) -> tuple[Alarm, tuple[Transition, ...]]:
    """The alarm after ``event``, and the transitions that it made: one or none."""
    if event in (Event.RAISE, Event.CLEAR):
        return _sampled(alarm, event, now, definition)
    if event in SETS_ASIDE or event in TAKES_BACK:
        return _set_aside(alarm, event, now)
    if alarm.aside:
        return alarm, ()
    return _into(alarm, NEXT[alarm.state].get(event, alarm.state), event, now)


def _sampled(alarm: Alarm, event: Event, now: int, definition: Definition) -> tuple[Alarm, tuple[Transition, ...]]:
    holds = event is Event.RAISE
    if holds is alarm.holds:
        return replace(alarm, pending=None), ()
    since = _pending_since(alarm, now)
    if now - since < (definition.on if holds else definition.off):
        return replace(alarm, pending=since), ()
    follower = replace(alarm, holds=holds, pending=None)
    if alarm.aside:
        is_over = alarm.is_once and not holds
        return _set_aside(follower, Event.UNSHELVE, now) if is_over else (follower, ())
    after = NEXT[alarm.state].get(event, alarm.state)
    if definition.is_latched and not holds:
        after = LATCHED.get(alarm.state, after)
    return _into(follower, after, event, now)


def _set_aside(alarm: Alarm, event: Event, now: int) -> tuple[Alarm, tuple[Transition, ...]]:
    """An alarm whose own delay runs meanwhile goes on with it."""
    aside = alarm.aside | {SETS_ASIDE[event]} if event in SETS_ASIDE else alarm.aside - {TAKES_BACK[event]}
    if aside == alarm.aside:
        return alarm, ()
    back = State.UNACK if alarm.holds else State.NORM
    after = next((state for state in ASIDE if state in aside), back)
    is_once = State.SHLVD in aside and (alarm.is_once or event is Event.SHELVE_ONCE)
    return _into(replace(alarm, aside=aside, is_once=is_once), after, event, now)


def _into(alarm: Alarm, after: State, event: Event, now: int) -> tuple[Alarm, tuple[Transition, ...]]:
    if after is alarm.state:
        return alarm, ()
    return replace(alarm, state=after, since=now), (Transition(alarm.state, after, event, now),)


def _pending_since(alarm: Alarm, now: int) -> int:
    """A clock that was set back begins the delay anew, rather than adding to it what it was set back by."""
    return now if alarm.pending is None else min(alarm.pending, now)
