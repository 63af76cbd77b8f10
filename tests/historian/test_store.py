"""The contract of every historian. A new store joins by a row in STORES."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.bus.batch import Batch
from control.bus.quality import (
    BAD_COMMUNICATION,
    BAD_SENSOR_FAILURE,
    GOOD,
    UNCERTAIN_SUBNORMAL,
    UNCERTAIN_UNITS_EXCEEDED,
)
from historian.duckdb_store import DuckDBHistorian
from historian.store import BUCKETS, JOURNAL, RAW, Entry, Historian, Position
from plant.error import ServiceError
from tests.limit import HANGS

SECOND = 10**9
ROOT = Path(__file__).parents[2]
START = 1_749_999_960 * SECOND  # a whole minute
STORES: dict[str, Callable[[Path], Historian]] = {"duckdb": lambda folder: DuckDBHistorian(folder / "history.duckdb")}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Historian]:
    opened = STORES[request.param](tmp_path)
    yield opened
    opened.close()


def series(tag: str, times, values, quality=GOOD, source: str = "RTU-1") -> Batch:
    """Samples of one tag."""
    n = len(times)
    zeros = np.zeros(n, np.int32)
    codes = np.broadcast_to(np.asarray(quality, np.uint32), (n,))
    return Batch((tag,), zeros, np.asarray(times, np.int64), np.asarray(values, float), codes, (source,), zeros)


def keep(store: Historian, *batches: Batch, sequence: int = 1) -> None:
    store.append(batches, Position("telemetry", sequence))


def test_a_sample_comes_back_as_it_was_measured(store: Historian) -> None:
    keep(store, series("Well.A.Flow", [START, START + 1], [1 / 3, np.nan], [GOOD, BAD_SENSOR_FAILURE], "RTU-A"))
    rows = store.raw(["Well.A.Flow"], START, START + 2, 10)
    assert rows.schema.equals(RAW)
    assert rows["tag"].to_pylist() == ["Well.A.Flow"] * 2
    assert rows["time"].to_pylist() == [START, START + 1]  # to the nanosecond
    assert rows["value"][0].as_py() == 1 / 3  # to the last bit
    assert np.isnan(rows["value"][1].as_py())
    assert rows["quality"].to_pylist() == [GOOD, BAD_SENSOR_FAILURE]
    assert rows["source"].to_pylist() == ["RTU-A"] * 2


def test_a_range_has_its_start_and_not_its_end(store: Historian) -> None:
    keep(store, series("A", [START, START + 1, START + 2], [0, 1, 2]))
    assert store.raw(["A"], START, START + 2, 10)["value"].to_pylist() == [0, 1]


def test_late_and_out_of_order_samples_are_read_in_the_order_of_time(store: Historian) -> None:
    moments = START + np.random.default_rng(1).permutation(500) * SECOND
    keep(store, *(series("A", moments[i : i + 50], moments[i : i + 50] / SECOND) for i in range(0, 500, 50)))
    rows = store.raw(["A"], START, START + 500 * SECOND, 1000)
    assert rows["time"].to_pylist() == sorted(moments.tolist())
    assert rows["value"].to_pylist() == sorted((moments / SECOND).tolist())


def test_a_late_sample_is_not_the_last_one(store: Historian) -> None:
    keep(store, series("A", [START + 5], [5.0]))
    keep(store, series("A", [START + 2], [2.0]), sequence=2)
    assert store.last(["A"])["value"].to_pylist() == [5.0]


def test_the_last_value_is_found_however_old(store: Historian) -> None:
    day = 86_400 * SECOND
    ages = {"now": 0, "hours": day // 8, "days": 3 * day, "months": 100 * day}
    keep(store, *(series(tag, [START - 1 - age, START - age], [0.0, age]) for tag, age in ages.items()))
    found = store.last()
    assert dict(zip(found["tag"].to_pylist(), found["time"].to_pylist(), strict=True)) == {
        tag: START - age for tag, age in ages.items()
    }
    assert store.last(["days", "nobody"])["value"].to_pylist() == [3 * day]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    samples=st.lists(
        st.tuples(
            st.integers(0, 300), st.floats(-1e6, 1e6),
            st.sampled_from([GOOD, UNCERTAIN_UNITS_EXCEEDED, BAD_COMMUNICATION]),
        ),
        min_size=1, max_size=60,
    ),
    width=st.sampled_from([1, 10, 60]),
)  # fmt: skip
def test_buckets_are_what_numpy_makes_of_the_raw_samples(tmp_path_factory, samples, width) -> None:
    store = DuckDBHistorian(tmp_path_factory.mktemp("buckets") / "history.duckdb")
    seconds, values, codes = (np.array(column) for column in zip(*samples, strict=True))
    keep(store, series("A", START + seconds * SECOND, values, codes.astype(np.uint32)))
    rows = store.buckets(["A"], START, START + 1000 * SECOND, width * SECOND, 1000).to_pylist()
    store.close()
    bucket = seconds // width * width
    assert [row["time"] for row in rows] == [START + int(b) * SECOND for b in np.unique(bucket)]
    for row in rows:
        inside = START + bucket * SECOND == row["time"]
        used = values[inside & (codes < BAD_COMMUNICATION)]
        assert (row["count"], row["bad"]) == (used.size, inside.sum() - used.size)
        if used.size:
            assert row["average"] == pytest.approx(used.mean(), rel=1e-12, abs=1e-6)
            assert (row["min"], row["max"]) == (used.min(), used.max())
        else:
            assert np.isnan([row["average"], row["min"], row["max"]]).all()


@pytest.mark.parametrize(
    ("codes", "bucket"),
    [
        ([GOOD, GOOD], GOOD),
        ([GOOD, UNCERTAIN_UNITS_EXCEEDED], UNCERTAIN_UNITS_EXCEEDED),
        ([GOOD, BAD_COMMUNICATION], UNCERTAIN_SUBNORMAL),
        ([BAD_COMMUNICATION, BAD_SENSOR_FAILURE], BAD_SENSOR_FAILURE),
    ],
)
def test_a_bucket_is_as_good_as_its_worst_usable_sample(store: Historian, codes: list[int], bucket: int) -> None:
    keep(store, series("A", [START, START + 1], [1.0, 2.0], codes))
    rows = store.buckets(["A"], START, START + 2, SECOND, 10)
    assert rows.schema.equals(BUCKETS)
    assert rows["quality"].to_pylist() == [bucket]


def test_a_value_that_is_none_stays_out_of_the_average_whatever_its_quality(store: Historian) -> None:
    keep(store, series("A", [START, START + 1], [1.0, np.nan]))
    (row,) = store.buckets(["A"], START, START + 2, SECOND, 10).to_pylist()
    assert (row["average"], row["count"], row["bad"], row["quality"]) == (1.0, 1, 1, UNCERTAIN_SUBNORMAL)


def test_a_tag_that_was_never_stored_has_no_rows(store: Historian) -> None:
    keep(store, series("A", [START], [1.0]))
    assert store.raw(["B"], START, START + 1, 10).num_rows == 0
    assert store.buckets(["B"], START, START + 1, SECOND, 10).num_rows == 0


def test_the_last_sample_is_the_newest_even_where_it_has_no_value(store: Historian) -> None:
    keep(store, series("A", [START, START + 1], [1.0, np.nan], [GOOD, BAD_COMMUNICATION]))
    (row,) = store.last(["A"]).to_pylist()
    assert (row["time"], row["quality"]) == (START + 1, BAD_COMMUNICATION)
    assert np.isnan(row["value"])


def test_the_position_is_that_of_the_last_write(store: Historian) -> None:
    assert store.position("telemetry") == 0
    keep(store, series("A", [START], [1.0]), sequence=7)
    store.append([], Position("telemetry", 9))  # nothing readable in it, and still behind us
    store.record([], Position("events", 3))
    assert (store.position("telemetry"), store.position("events")) == (9, 3)


def test_a_write_that_fails_leaves_neither_samples_nor_names_nor_position(store: Historian) -> None:
    keep(store, series("A", [START], [1.0]))
    with pytest.raises(ServiceError):
        store.append([series("B", [START], [2.0], source="RTU-9")], Position("telemetry", -1))  # no such sequence
    assert store.tags() == ["A"]
    assert store.position("telemetry") == 1
    keep(store, series("C", [START], [3.0], source="RTU-9"), sequence=2)
    assert store.last()["tag"].to_pylist() == ["A", "C"]
    assert store.last()["source"].to_pylist() == ["RTU-1", "RTU-9"]


def test_the_journal_gives_the_newest_first_and_what_was_asked_for(store: Historian) -> None:
    entries = [
        Entry(START, "events", "command", "Well.A.Start", "{}"),
        Entry(START + 1, "alarms", "1", "Well.A.Flow", '{"n": 1}'),
        Entry(START + 2, "alarms", "2", "Well.B.Flow", '{"n": 2}'),
    ]
    assert store.record(entries, Position("events", 3)) == 3

    def found(topic: str, kinds: list[str], tags: list[str], end: int = START + 9) -> list[int]:
        rows = store.journal(topic, kinds, tags, START, end, 10)
        assert rows.schema.equals(JOURNAL)
        return [time - START for time in rows["time"].to_pylist()]

    assert found("alarms", [], []) == [2, 1]
    assert found("alarms", ["1"], []) == [1]
    assert found("alarms", [], ["Well.B.Flow", "Well.A.Start"]) == [2]
    assert found("alarms", [], [], START + 2) == [1]
    assert found("events", ["command"], []) == [0]


def test_what_is_older_than_is_kept_is_forgotten_and_the_rest_stays(store: Historian) -> None:
    keep(store, series("A", START + np.arange(100) * SECOND, np.arange(100)))
    assert store.forget(START + 40 * SECOND) == 40
    assert store.raw(["A"], 0, 2**62, 1000)["value"].to_pylist() == list(range(40, 100))
    assert store.extent().rows == 60


def test_a_store_opened_again_knows_what_it_knew(tmp_path: Path) -> None:
    first = DuckDBHistorian(tmp_path / "history.duckdb")
    keep(first, series("A", [START], [1.0]), sequence=5)
    identity = first.identity
    first.close()
    again = DuckDBHistorian(tmp_path / "history.duckdb")
    assert (again.identity, again.tags(), again.position("telemetry")) == (identity, ["A"], 5)
    assert (again.extent().rows, again.extent().newest) == (1, START)
    again.close()


def test_a_second_process_is_told_whose_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.duckdb"
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "open\n"
    with pytest.raises(ServiceError, match=f"history {path}.*{other.pid}"):
        DuckDBHistorian(path)
    other.communicate("\n", timeout=HANGS)


def test_a_file_that_is_no_history_is_put_aside_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.duckdb"
    path.write_text("not a database" * 1000)
    store = DuckDBHistorian(path)
    (aside,) = tmp_path.glob("history.duckdb.damaged-*")
    assert aside.read_text() == "not a database" * 1000
    assert store.put_aside.endswith(f"put aside as {aside.name}")
    assert store.extent().rows == 0
    store.close()


def test_what_stands_where_the_file_should_be_and_is_no_file_is_refused(tmp_path: Path) -> None:
    """It is not damaged, and not ours to move."""
    (tmp_path / "history.duckdb").mkdir()
    with pytest.raises(ServiceError, match=r"history\.duckdb"):
        DuckDBHistorian(tmp_path / "history.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["history.duckdb"]


def test_neither_store_nor_replies_pull_in_pandas(tmp_path: Path) -> None:
    """60 MB and 0.7 s a process, as measured with pyarrow 26 and DuckDB 2.0."""
    code = f"""
import sys
from pathlib import Path
from control.bus.batch import Batch
from historian.client import to_batch
from historian.duckdb_store import DuckDBHistorian
from historian.query import answer
from historian.store import Position
import pyarrow as pa
store = DuckDBHistorian(Path({str(tmp_path)!r}) / "history.duckdb")
scans = [Batch.snapshot(["A", "B"], k, [1.0, 2.0], 0, "R").encode() for k in range(9)]
store.append([Batch.decode(scan) for scan in scans], Position("s", 1))
asked = {{"end_ns": 10**9, "limit": 5}}
for tags in (["A", "B"], ["C"]):
    to_batch(pa.ipc.open_stream(answer(store, "raw", asked | {{"tags": tags}}, 10**6)).read_all())
    answer(store, "buckets", asked | {{"tags": tags, "width_ns": 10**6}}, 10**6)
    answer(store, "last", {{"tags": tags}}, 10**6)
answer(store, "tags", {{}}, 10**6), answer(store, "events", {{}}, 10**6)
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=HANGS)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is POSIX")
def test_a_disk_that_is_full_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    """DuckDB 1.4.4 lost committed rows there; its maker's fix came with 1.5."""
    code = f"""
import resource
from pathlib import Path
import numpy as np
from control.bus.batch import Batch
from historian.duckdb_store import DuckDBHistorian
from historian.store import Position
from plant.error import ServiceError
store, n, kept = DuckDBHistorian(Path({str(tmp_path)!r}) / "history.duckdb"), 5000, 0
def keep(k):
    value, zeros = np.random.rand(n), np.zeros(n, np.int32)
    batch = Batch(("A",), zeros, np.arange(n) + k * n, value, zeros.astype(np.uint32), ("R",), zeros)
    store.append([batch], Position("s", k))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
try:
    while True:
        keep(kept + 1)
        kept += 1
except ServiceError as error:
    assert "too large" in str(error)
assert kept and store.position("s") == kept
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
keep(kept + 1)
print(kept + 1)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True, timeout=HANGS
    )
    again = DuckDBHistorian(tmp_path / "history.duckdb")
    assert (again.position("s"), again.extent().rows) == (int(ran.stdout), int(ran.stdout) * 5000)
    again.close()


def test_what_is_measured_and_said_in_a_run_shows_only_to_who_asks_for_it(store):
    own = Batch.snapshot(["A"], START, [1.0], 0, "RTU")
    store.append([own, replace(own, value=np.array([9.0]), run="drill-7")], Position("s", 1))
    entries = [Entry(START, "alarms", "2", "A", "{}"), Entry(START, "alarms", "1", "A", "{}", "drill-7")]
    store.record(entries, Position("e", 1))
    assert store.raw(["A"], START, START + 1, 10)["value"].to_pylist() == [1.0]
    assert store.raw(["A"], START, START + 1, 10, "drill-7")["value"].to_pylist() == [9.0]
    assert store.buckets(["A"], START, START + 1, SECOND, 10, "drill-7")["average"].to_pylist() == [9.0]
    assert store.last(["A"], "drill-7")["value"].to_pylist() == [9.0]
    assert store.last(["A"], "never")["value"].to_pylist() == []
    assert store.journal("alarms", [], [], 0, 2**62, 10)["kind"].to_pylist() == ["2"]
    assert store.journal("alarms", [], [], 0, 2**62, 10, "drill-7")["kind"].to_pylist() == ["1"]


def test_a_file_of_before_there_were_runs_is_the_fields_own(tmp_path):
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute("""
            create table tags(id integer, name varchar); insert into tags values (0, 'A');
            create table sources(id integer, name varchar); insert into sources values (0, 'RTU');
            create table samples(tag integer, time bigint, value double, quality uinteger, source integer);
            insert into samples values (0, 5, 1.5, 0, 0);
            create table journal(time bigint, topic varchar, kind varchar, tag varchar, payload varchar);
            insert into journal values (5, 'events', 'command', 'A', '{}');
        """)
    store = DuckDBHistorian(path)
    store.append([Batch.snapshot(["A"], 6, [2.5], 0, "RTU")], Position("s", 1))
    assert store.raw(["A"], 0, 10, 10)["value"].to_pylist() == [1.5, 2.5]
    assert store.journal("events", [], [], 0, 10, 10)["tag"].to_pylist() == ["A"]
    store.close()
    again = DuckDBHistorian(path)
    assert again.raw(["A"], 0, 10, 10)["value"].to_pylist() == [1.5, 2.5]
    again.close()
