"""What the historian answers, without the bus."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from control.bus.batch import Batch
from historian.client import more
from historian.duckdb_store import DuckDBHistorian
from historian.query import answer
from historian.request import ROWS
from historian.store import Entry, Position
from plant.error import OutOfRange

ROOM = 8 * 1024 * 1024
SECOND = 10**9


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DuckDBHistorian]:
    opened = DuckDBHistorian(tmp_path / "history.duckdb")
    yield opened
    opened.close()


def ask(store: DuckDBHistorian, query: str, room: int = ROOM, **asked: object) -> pa.Table:
    return pa.ipc.open_stream(answer(store, query, asked, room)).read_all()


def fill(store: DuckDBHistorian, samples: int, tags: int = 1, step: int = 1) -> None:
    """So many samples 0, 1, 2 …, in instants of so many tags."""
    names = tuple(f"Well.A{i}.Flow" for i in range(tags))
    number = np.arange(samples)
    good, source = np.zeros(samples, np.uint32), np.zeros(samples, np.int32)
    tag, time = (number % tags).astype(np.int32), number // tags * step
    store.append([Batch(names, tag, time, number.astype(float), good, ("RTU",), source)], Position("s", 1))


@pytest.mark.parametrize(
    ("query", "asked", "said"),
    [
        ("raw", {"tags": "Well.A"}, "tags = Well.A: must be a list of names"),
        ("raw", {"tags": [1]}, "tags = [1]: must be a list of names"),
        ("raw", {}, "tags = None: must be a list of names"),
        ("raw", [], "request = []: must be an object"),
        ("raw", {"tags": [], "start_ns": 5, "end_ns": 5}, "end_ns = 5: must be later than start_ns = 5"),
        ("raw", {"tags": [], "start_ns": 1.5}, "start_ns = 1.5: must be a whole number"),
        ("raw", {"tags": [], "start_ns": -1}, "start_ns = -1: must be between"),
        ("raw", {"tags": [], "start_ns": 2**80}, f"start_ns = {2**80}: must be between"),
        ("raw", {"tags": [], "limit": 0}, "limit = 0: must be between 1"),
        ("raw", {"tags": [], "limit": True}, "limit = True: must be a whole number"),
        ("raw", {"tags": [], "strat_ns": 1}, "strat_ns = 1: is no argument"),
        ("buckets", {"tags": []}, "width_ns = None: must be a whole number"),
        ("buckets", {"tags": [], "width_ns": 1}, "width_ns = 1: must be between 1000000"),
        ("last", {"tags": 3}, "tags = 3: must be a list"),
        ("events", {"kinds": "command"}, "kinds = command: must be a list"),
    ],
)
def test_a_wrong_request_is_told_argument_value_and_rule(store: DuckDBHistorian, query, asked, said) -> None:
    with pytest.raises(OutOfRange) as refused:
        answer(store, query, asked, ROOM)
    assert said in str(refused.value)


def test_a_reply_has_a_hundred_thousand_rows_at_most_and_says_where_to_go_on(store: DuckDBHistorian) -> None:
    fill(store, ROWS + 10)
    first = ask(store, "raw", tags=["Well.A0.Flow"], limit=10**9)
    assert (len(first), more(first)) == (ROWS, ROWS)
    rest = ask(store, "raw", tags=["Well.A0.Flow"], start_ns=more(first))
    assert (rest["value"].to_pylist(), more(rest)) == (list(range(ROWS, ROWS + 10)), None)


def test_a_reply_fits_the_bus(store: DuckDBHistorian) -> None:
    fill(store, 20_000, tags=20)
    reply = answer(store, "raw", {"tags": store.tags()}, 100_000)
    assert len(reply) < 100_000
    assert more(pa.ipc.open_stream(reply).read_all()) is not None
    with pytest.raises(OutOfRange, match="the bus carries 300"):
        answer(store, "tags", {}, 300)


def test_pages_of_buckets_join_without_gap_or_double(store: DuckDBHistorian) -> None:
    fill(store, 1200, tags=2, step=SECOND)
    asked = {"tags": store.tags(), "width_ns": 10 * SECOND, "end_ns": 600 * SECOND}
    whole, at, pages = ask(store, "buckets", **asked), 0, []
    while at is not None:
        pages.append(ask(store, "buckets", start_ns=at, limit=7, **asked))
        at = more(pages[-1])
    assert len(pages) == 20
    assert pa.concat_tables([p.replace_schema_metadata() for p in pages]).to_pylist() == whole.to_pylist()


def test_the_journal_is_read_backwards_page_by_page(store: DuckDBHistorian) -> None:
    store.record([Entry(k // 2, "events", "command", "", f"{k}") for k in range(20)], Position("e", 1))
    first = ask(store, "events", limit=5)
    assert first["payload"].to_pylist() == ["19", "18", "17", "16"]
    second = ask(store, "events", limit=5, end_ns=more(first))
    assert second["payload"].to_pylist() == ["15", "14", "13", "12"]
