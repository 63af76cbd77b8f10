"""A batch: samples as columns. The only form in which measurements travel and are stored.

Columns are tag, time (UTC ns), value (SI float64), quality (OPC UA status code) and source (device); and text, in
batches of which any tag says one, empty where a sample has none. What has a text has no number.
On the bus a batch is an Arrow IPC stream with its names dictionary-encoded, so it explains itself:
no process needs another's numbering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from control.bus.column import names_to_arrow, texts_to_arrow, to_arrow, to_numpy
from control.bus.message.run import OWN
from plant.error import OutOfRange

_NAMES = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("tag", _NAMES),
        ("time", pa.int64()),
        ("value", pa.float64()),
        ("quality", pa.uint32()),
        ("source", _NAMES),
    ]
)
WITH_TEXT = SCHEMA.append(pa.field("text", pa.string()))
NUMBERS = ("time", "value", "quality")  # columns that are numbers of samples, and of no names
RUN = b"run"  # in the schema's metadata: a batch is of one run
READ = 500  # dictionaries of names that are remembered


@dataclass(frozen=True)
class Batch:
    """Samples of one run as columns of equal length; ``tag`` and ``source`` index ``tags`` and ``sources``."""

    tags: tuple[str, ...]
    tag: np.ndarray  # int32
    time: np.ndarray  # int64, UTC ns
    value: np.ndarray  # float64, SI; NaN where there is none
    quality: np.ndarray  # uint32
    sources: tuple[str, ...]
    source: np.ndarray  # int32
    run: str = OWN
    text: tuple[str, ...] | None = None  # of each sample

    def __len__(self) -> int:
        return len(self.tag)

    @classmethod
    def snapshot(
        cls, tags: Sequence[str], time: int, value: Sequence[float] | np.ndarray, quality: np.ndarray | int, source: str
    ) -> Batch:
        """One sample of each tag at one time from one source, as a scan gives."""
        n = len(tags)
        return cls(
            tuple(tags), np.arange(n, dtype=np.int32), np.full(n, time, dtype=np.int64),
            np.asarray(value, dtype=np.float64), np.broadcast_to(np.asarray(quality, dtype=np.uint32), (n,)),
            (source,), np.zeros(n, dtype=np.int32),
        )  # fmt: skip

    def names(self) -> list[str]:
        """The tag of each sample."""
        return [self.tags[i] for i in self.tag]

    def to_arrow(self) -> pa.RecordBatch:
        """As an Arrow record batch of :data:`SCHEMA`, or :data:`WITH_TEXT` where it has any."""
        columns = [
            names_to_arrow(self.tag, self.tags), to_arrow(self.time, pa.int64()), to_arrow(self.value, pa.float64()),
            to_arrow(self.quality, pa.uint32()), names_to_arrow(self.source, self.sources),
        ]  # fmt: skip
        if self.text is None:
            return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)
        return pa.RecordBatch.from_arrays([*columns, texts_to_arrow(self.text)], schema=WITH_TEXT)

    @classmethod
    def from_arrow(cls, record: pa.RecordBatch, run: str = OWN) -> Batch:
        """From an Arrow record batch of :data:`SCHEMA` or :data:`WITH_TEXT`."""
        tag, time, value, quality, source, *text = record.columns
        return cls(
            _names(tag.dictionary), to_numpy(tag.indices), to_numpy(time),
            to_numpy(value), to_numpy(quality),
            _names(source.dictionary), to_numpy(source.indices), run,
            tuple(one or "" for one in text[0].to_pylist()) if text else None,
        )  # fmt: skip

    def encode(self) -> bytes:
        """As an Arrow IPC stream."""
        sink = pa.BufferOutputStream()
        record = self.to_arrow().replace_schema_metadata({RUN: self.run})
        with pa.ipc.new_stream(sink, record.schema) as writer:
            writer.write_batch(record)
        return sink.getvalue().to_pybytes()

    @classmethod
    def decode(cls, data: bytes) -> Batch:
        """From an Arrow IPC stream. Raises :class:`OutOfRange` where it is no batch."""
        try:
            return cls._decoded(data)
        except (pa.ArrowException, ValueError, OSError, StopIteration) as error:
            why = f"is not a batch: {error or type(error).__name__}"
            raise OutOfRange("batch", f"{len(data)} bytes", why) from None

    @classmethod
    def _decoded(cls, data: bytes) -> Batch:
        with pa.ipc.open_stream(data) as reader:
            if reader.schema not in (SCHEMA, WITH_TEXT):
                raise pa.ArrowInvalid(str(reader.schema))
            record = reader.read_next_batch()
            record.validate(full=True)  # a wrong offset or index would otherwise be read through
            batch = cls.from_arrow(record, _run_of(reader.schema))
        if not all(isinstance(name, str) for name in batch.tags + batch.sources):
            raise pa.ArrowInvalid("a name is missing")
        return batch


def _names(dictionary: pa.StringArray) -> tuple[str, ...]:
    """The names in a dictionary: what comes again, as it does with every message of a group, is read once."""
    if dictionary.null_count or dictionary.offset:
        return tuple(dictionary.to_pylist())
    key = tuple(buffer.to_pybytes() for buffer in dictionary.buffers()[1:] if buffer is not None)
    names = _READ.get((len(dictionary), *key))
    if names is None:
        if len(_READ) >= READ:
            _READ.clear()
        names = _READ[(len(dictionary), *key)] = tuple(dictionary.to_pylist())
    return names


_READ: dict[tuple[int | bytes, ...], tuple[str, ...]] = {}


def _run_of(schema: pa.Schema) -> str:
    """The run that a batch names; one that names none is of before there were any, which is the field's own."""
    return (schema.metadata or {}).get(RUN, OWN.encode()).decode()
