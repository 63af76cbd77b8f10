"""History from the outside: how the API, the twin and scenarios ask the historian over the bus.

Times are UTC ns, ranges are ``start <= time < end``, values SI. A reply holds 100,000 rows at most;
:func:`more` of it says where to go on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from control.bus.batch import Batch
from control.bus.column import whole
from control.bus.connection import Bus

Page = tuple[list[dict[str, Any]], int | None]


def more(table: pa.Table) -> int | None:
    """Where the next request begins (in the journal: ends), where the reply had to be cut."""
    said = (table.schema.metadata or {}).get(b"next_ns")
    return None if said is None else int(said)


class History:
    """Asks the historian. Raises what it refuses with, and :class:`ServiceError` where none answers."""

    def __init__(self, bus: Bus, timeout: float = 10.0, run: str | None = None):
        self.bus, self.timeout, self.run = bus, timeout, run

    def of(self, run: str | None) -> History:
        """The history of a run; of the one that the field is in, where none is named."""
        return History(self.bus, self.timeout, run)

    async def raw(self, tags: Sequence[str], start: int, end: int, limit: int | None = None) -> pa.Table:
        """Samples in the order of time, as :data:`historian.store.RAW`."""
        return await self._ask("raw", tags=list(tags), start_ns=start, end_ns=end, limit=limit)

    async def buckets(
        self, tags: Sequence[str], start: int, end: int, width: int, limit: int | None = None
    ) -> pa.Table:
        """Averages over ``width`` ns in the order of time, as :data:`historian.store.BUCKETS`."""
        return await self._ask("buckets", tags=list(tags), start_ns=start, end_ns=end, width_ns=width, limit=limit)

    async def every_sample(self, tags: Sequence[str], start: int, end: int) -> pa.Table:
        """All samples of a range, however many requests that takes."""
        pages = [await self.raw(tags, start, end)]
        while (at := more(pages[-1])) is not None:
            pages.append(await self.raw(tags, at, end))
        return pa.concat_tables([page.replace_schema_metadata() for page in pages])

    async def last(self, tags: Sequence[str] = ()) -> pa.Table:
        """The newest sample of each tag (of all, where none are given), as :data:`historian.store.RAW`."""
        return await self._ask("last", tags=list(tags))

    async def tags(self) -> list[str]:
        """Every tag that ever had a sample."""
        return (await self._ask("tags"))["tag"].to_pylist()

    async def events(self, **filters: Any) -> list[dict[str, Any]]:
        """Events, the newest first: ``kinds``, ``tags`` (or devices), ``start_ns``, ``end_ns``, ``limit``."""
        return (await self.event_page(**filters))[0]

    async def alarms(self, **filters: Any) -> list[dict[str, Any]]:
        """Alarm transitions, the newest first, filtered in the same way; their kinds are severities."""
        return (await self.alarm_page(**filters))[0]

    async def event_page(self, **filters: Any) -> Page:
        """Events, and the ``end_ns`` of the request for those before, if there are any."""
        return _page(await self._ask("events", **filters))

    async def alarm_page(self, **filters: Any) -> Page:
        """Alarm transitions, and the ``end_ns`` of the request for those before, if there are any."""
        return _page(await self._ask("alarms", **filters))

    async def _ask(self, query: str, **arguments: Any) -> pa.Table:
        arguments |= {"run": self.run} if self.run else {}
        reply = await self.bus.request(self.bus.subjects.history(query), arguments, self.timeout)
        with pa.ipc.open_stream(reply) as reader:
            return reader.read_all()


def to_batch(table: pa.Table) -> Batch:
    """Samples as a batch."""
    table = table.replace_schema_metadata().unify_dictionaries()
    columns = [whole(column) for column in table.columns]
    return Batch.from_arrow(pa.RecordBatch.from_arrays(columns, schema=table.schema))


def _page(table: pa.Table) -> Page:
    return [json.loads(payload) for payload in table["payload"].to_pylist()], more(table)
