"""The life of one alarm, as ISA-18.2 (IEC 62682) draws it: a pure function of (state, event, now).

Normal; unacknowledged; acknowledged; returned to normal but not yet acknowledged. A condition must hold for
the on-delay before the alarm is raised, and must have gone for the off-delay before it returns.
Acknowledging takes no delay.
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

    @property
    def is_active(self) -> bool:
        """Whether its condition is taken to hold."""
        return self in (State.UNACK, State.ACKED)


class Event(StrEnum):
    """What can happen to an alarm."""

    RAISE = "raise"  # a sample shows the condition
    CLEAR = "clear"  # a sample shows that it has gone
    ACKNOWLEDGE = "acknowledge"


NEXT: dict[State, dict[Event, State]] = {
    State.NORM: {Event.RAISE: State.UNACK, Event.CLEAR: State.NORM, Event.ACKNOWLEDGE: State.NORM},
    State.UNACK: {Event.RAISE: State.UNACK, Event.CLEAR: State.RTNUN, Event.ACKNOWLEDGE: State.ACKED},
    State.ACKED: {Event.RAISE: State.ACKED, Event.CLEAR: State.NORM, Event.ACKNOWLEDGE: State.ACKED},
    State.RTNUN: {Event.RAISE: State.UNACK, Event.CLEAR: State.RTNUN, Event.ACKNOWLEDGE: State.NORM},
}


@dataclass(frozen=True)
class Delays:
    """How long a condition must hold, or have gone, to count [ns]."""

    on: int = 0
    off: int = 0


@dataclass(frozen=True)
class Alarm:
    """One alarm's state. Times in UTC ns."""

    state: State = State.NORM
    since: int = 0  # of the state
    pending: int | None = None  # since when samples say otherwise, while the delay runs


@dataclass(frozen=True)
class Transition:
    """An alarm went from one state into another."""

    before: State
    after: State
    event: Event
    time: int


def step(alarm: Alarm, event: Event, now: int, delays: Delays = Delays()) -> tuple[Alarm, tuple[Transition, ...]]:
    """The alarm after ``event``, and the transitions that it made: one or none."""
    after = NEXT[alarm.state][event]
    if event is not Event.ACKNOWLEDGE and (after is alarm.state or not _has_held(alarm, event, now, delays)):
        pending = None if after is alarm.state else _pending_since(alarm, now)
        return replace(alarm, pending=pending), ()
    if after is alarm.state:
        return alarm, ()
    pending = alarm.pending if event is Event.ACKNOWLEDGE else None  # a delay runs on while somebody acknowledges
    return Alarm(after, now, pending), (Transition(alarm.state, after, event, now),)


def _has_held(alarm: Alarm, event: Event, now: int, delays: Delays) -> bool:
    return now - _pending_since(alarm, now) >= (delays.on if event is Event.RAISE else delays.off)


def _pending_since(alarm: Alarm, now: int) -> int:
    """A clock that was set back begins the delay anew, rather than adding to it what it was set back by."""
    return now if alarm.pending is None else min(alarm.pending, now)
