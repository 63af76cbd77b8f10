"""The alarm engine: every alarm of a field, fed with batches.

Conditions are checked for all alarms of a batch at once in arrays; only those few whose condition
changed, or whose delay runs, go through the state machine one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from control.alarms.condition import CONDITIONS, ON_QUALITY, SIGNS, STALE, TIMED, Condition, Moment, Settings, stale
from control.alarms.rule import Rule
from control.alarms.state import Alarm, Definition, Event, State, Transition, step
from control.bus.batch import Batch
from control.bus.clock import SECOND
from control.bus.quality import BAD_WAITING, is_bad
from plant.error import Unknown


@dataclass(frozen=True)
class Change:
    """A transition of one alarm, with the sample that made it."""

    rule: Rule
    transition: Transition
    value: float | None  # SI; None where there is none


@dataclass(frozen=True)
class _Part:
    """The alarms of one condition on batches of certain tags: where their tags are, and what they compare with."""

    condition: Condition
    rows: slice | np.ndarray  # a slice where they lie together, which spares copies
    at: np.ndarray  # of each alarm's tag, or −1 where only the tag is there that it is compared with
    other_at: np.ndarray | None  # of that tag, or −1; None where none of them is compared with another
    settings: Settings
    is_whole: bool  # every alarm's tag is there

    def row(self, i: int) -> int:
        """The alarm that is the part's ``i``-th."""
        return self.rows.start + i if isinstance(self.rows, slice) else int(self.rows[i])


class AlarmEngine:
    """States of all ``rules``. Knows no clock and no bus."""

    def __init__(self, rules: Sequence[Rule]):
        self.rules = tuple(rules)
        self._row = {rule.id: i for i, rule in enumerate(rules)}
        self._conditions = [CONDITIONS[rule.kind] for rule in rules]
        self._settings = _settings(self.rules)
        self._definitions = [_definition(rule) for rule in rules]
        self._stale = np.flatnonzero([rule.kind == STALE for rule in rules])
        self._plans: dict[tuple[str, ...], list[_Part]] = {}
        self.forget()

    def forget(self) -> None:
        """Be as one that has heard of nothing: every alarm is normal, and no sample is known."""
        rules = self.rules
        self.alarms = [Alarm() for _ in rules]
        self._held = np.zeros(len(rules), dtype=bool)  # the condition, at the last usable sample
        self._is_active = np.zeros(len(rules), dtype=bool)  # the alarm takes it to hold, after its delays
        self._is_pending = np.zeros(len(rules), dtype=bool)
        n = len(rules)
        self._value, self._other, self._memory = (np.full(n, np.nan) for _ in range(3))
        self._is_bad = np.zeros(n, dtype=bool)
        self._time = np.zeros(n, dtype=np.int64)  # of the last sample, as its source has it; 0 before the first
        self._heard = np.zeros(n, dtype=np.int64)  # when something newer came last; 0 before

    def evaluate(self, batch: Batch, now: int) -> list[Change]:
        """Take a batch's samples at ``now`` (UTC ns); the transitions that they made."""
        if (parts := self._plans.get(batch.tags)) is None:
            parts = self._plans[batch.tags] = list(self._planned(batch.tags))
        rounds = ((samples, part) for samples in _snapshots(batch) for part in parts)
        return [change for samples, part in rounds for change in self._evaluate(part, samples, batch, now)]

    def look(self, now: int) -> list[Change]:
        """See what the passing of time alone has made stale by ``now`` (UTC ns)."""
        age = (now - self._heard[self._stale]) / SECOND
        is_old = (self._heard[self._stale] > 0) & (age > self._settings.limit[self._stale])
        changes = []
        for i in self._stale[is_old & (~self._is_active[self._stale] | self._is_pending[self._stale])].tolist():
            self._held[i] = True
            if change := self._step(i, Event.RAISE, now):
                changes.append(change)
        return changes

    def take(self, alarm_id: str, event: Event, now: int) -> Change | None:
        """Have an event that is no sample happen to an alarm; ``None`` where it changed nothing.

        Raises :class:`Unknown`.
        """
        return self._step(self.row(alarm_id), event, now)

    def row(self, alarm_id: str) -> int:
        """Position of an alarm in ``rules``."""
        if alarm_id not in self._row:
            raise Unknown("alarm", alarm_id)
        return self._row[alarm_id]

    def restore(self, i: int, alarm: Alarm, value: float | None) -> None:
        """Go on with the alarm of the ``i``-th rule as it was before a restart."""
        self.alarms[i] = alarm
        self._is_active[i] = self._held[i] = alarm.holds
        self._value[i] = np.nan if value is None else value

    def standing(self) -> Iterator[tuple[Rule, Alarm]]:
        """Every alarm that is not normal."""
        return ((r, a) for r, a in zip(self.rules, self.alarms, strict=True) if a.state is not State.NORM)

    def _planned(self, tags: tuple[str, ...]) -> Iterator[_Part]:
        position = {tag: i for i, tag in enumerate(tags)}
        for condition in dict.fromkeys(self._conditions):
            found = [
                (i, position.get(rule.tag.name, -1), position.get(rule.cause.other, -1))
                for i, rule in enumerate(self.rules)
                if self._conditions[i] is condition and {rule.tag.name, rule.cause.other} & position.keys()
            ]
            if found:
                yield self._part(condition, *np.array(found, dtype=np.intp).T)

    def _part(self, condition: Condition, rows: np.ndarray, at: np.ndarray, other_at: np.ndarray) -> _Part:
        is_together = rows[-1] - rows[0] == len(rows) - 1
        where = slice(int(rows[0]), int(rows[-1]) + 1) if is_together else rows
        has_other = any(self.rules[i].cause.other for i in rows.tolist())
        others = other_at.copy() if has_other else None
        return _Part(condition, where, at.copy(), others, self._settings.of(where), bool((at >= 0).all()))

    def _evaluate(self, part: _Part, samples: np.ndarray | None, batch: Batch, now: int) -> Iterator[Change]:
        """``samples`` is the position of each tag's sample or −1; ``None`` where all are in their tags' order."""
        rows = part.rows
        moment = self._moment(part, samples, batch, now)
        found = part.condition(moment, part.settings)
        if found.memory is not None:
            self._memory[rows] = found.memory
        self._held[rows] = np.where(found.counts, found.holds, moment.was)
        is_open = (found.holds != self._is_active[rows]) | self._is_pending[rows]
        for i in np.flatnonzero(found.counts & is_open):
            change = self._step(part.row(int(i)), Event.RAISE if found.holds[i] else Event.CLEAR, now)
            if change is not None:
                yield change

    def _moment(self, part: _Part, samples: np.ndarray | None, batch: Batch, now: int) -> Moment:
        """Take the samples in, and say what is known with them."""
        rows, at = part.rows, _sampled(part.at, samples)
        # Of a device that is still awaited nothing is known, and so nothing of its alarms.
        is_new = (at >= 0) & (batch.quality[at] != BAD_WAITING)
        value, is_unusable = batch.value[at], is_bad(batch.quality)[at]
        if not (part.is_whole and samples is None):
            value = np.where(is_new, value, self._value[rows])
            is_unusable = np.where(is_new, is_unusable, self._is_bad[rows])
        if part.other_at is not None:
            self._take_other(rows, _sampled(part.other_at, samples), batch)
        is_taken = is_new & (~is_unusable | (part.condition in ON_QUALITY))
        elapsed = self._elapsed(part, is_taken, batch.time[at], now) if part.condition in TIMED else self._memory[rows]
        if part.condition is stale:
            is_new = is_taken & ~(elapsed <= 0)  # what bears the stamp of before is no sign of life
        self._value[rows] = np.where(is_taken, value, self._value[rows])
        self._is_bad[rows] = is_unusable
        return Moment(value, is_unusable, is_new, self._other[rows], elapsed, self._memory[rows], self._held[rows])

    def _elapsed(self, part: _Part, is_taken: np.ndarray, time: np.ndarray, now: int) -> np.ndarray:
        """Seconds between each sample and the one before, as their sources have it; NaN for the first."""
        rows = part.rows
        before = self._time[rows]
        elapsed = np.where(self._heard[rows] == 0, np.nan, (time - before) / SECOND)
        is_newer = is_taken & ~(elapsed <= 0)
        self._time[rows] = np.where(is_newer, time, before)
        self._heard[rows] = np.where(is_newer, now, self._heard[rows])
        return elapsed

    def _take_other(self, rows: slice | np.ndarray, at: np.ndarray, batch: Batch) -> None:
        other = np.where(is_bad(batch.quality)[at], np.nan, batch.value[at])
        self._other[rows] = np.where(at >= 0, other, self._other[rows])

    def _step(self, i: int, event: Event, now: int) -> Change | None:
        self.alarms[i], transitions = step(self.alarms[i], event, now, self._definitions[i])
        self._is_active[i] = self.alarms[i].holds
        self._is_pending[i] = self.alarms[i].pending is not None
        value = None if np.isnan(self._value[i]) else float(self._value[i])
        return Change(self.rules[i], transitions[0], value) if transitions else None


def _definition(rule: Rule) -> Definition:
    return Definition(int(rule.on_delay * SECOND), int(rule.off_delay * SECOND), rule.is_latched)


def _sampled(at: np.ndarray, samples: np.ndarray | None) -> np.ndarray:
    """Where each tag's sample is, −1 where there is none."""
    return at if samples is None else np.where(at >= 0, samples[at], -1)


def _settings(rules: Sequence[Rule]) -> Settings:
    causes = [rule.cause for rule in rules]
    states = np.full((len(causes), max((len(cause.states) for cause in causes), default=0)), np.nan)
    for i, cause in enumerate(causes):
        states[i, : len(cause.states)] = cause.states
    return Settings(
        np.array([cause.threshold for cause in causes]), np.array([SIGNS.get(cause.kind, 1.0) for cause in causes]),
        np.array([cause.deadband for cause in causes]), np.array([cause.per for cause in causes]), states,
    )  # fmt: skip


def _snapshots(batch: Batch) -> Iterator[np.ndarray | None]:
    """The batch as rounds of at most one sample per tag, in order: for each tag its sample's position, or −1.

    ``None`` stands for one sample of each tag in the tags' order, as every scan is.
    """
    n = len(batch.tags)
    if len(batch) == n and np.array_equal(batch.tag, np.arange(n)):
        yield None
        return
    order = np.argsort(batch.tag, kind="stable")
    tag = batch.tag[order]
    starts = np.flatnonzero(np.diff(tag, prepend=-1))
    nth = np.arange(len(tag)) - np.repeat(starts, np.diff(starts, append=len(tag)))
    for k in range(int(nth.max(initial=-1)) + 1):
        samples = np.full(n, -1)
        samples[tag[nth == k]] = order[nth == k]
        yield samples
