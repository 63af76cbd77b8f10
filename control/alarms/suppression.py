"""Suppression by design: alarms that say nothing new while something else is so, as low flow of a well that is stopped.

Whether it is so is asked as any alarm's cause is, with delays of its own: a suppression is an alarm that nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from control.alarms.engine import AlarmEngine, Change
from control.alarms.rule import Rule
from control.alarms.state import Alarm, Event, State
from control.bus.batch import Batch


@dataclass(frozen=True)
class Suppression:
    """What must be so, and the alarms that are suppressed meanwhile, by id."""

    rule: Rule
    alarms: tuple[str, ...]


class Suppressor:
    """Knows of each suppression whether it is so. Knows no clock and no bus."""

    def __init__(self, suppressions: Sequence[Suppression]):
        self._targets = [suppression.alarms for suppression in suppressions]
        self._engine = AlarmEngine([suppression.rule for suppression in suppressions])
        self._suppressed: Set[str] = frozenset()

    def hear(self, batch: Batch, now: int) -> Iterator[tuple[str, Event]]:
        """Take a batch's samples at ``now`` (UTC ns); which alarms are suppressed from here on, and which no more."""
        return self._told(self._engine.evaluate(batch, now))

    def look(self, now: int) -> Iterator[tuple[str, Event]]:
        """See what the passing of time alone has changed by ``now`` (UTC ns), likewise."""
        return self._told(self._engine.look(now))

    def _told(self, changes: Sequence[Change]) -> Iterator[tuple[str, Event]]:
        if not changes:
            return
        before, self._suppressed = self._suppressed, self._meant()
        yield from ((alarm, Event.UNSUPPRESS) for alarm in sorted(before - self._suppressed))
        yield from ((alarm, Event.SUPPRESS) for alarm in sorted(self._suppressed - before))

    def forget(self) -> None:
        """Know of nothing that it is so."""
        self._engine.forget()
        self._suppressed = frozenset()

    def resume(self, suppressed: Set[str]) -> Iterator[tuple[str, Event]]:
        """Go on where these alarms were suppressed; those that nothing suppresses any more are so no longer.

        What had suppressed them is taken to be so until it is heard of.
        """
        for i, alarms in enumerate(self._targets):
            if suppressed & set(alarms):
                self._engine.restore(i, Alarm(State.UNACK, holds=True), None)
        self._suppressed = self._meant() & suppressed
        yield from ((alarm, Event.UNSUPPRESS) for alarm in sorted(suppressed - self._suppressed))

    def _meant(self) -> Set[str]:
        held = (alarms for alarms, alarm in zip(self._targets, self._engine.alarms, strict=True) if alarm.holds)
        return frozenset(alarm for alarms in held for alarm in alarms)
