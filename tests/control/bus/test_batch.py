"""A batch travels unchanged. That Arrow's IPC stream is what is on the bus, pyarrow's own reader says."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.bus.batch import SCHEMA, Batch
from control.bus.message.run import OWN
from plant.error import OutOfRange

names = st.lists(st.text(max_size=20), min_size=1, max_size=8, unique=True)


@given(names, st.data())
def test_what_comes_out_is_what_went_in(tags, data):
    n = data.draw(st.integers(0, 40))
    column = lambda element: data.draw(st.lists(element, min_size=n, max_size=n))  # noqa: E731
    batch = Batch(
        tuple(tags), np.array(column(st.integers(0, len(tags) - 1)), np.int32),
        np.array(column(st.integers(0, 2**62)), np.int64), np.array(column(st.floats()), np.float64),
        np.array(column(st.integers(0, 2**32 - 1)), np.uint32), ("RTU ñ",), np.zeros(n, np.int32),
    )  # fmt: skip
    again = Batch.decode(batch.encode())
    assert (again.tags, again.sources, again.names()) == (batch.tags, batch.sources, batch.names())
    for name in ("tag", "time", "value", "quality", "source"):
        np.testing.assert_array_equal(getattr(again, name), getattr(batch, name))


def test_texts_travel_as_a_column_of_their_own_which_other_batches_do_not_have():
    plain = Batch.snapshot(["Well.A.Model", "Well.A.Flow"], 5, [np.nan, 1.0], 0, "RTU")
    said = replace(plain, text=("ESP ñ", ""))
    assert Batch.decode(said.encode()).text == ("ESP ñ", "")
    assert Batch.decode(plain.encode()).text is None
    assert pa.ipc.open_stream(said.encode()).schema.names == [*SCHEMA.names, "text"]


def test_pyarrow_itself_reads_a_snapshot_and_finds_it_valid():
    data = Batch.snapshot(["Well.A.Frequency", "Well.A.Flow"], 5, [50.0, np.nan], 0, "RTU").encode()
    table = pa.ipc.open_stream(data).read_all()
    table.validate(full=True)
    assert table.schema == SCHEMA
    assert table.to_pydict()["tag"] == ["Well.A.Frequency", "Well.A.Flow"]
    assert table.to_pydict()["time"] == [5, 5]


@pytest.mark.parametrize("run", [OWN, "drill-7"])
def test_a_batch_is_of_one_run(run):
    batch = replace(Batch.snapshot(["a"], 1, [1.0], 0, "s"), run=run)
    assert Batch.decode(batch.encode()).run == run


def test_a_batch_of_before_there_were_runs_is_of_the_fields_own():
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_batch(Batch.snapshot(["a"], 1, [1.0], 0, "s").to_arrow())
    assert Batch.decode(sink.getvalue().to_pybytes()).run == OWN


def test_bytes_that_are_no_batch_are_refused():
    with pytest.raises(OutOfRange, match="is not a batch"):
        Batch.decode(b"no batch")


def test_pandas_is_not_imported_for_it():
    # pyarrow imports pandas in its conveniences, 60 MB and 0.7 s for each of our processes.
    code = (
        "import sys; from control.bus.batch import Batch; import numpy as np;"
        "Batch.decode(Batch.snapshot(['a'], 1, [1.0], 0, 's').encode()); sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
