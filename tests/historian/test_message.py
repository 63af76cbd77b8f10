"""Messages of the streams, whole and broken."""

import contextlib
from types import SimpleNamespace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.bus.batch import SCHEMA, Batch
from control.bus.quality import GOOD
from historian.message import Unreadable, read_batch

WHOLE = Batch.snapshot(["Well.A.Flow", "Well.B.Flow"], 10**18, [1.0, 2.0], GOOD, "RTU").encode()


def message(data: bytes) -> SimpleNamespace:
    return SimpleNamespace(subject="demo.pf.telemetry.raw.f.RTU", data=data)


def stream(**columns: pa.Array) -> bytes:
    """A batch on the wire with some columns replaced."""
    record = Batch.decode(WHOLE).to_arrow()
    arrays = [columns.get(name, record[name]) for name in SCHEMA.names]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=SCHEMA))
    return sink.getvalue().to_pybytes()


def named(index: list[int | None], names: list[str | None]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(index, pa.int32()), pa.array(names, pa.string()), safe=False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xff" * 64,
        WHOLE[:200],
        WHOLE[:-100],
        stream(tag=named([0, 7], ["A", "B"])),
        stream(tag=named([0, -1], ["A", "B"])),
        stream(tag=named([0, None], ["A", "B"])),
        stream(tag=named([0, 1], ["A", None])),
        stream(time=pa.array([1, None], pa.int64())),
    ],
    ids=["nothing", "json", "ones", "torn early", "torn late", "no such name", "negative", "no tag", "null", "no time"],
)
def test_what_is_no_batch_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"RTU: batch = .* is not a batch"):
        read_batch(message(data))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_no_broken_byte_does_more_than_make_a_message_unreadable(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    with contextlib.suppress(Unreadable):  # anything else would end the process
        assert len(read_batch(message(bytes(data))).names()) <= 2
