"""A historian: what was measured and what happened, kept for as long as it is wanted.

One protocol, whatever database lies behind it. Measurements come as batches and go out as Arrow tables;
with every write goes the position in the stream up to which all is kept, in the same transaction, so
that a message delivered twice is stored once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import pyarrow as pa

from control.bus.batch import SCHEMA, Batch
from control.bus.message.run import OWN

_NAMES = SCHEMA.field("tag").type

RAW = SCHEMA
BUCKETS = pa.schema(
    [
        ("tag", _NAMES),
        ("time", pa.int64()),  # start of the bucket
        ("average", pa.float64()),
        ("min", pa.float64()),
        ("max", pa.float64()),
        ("count", pa.int64()),  # samples that average, min and max are made of
        ("bad", pa.int64()),  # samples left out, because Bad or without a value
        ("quality", pa.uint32()),
    ]
)
JOURNAL = pa.schema([("time", pa.int64()), ("kind", pa.string()), ("tag", pa.string()), ("payload", pa.string())])


class Position(NamedTuple):
    """How far a stream is kept: the sequence number of its last message that is."""

    stream: str
    sequence: int


@dataclass(frozen=True)
class Entry:
    """One alarm transition or event: when, of what topic and kind, about which tag or device, and all that was said."""

    time: int  # UTC, ns
    topic: str  # "alarms" or "events"
    kind: str
    tag: str
    payload: str  # JSON, as it came
    run: str = OWN


@dataclass(frozen=True)
class Extent:
    """How much is kept."""

    rows: int
    newest: int  # time of the newest sample, UTC ns; 0 where there is none
    size: int  # on disk [byte]


class Historian(Protocol):
    """Keeps samples and journal entries, each of a run. Times are UTC ns, ranges are ``start <= time < end``.

    Every method raises :class:`~plant.error.ServiceError` where the store fails; then nothing
    of that call was kept.
    """

    @property
    def identity(self) -> str:
        """A short name that this store, and no other, goes by."""
        ...

    def append(self, batches: Sequence[Batch], position: Position) -> int:
        """Keep samples, and the position with them; how many rows that were."""
        ...

    def record(self, entries: Sequence[Entry], position: Position) -> int:
        """Keep journal entries, and the position with them; how many that were."""
        ...

    def position(self, stream: str) -> int:
        """Sequence number up to which ``stream`` is kept; 0 where nothing is."""
        ...

    def tags(self) -> list[str]:
        """Every tag that ever had a sample."""
        ...

    def raw(self, tags: Sequence[str], start: int, end: int, limit: int, run: str = OWN) -> pa.Table:
        """Samples in the order of time, ``limit`` of them at most, as :data:`RAW`."""
        ...

    def buckets(self, tags: Sequence[str], start: int, end: int, width: int, limit: int, run: str = OWN) -> pa.Table:
        """Averages over ``time_bucket`` of ``width`` ns in the order of time, as :data:`BUCKETS`.

        Bad samples stay out of average, min and max, and are counted in ``bad``. The quality is the worst
        of the samples used; with some left out it is at least UncertainSubNormal; with none usable it is
        the worst Bad code, and average, min and max are NaN. Only samples of the range count, in its first and
        last bucket too.
        """
        ...

    def last(self, tags: Sequence[str] | None = None, run: str = OWN) -> pa.Table:
        """The newest sample of each tag (of all tags, for ``None``), as :data:`RAW`."""
        ...

    def journal(
        self, topic: str, kinds: Sequence[str], tags: Sequence[str], start: int, end: int, limit: int, run: str = OWN
    ) -> pa.Table:
        """Entries, the newest first, as :data:`JOURNAL`; no kinds or no tags given means all."""
        ...

    def forget(self, before: int) -> int:
        """Drop samples older than ``before``; how many that were. The journal stays."""
        ...

    def extent(self) -> Extent:
        """How much is kept."""
        ...

    def close(self) -> None:
        """Write out what is pending and let go of the file or connection."""
        ...
