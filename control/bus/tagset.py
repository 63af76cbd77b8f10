"""A tag set: names that are numbered once, for a group of devices whose samples travel together.

Whoever says thousands of samples again and again should pay for their names once. The head of each message (schema and
names, compressed) is made when a name is new and repeated as bytes after that; only the numbers are encoded. So a
message still explains itself: it can be read from the stream in years, by a reader that asked nobody.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from control.bus.batch import NUMBERS, RUN, SCHEMA, WITH_TEXT, Batch
from control.bus.column import names_to_arrow, texts_to_arrow, to_arrow

_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"  # of an Arrow IPC stream
_ZSTD = pa.ipc.IpcWriteOptions(compression="zstd")
KNOWN = 10_000  # tuples of names whose numbers are remembered


class Names:
    """Names in the order in which they first came."""

    def __init__(self) -> None:
        self.all: tuple[str, ...] = ()
        self._number: dict[str, int] = {}
        self._known: dict[tuple[str, ...], np.ndarray] = {}

    def numbers(self, names: tuple[str, ...]) -> np.ndarray:
        """The number of each, int32; a new one gets the next."""
        known = self._known.get(names)
        if known is None:
            for name in names:
                self._number.setdefault(name, len(self._number))
            self.all = tuple(self._number)
            known = np.array([self._number[name] for name in names], dtype=np.int32)
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[names] = known
        return known


class TagSet:
    """The tags and sources of a group; :meth:`joined` numbers batches by them, :meth:`encode` makes a message."""

    def __init__(self) -> None:
        self._tags, self._sources = Names(), Names()
        self._heads: dict[tuple[str, bool], _Head] = {}

    def joined(self, batches: Sequence[Batch]) -> Batch:
        """Batches of one run as one, in the order in which they came."""
        tag = np.concatenate([self._tags.numbers(b.tags)[b.tag] for b in batches])
        source = np.concatenate([self._sources.numbers(b.sources)[b.source] for b in batches])
        columns = (np.concatenate([getattr(b, name) for b in batches]) for name in NUMBERS)
        time, value, quality = columns
        text = None
        if any(b.text is not None for b in batches):
            text = tuple(one for b in batches for one in (b.text or ("",) * len(b)))
        return Batch(self._tags.all, tag, time, value, quality, self._sources.all, source, batches[0].run, text)

    def encode(self, batch: Batch) -> bytes:
        """A joined batch as :meth:`Batch.decode` reads it."""
        kind = (batch.run, batch.text is not None)
        head = self._heads.get(kind)
        if head is None or not head.fits(batch):
            head = self._heads[kind] = _Head(batch)
        return head.encode(batch)


class _Head:
    """What all messages of one set of names, run and kind begin with."""

    def __init__(self, batch: Batch):
        self._names = batch.tags, batch.sources
        none = np.empty(0, np.int32)
        self._tags, self._sources = (names_to_arrow(none, names).dictionary for names in self._names)
        self._schema = (SCHEMA if batch.text is None else WITH_TEXT).with_metadata({RUN: batch.run})
        self._sink = io.BytesIO()
        self._writer = pa.ipc.new_stream(pa.PythonFile(self._sink, "w"), self._schema, options=_ZSTD)
        empty = Batch(batch.tags, none, none, none, none, batch.sources, none, text=None if batch.text is None else ())
        whole = self._written(empty)
        self._bytes = whole[: len(whole) - len(self._written(empty))]  # names are written with the first alone

    def fits(self, batch: Batch) -> bool:
        return self._names[0] is batch.tags and self._names[1] is batch.sources

    def encode(self, batch: Batch) -> bytes:
        return b"".join((self._bytes, self._written(batch), _END))

    def _written(self, batch: Batch) -> bytes:
        columns = [
            self._numbered(batch.tag, self._tags), to_arrow(batch.time, pa.int64()),
            to_arrow(batch.value, pa.float64()), to_arrow(batch.quality, pa.uint32()),
            self._numbered(batch.source, self._sources),
        ]  # fmt: skip
        if batch.text is not None:
            columns.append(texts_to_arrow(batch.text))
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))
        written = self._sink.getvalue()
        self._sink.seek(0)
        self._sink.truncate()
        return written

    @staticmethod
    def _numbered(number: np.ndarray, names: pa.Array) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(to_arrow(number, pa.int32()), names)
