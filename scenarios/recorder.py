"""A recorder: what the historian kept of a run, as the record that a verdict looks at.

The whole stack is judged, its store included: nothing is listened to on the way.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from control.alarms.state import Event
from control.bus.clock import SECOND
from control.bus.connection import Bus
from control.bus.message.event import Mark
from hil.patience import Patience
from hil.record import AlarmChange, Occurrence, Record, Series
from historian.client import History
from plant.error import ServiceError

PATIENCE = 60.0  # s of an idle machine
PERIOD = 0.2  # s between two looks


class Recorder:
    """Asks the historian of the tags that one story is about."""

    def __init__(self, bus: Bus, story: str, tags: Sequence[str]):
        self.bus, self.story, self.tags, self.history = bus, story, list(tags), History(bus)

    async def first_values(self) -> None:
        """Return when every tag has been stored once. Raises :class:`ServiceError` naming those that never were."""
        last = await self._until(lambda table: len(table) == len(self.tags))
        missing = sorted(set(self.tags) - set(last["tag"].to_pylist()))
        if missing:
            raise ServiceError(f"no value of {', '.join(missing[:5])} within {PATIENCE:g} s ({len(missing)} missing)")

    async def record(self, zero: int, end: int, occurrences: Sequence[Occurrence]) -> Record:
        """Everything stored from before ``zero`` to ``end`` (UTC ns of plant time), once it has been stored."""
        await self._all_stored(end)
        begin = zero - 60 * SECOND  # for what was before the first event
        samples = await self.history.every_sample(self.tags, begin, end + 1)
        alarms = await self.history.alarms(start_ns=begin, end_ns=end + 1)
        changes = sorted((_change(alarm, zero) for alarm in alarms), key=lambda change: change.time)
        return Record(_series(samples, zero), changes, occurrences, (end - zero) / SECOND)

    async def _all_stored(self, end: int) -> None:
        """Streams keep their order: once a later sample and a mark of our own are stored, so is all before them."""
        mark = Mark(self.story, "ended", uuid.uuid4().hex, end)
        await self.bus.record(self.bus.subjects.events("scenario"), mark)
        await self._until(lambda table: len(table) > 0 and max(table["time"].to_pylist()) > end + 2 * SECOND)
        patience = Patience(PATIENCE)
        while mark.plain() not in await self.history.events(kinds=["scenario"], start_ns=end, end_ns=end + 1):
            if patience.is_over():
                raise ServiceError(f"the historian is more than {PATIENCE:g} s behind the events")
            await asyncio.sleep(PERIOD)

    async def _until(self, is_enough: Any) -> pa.Table:
        patience = Patience(PATIENCE)
        while True:
            table = await self.history.last(self.tags)
            if is_enough(table) or patience.is_over():
                return table
            await asyncio.sleep(PERIOD)


def _series(samples: pa.Table, zero: int) -> dict[str, Series]:
    """The samples of each tag, its times in seconds from ``zero``."""
    samples = samples.unify_dictionaries().combine_chunks().sort_by("time")
    names = samples["tag"].combine_chunks()
    number = names.indices.to_numpy()
    seconds = (samples["time"].to_numpy() - zero) / SECOND
    value, quality = samples["value"].to_numpy(), samples["quality"].to_numpy()
    rows = {name: np.flatnonzero(number == i) for i, name in enumerate(names.dictionary.to_pylist())}
    return {name: Series(seconds[at], value[at], quality[at]) for name, at in rows.items()}


def _change(alarm: dict[str, Any], zero: int) -> AlarmChange:
    """An alarm's transition, as control said it."""
    is_raised, is_cleared = alarm["event"] == Event.RAISE, alarm["event"] == Event.CLEAR
    return AlarmChange((alarm["time_ns"] - zero) / SECOND, alarm["tag"], alarm["kind"], is_raised, is_cleared)
