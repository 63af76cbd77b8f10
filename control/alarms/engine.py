"""The alarm engine: every alarm of a field, fed with batches.

Conditions are checked for all alarms of a batch at once in arrays; only those few whose condition
changed, or whose delay runs, go through the state machine one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from control.alarms.limit import is_beyond
from control.alarms.state import Alarm, Delays, Event, State, Transition, step
from control.alarms.table import BAD, SIGNS, Rule
from control.bus.batch import Batch
from control.bus.clock import SECOND
from control.bus.quality import BAD_WAITING, is_bad
from plant.asset.error import Unknown


@dataclass(frozen=True)
class Change:
    """A transition of one alarm, with the sample that made it."""

    rule: Rule
    transition: Transition
    value: float | None  # SI; None where there is none


@dataclass(frozen=True)
class _Plan:
    """For batches of certain tags: the alarms on them, where each alarm's tag is, and what each compares with."""

    rows: slice | np.ndarray  # a slice where they lie together, which spares copies
    at: np.ndarray
    limit: np.ndarray
    sign: np.ndarray
    deadband: np.ndarray
    on_quality: np.ndarray

    def row(self, i: int) -> int:
        """The alarm that is the plan's ``i``-th."""
        return self.rows.start + i if isinstance(self.rows, slice) else int(self.rows[i])


class AlarmEngine:
    """States of all ``rules``. Knows no clock and no bus."""

    def __init__(self, rules: Sequence[Rule]):
        self.rules = tuple(rules)
        self.alarms = [Alarm() for _ in rules]
        self._row = {rule.id: i for i, rule in enumerate(rules)}
        self._limit = np.array([np.nan if rule.limit is None else rule.limit for rule in rules])
        self._sign = np.array([SIGNS.get(rule.kind, 0) for rule in rules], dtype=np.float64)
        self._deadband = np.array([rule.deadband for rule in rules])
        self._is_on_quality = np.array([rule.kind == BAD for rule in rules], dtype=bool)
        self._delays = [Delays(int(rule.on_delay * SECOND), int(rule.off_delay * SECOND)) for rule in rules]
        self._held = np.zeros(len(rules), dtype=bool)  # the condition, at the last usable sample
        self._is_active = np.zeros(len(rules), dtype=bool)  # the alarm's state takes it to hold
        self._is_pending = np.zeros(len(rules), dtype=bool)
        self._value = np.full(len(rules), np.nan)
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def evaluate(self, batch: Batch, now: int) -> list[Change]:
        """Take a batch's samples at ``now`` (UTC ns); the transitions that they made."""
        plan = self._plans.get(batch.tags) or self._planned(batch.tags)
        return [change for samples in _snapshots(batch) for change in self._evaluate(plan, samples, batch, now)]

    def acknowledge(self, alarm_id: str, now: int) -> Change | None:
        """Acknowledge an alarm; ``None`` where there was nothing to acknowledge. Raises :class:`Unknown`."""
        return self._step(self.row(alarm_id), Event.ACKNOWLEDGE, now)

    def row(self, alarm_id: str) -> int:
        """Position of an alarm in ``rules``."""
        if alarm_id not in self._row:
            raise Unknown("alarm", alarm_id)
        return self._row[alarm_id]

    def restore(self, alarm_id: str, state: State, since: int, value: float | None) -> None:
        """Go on with a state from before a restart. Raises :class:`Unknown`."""
        i = self.row(alarm_id)
        self.alarms[i] = Alarm(state, since)
        self._is_active[i] = self._held[i] = state.is_active
        self._value[i] = np.nan if value is None else value

    def standing(self) -> Iterator[tuple[Rule, Alarm]]:
        """Every alarm that is not normal."""
        return ((r, a) for r, a in zip(self.rules, self.alarms, strict=True) if a.state is not State.NORM)

    def _planned(self, tags: tuple[str, ...]) -> _Plan:
        position = {tag: i for i, tag in enumerate(tags)}
        pairs = [(i, position[r.tag.name]) for i, r in enumerate(self.rules) if r.tag.name in position]
        rows, at = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        is_together = len(rows) > 0 and rows[-1] - rows[0] == len(rows) - 1
        where = slice(int(rows[0]), int(rows[-1]) + 1) if is_together else rows
        plan = _Plan(
            where, at.copy(), self._limit[where], self._sign[where], self._deadband[where], self._is_on_quality[where]
        )
        self._plans[tags] = plan
        return plan

    def _evaluate(self, plan: _Plan, samples: np.ndarray | None, batch: Batch, now: int) -> Iterator[Change]:
        """``samples`` is the position of each tag's sample or −1; ``None`` where all are in their tags' order."""
        where = plan.at if samples is None else samples[plan.at]
        value, is_unusable = batch.value[where], is_bad(batch.quality)[where]
        held = self._held[plan.rows]
        holds = is_beyond(value, plan.limit, plan.sign, plan.deadband, held)
        np.copyto(holds, is_unusable, where=plan.on_quality)
        # A Bad sample says nothing of the value: it neither raises nor clears a limit alarm.
        # Of a device that is still awaited nothing is known, and so nothing of its alarms.
        counts = (plan.on_quality | ~is_unusable) & (batch.quality[where] != BAD_WAITING)
        if samples is not None:
            counts &= where >= 0
        self._held[plan.rows] = np.where(counts, holds, held)
        self._value[plan.rows] = np.where(counts, value, self._value[plan.rows])
        is_open = (holds != self._is_active[plan.rows]) | self._is_pending[plan.rows]
        for i in np.flatnonzero(counts & is_open):
            change = self._step(plan.row(int(i)), Event.RAISE if holds[i] else Event.CLEAR, now)
            if change is not None:
                yield change

    def _step(self, i: int, event: Event, now: int) -> Change | None:
        self.alarms[i], transitions = step(self.alarms[i], event, now, self._delays[i])
        self._is_active[i] = self.alarms[i].state.is_active
        self._is_pending[i] = self.alarms[i].pending is not None
        value = None if np.isnan(self._value[i]) else float(self._value[i])
        return Change(self.rules[i], transitions[0], value) if transitions else None


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
