"""The queries that the historian answers: JSON in, an Arrow IPC stream out.

A reply is bounded in rows and in bytes. One that was cut says in its schema's metadata, under
``next_ns``, where to go on: the ``start_ns`` of the next request (of the journal, which runs
backwards, its ``end_ns``).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from control.bus.column import texts_to_arrow, to_numpy, whole
from control.bus.message.run import OWN
from historian.request import ROWS, Request
from historian.store import BUCKETS, RAW, Historian
from plant.error import OutOfRange

NEXT = b"next_ns"
_ENTRY = 1024  # byte, of a journal entry, generously


Ask = Callable[[int], pa.Table]  # limit → rows, in the order of their paging
Prepare = Callable[[Historian, Request, str], Ask]  # of a request about a run


def answer(store: Historian, query: str, asked: object, room: int, run: str = OWN) -> bytes:
    """The reply to one request, in ``room`` bytes, of the run that it names, else of ``run``.

    Raises :class:`OutOfRange` where the request is wrong.
    """
    prepare, width, step = QUERIES[query]
    request = Request(asked)
    limit, ask = request.limit(), prepare(store, request, request.name("run", run))
    request.no_others()
    table = _cut(ask, limit, min(ROWS, room // width), step) if width else ask(0)
    reply = _encode(table)
    if len(reply) > room:
        raise OutOfRange("limit", limit, f"makes a reply of {len(reply)} bytes; the bus carries {room}")
    return reply


def _cut(ask: Ask, limit: int, most: int, step: int) -> pa.Table:
    """Whole instants only, so that the next request can begin at one; more than ``limit`` if one instant has more."""
    limit = min(limit, most)
    table = ask(limit + 1)
    while table.num_rows > limit:
        times = to_numpy(whole(table["time"]))
        fitting = int(np.argmax(times == times[limit]))  # the first row of the instant that did not fit
        if fitting:
            return table.slice(0, fitting).replace_schema_metadata({NEXT: str(times[limit] + step)})
        if limit == most:
            raise OutOfRange("tags", f"more than {most} samples at one time", "must be fewer in one request")
        limit = min(4 * limit, most)
        table = ask(limit + 1)
    return table


def _encode(table: pa.Table) -> bytes:
    table = table.unify_dictionaries().combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _raw(store: Historian, request: Request, run: str) -> Ask:
    tags, (start, end) = request.names("tags"), request.span()
    return lambda limit: store.raw(tags, start, end, limit, run)


def _buckets(store: Historian, request: Request, run: str) -> Ask:
    tags, (start, end), width = request.names("tags"), request.span(), request.width()
    return lambda limit: store.buckets(tags, start, end, width, limit, run)


def _last(store: Historian, request: Request, run: str) -> Ask:
    tags = request.names("tags", [])
    return lambda _: store.last(tags or None, run)


def _tags(store: Historian, _request: Request, _run: str) -> Ask:
    return lambda _: pa.Table.from_arrays([texts_to_arrow(store.tags())], ["tag"])


def _journal(topic: str) -> Prepare:
    def prepare(store: Historian, request: Request, run: str) -> Ask:
        kinds, tags, (start, end) = request.names("kinds", []), request.names("tags", []), request.span()
        return lambda limit: store.journal(topic, kinds, tags, start, end, limit, run)

    return prepare


def _width(schema: pa.Schema) -> int:
    return sum(4 if pa.types.is_dictionary(field.type) else field.type.bit_width // 8 for field in schema) + 1


# query → its preparation; bytes a row, 0 where the reply is never cut; from the first row left out to the next request
QUERIES: dict[str, tuple[Prepare, int, int]] = {
    "raw": (_raw, _width(RAW), 0),
    "buckets": (_buckets, _width(BUCKETS), 0),
    "last": (_last, 0, 0),
    "tags": (_tags, 0, 0),
    "events": (_journal("events"), _ENTRY, 1),
    "alarms": (_journal("alarms"), _ENTRY, 1),
}
