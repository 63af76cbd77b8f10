"""The embedded historian: one DuckDB file, which one process owns.

The hot table is plain columns in the order of arrival, without keys or indexes: DuckDB's min-max
of every row group finds a span of time as fast, and inserts stay cheap.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from control.bus.batch import Batch
from control.bus.column import names_to_arrow, to_numpy, whole
from control.bus.message.run import OWN
from control.bus.quality import BAD, UNCERTAIN_SUBNORMAL
from historian.name_table import NameTable
from historian.quarantine import is_damage, put_aside
from historian.store import BUCKETS, JOURNAL, RAW, Entry, Extent, Position
from plant.error import ServiceError

HISTORY = "history.duckdb"  # in the data folder
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "128MB",
    "threads": 1,
    "preserve_insertion_order": False,
}
HOUR = 3_600_000_000_000  # ns

_TABLES = """
    create table if not exists identity(name varchar);
    create table if not exists tags(id integer, name varchar);
    create table if not exists sources(id integer, name varchar);
    create table if not exists samples(tag integer, time bigint, value double, quality uinteger, source integer);
    create table if not exists journal(time bigint, topic varchar, kind varchar, tag varchar, payload varchar);
    create table if not exists positions(stream varchar, sequence ubigint);
    create table if not exists runs(id integer, name varchar);
    alter table samples add column if not exists run integer default 0;
    alter table journal add column if not exists run varchar default 'own';
"""
# A file of before there were runs holds the own one's rows: it is the first in its table, and they are carried over.
_VALUE = "coalesce(value, 'nan')"  # a NaN is NULL in the file: DuckDB takes NumPy's for that
_USABLE = f"filter (where quality < {BAD} and value is not null)"
_BUCKETS = f"""
    select tag, epoch_ns(time_bucket(to_microseconds($width), make_timestamp(time // 1000))) as time,
        coalesce(avg(value) {_USABLE}, 'nan') as average,
        coalesce(min(value) {_USABLE}, 'nan') as min, coalesce(max(value) {_USABLE}, 'nan') as max,
        count(*) {_USABLE} as count, count(*) - count(*) {_USABLE} as bad,
        case when count(*) {_USABLE} in (0, count(*)) then max(quality)
             else greatest(max(quality) {_USABLE}, {UNCERTAIN_SUBNORMAL}) end as quality
    from samples where {{tags}} and run = $run and time >= $start and time < $end
    group by 1, 2 order by 2, 1 limit $limit
"""
_RAW = f"""
    select tag, time, {_VALUE} as value, quality, source from samples
    where {{tags}} and run = $run and time >= $start and time < $end order by time, tag limit $limit
"""
_LAST = f"""
    select tag, max(time) as time, arg_max({_VALUE}, time) as value, arg_max(quality, time) as quality,
        arg_max(source, time) as source
    from samples where {{tags}} and run = $run and time >= $start and time < $end group by tag order by tag
"""
_JOURNAL = """
    select time, kind, tag, payload from journal where topic = $topic and run = $run and time >= $start and time < $end
        and (len($kinds::varchar[]) = 0 or list_contains($kinds, kind))
        and (len($tags::varchar[]) = 0 or list_contains($tags, tag))
    order by time desc, rowid desc limit $limit
"""


class DuckDBHistorian:
    """A :class:`~historian.store.Historian` in a file. Raises :class:`ServiceError` where another process has it.

    A damaged file is put aside, and a new one begun: ``put_aside`` then says where the damaged one is, and why.
    """

    def __init__(self, path: Path):
        self.path, self.put_aside = path, ""
        self._database = duckdb.connect()  # of nothing
        self._lock = threading.Lock()  # one writer at a time; readers have cursors of their own
        path.parent.mkdir(parents=True, exist_ok=True)
        self._wal = path.with_name(f"{path.name}.wal")
        try:
            self._open()
        except ServiceError as error:
            if not is_damage(error):
                raise
            self._database.close()  # if it was opened at all: what is open is found again by its name
            self.put_aside = f"{error}: put aside as {put_aside(path, self._wal).name}"
            self._open()

    def _open(self) -> None:
        with self._our_errors():
            self._database = duckdb.connect(str(self.path), config=SETTINGS)
            self._writer = self._database.cursor()
            self._writer.execute(_TABLES)
            self._writer.execute("checkpoint")
            self._load_names()
            self._newest = self._rows("select coalesce(max(time), 0) from samples")[0][0]
            if not self._rows("select * from identity"):
                self._writer.execute("insert into identity values (?)", [secrets.token_hex(4)])

    @property
    def identity(self) -> str:
        """As made with the file."""
        return self._rows("select name from identity")[0][0]

    def append(self, batches: Sequence[Batch], position: Position) -> int:
        """Keep samples and position in one transaction, on disk when this returns."""
        with self._transaction():
            columns = self._columns(batches)
            if columns["time"].size:
                self._insert("samples", columns)
            self._move(position)
        self._newest = max(self._newest, int(columns["time"].max(initial=0)))
        return columns["time"].size

    def record(self, entries: Sequence[Entry], position: Position) -> int:
        """Keep entries and position in one transaction, on disk when this returns."""
        with self._transaction():
            for e in entries:
                row = [e.time, e.topic, e.kind, e.tag, e.payload, e.run]
                self._writer.execute("insert into journal values (?, ?, ?, ?, ?, ?)", row)
            self._move(position)
        return len(entries)

    def position(self, stream: str) -> int:
        """Sequence number up to which ``stream`` is kept."""
        rows = self._rows("select sequence from positions where stream = ?", [stream])
        return rows[0][0] if rows else 0

    def tags(self) -> list[str]:
        """Every tag that ever had a sample."""
        return sorted(self._tags.names)

    def raw(self, tags: Sequence[str], start: int, end: int, limit: int, run: str = OWN) -> pa.Table:
        """Samples in the order of time."""
        sql = _RAW.format(tags=self._among(tags))
        return self._named(self._table(sql, start=start, end=end, limit=limit, run=self._run(run)), RAW)

    def buckets(self, tags: Sequence[str], start: int, end: int, width: int, limit: int, run: str = OWN) -> pa.Table:
        """Averages by ``time_bucket``, which reckons in µs, from 2000-01-03 where the width does not divide a day."""
        sql = _BUCKETS.format(tags=self._among(tags))
        given = {"start": start, "end": end, "width": width // 1000, "limit": limit, "run": self._run(run)}
        return self._named(self._table(sql, **given), BUCKETS)

    def last(self, tags: Sequence[str] | None = None, run: str = OWN) -> pa.Table:
        """The newest sample of each tag: of the last hour first, further back only for who has none there."""
        missing, found = self._tags.known(self._tags.names if tags is None else tags), []
        newest = self._newest
        # Two steps back and then all: most tags are found in the first, and its row groups are few.
        for end, start in pairwise((newest + 1, newest - HOUR, newest - 24 * HOUR, -(2**63))):
            found.append(self._last_within(missing, start, end, self._run(run)))
            seen = set(found[-1]["tag"].to_pylist())
            missing = [tag for tag in missing if tag not in seen]
            if not missing:
                break
        return pa.concat_tables(found).unify_dictionaries().combine_chunks()

    def journal(
        self, topic: str, kinds: Sequence[str], tags: Sequence[str], start: int, end: int, limit: int, run: str = OWN
    ) -> pa.Table:
        """Entries, the newest first."""
        among = {"topic": topic, "kinds": list(kinds), "tags": list(tags), "run": run}
        return self._table(_JOURNAL, **among, start=start, end=end, limit=limit).cast(JOURNAL)

    def forget(self, before: int) -> int:
        """Drop samples older than ``before``; the file's room is used again after the checkpoint."""
        with self._transaction():
            dropped = self._writer.execute("delete from samples where time < ?", [before]).fetchall()[0][0]
        if dropped:
            with self._lock, self._our_errors():
                self._writer.execute("checkpoint")
        return dropped

    def extent(self) -> Extent:
        """Rows, newest time, and size of the file with its write-ahead log."""
        files = (self.path, self._wal)
        size = sum(file.stat().st_size for file in files if file.exists())
        return Extent(self._rows("select count(*) from samples")[0][0], self._newest, size)

    def close(self) -> None:
        """Checkpoint and let go of the file."""
        with self._lock, self._our_errors():
            self._writer.close()
            self._database.close()

    def _columns(self, batches: Sequence[Batch]) -> dict[str, np.ndarray]:
        tags, sources, runs = [], [], []
        for batch in batches:
            runs.append(np.full(len(batch), self._runs.added((batch.run,))[0]))
            tags.append(self._tags.added(batch.tags)[batch.tag])
            sources.append(self._sources.added(batch.sources)[batch.source])
        return {
            "tag": _joined(tags, np.int32), "time": _joined([b.time for b in batches], np.int64),
            "value": _joined([b.value for b in batches], np.float64),
            "quality": _joined([b.quality for b in batches], np.uint32), "source": _joined(sources, np.int32),
            "run": _joined(runs, np.int32),
        }  # fmt: skip

    def _insert(self, table: str, columns: dict[str, np.ndarray]) -> None:
        # NumPy columns and not an Arrow table: registering one makes DuckDB import pandas, which costs
        # 55 MB and four times the time.
        self._writer.register("incoming", columns)
        self._writer.execute(f"insert into {table} select {', '.join(columns)} from incoming")
        self._writer.unregister("incoming")

    def _move(self, position: Position) -> None:
        if position.stream in self._streams:
            sql = "update positions set sequence = $2 where stream = $1"
        else:
            sql = "insert into positions values ($1, $2)"
        self._writer.execute(sql, [position.stream, position.sequence])
        self._streams.add(position.stream)

    def _last_within(self, tags: Sequence[str], start: int, end: int, run: int) -> pa.Table:
        return self._named(self._table(_LAST.format(tags=self._among(tags)), start=start, end=end, run=run), RAW)

    def _run(self, name: str) -> int:
        """The number of a run; one that nothing is known of has none."""
        return int(self._runs.numbers([name])[0]) if self._runs.known([name]) else -1

    def _among(self, tags: Sequence[str]) -> str:
        numbers = self._tags.numbers(self._tags.known(tags))
        return f"tag in ({', '.join(map(str, numbers))})" if numbers.size else "false"

    def _named(self, table: pa.Table, schema: pa.Schema) -> pa.Table:
        columns = [self._column(whole(table[field.name]), field) for field in schema]
        return pa.Table.from_arrays(columns, schema=schema)

    def _column(self, column: pa.Array, field: pa.Field) -> pa.Array:
        if field.name not in ("tag", "source"):
            return column.cast(field.type)
        names = self._tags.names if field.name == "tag" else self._sources.names
        numbers, index = np.unique(to_numpy(column), return_inverse=True)
        return names_to_arrow(index, [names[number] for number in numbers])

    def _table(self, sql: str, **given: object) -> pa.Table:
        with self._our_errors(), contextlib.closing(self._database.cursor()) as cursor:
            return cursor.sql(sql, params=given).to_arrow_table()

    def _rows(self, sql: str, given: Sequence[object] = ()) -> list[tuple]:
        with self._our_errors(), contextlib.closing(self._database.cursor()) as cursor:
            return cursor.execute(sql, given).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._our_errors():
            self._writer.begin()
            try:
                yield
                self._writer.commit()
            except BaseException:
                self._take_back()
                raise

    def _take_back(self) -> None:
        with contextlib.suppress(duckdb.TransactionException):  # a commit that failed has rolled back already
            self._writer.rollback()
        self._load_names()

    def _load_names(self) -> None:
        self._tags, self._sources = NameTable(self._writer, "tags"), NameTable(self._writer, "sources")
        self._runs = NameTable(self._writer, "runs")
        self._runs.add([OWN])
        self._streams = {stream for (stream,) in self._writer.execute("select stream from positions").fetchall()}

    @contextlib.contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise ServiceError(f"history {self.path}: {str(error).splitlines()[0]}") from error


def _joined(parts: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate([np.empty(0, kind), *parts], dtype=kind)
