"""A capture: samples of a target's tags from a trigger on, and of some time before it, kept as Parquet or CSV.

Each sample has the time that its source gives it and the time at which it came. A scan that was due and did not come
is a gap, which is counted and never filled.
"""

from __future__ import annotations

import asyncio
import csv
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from control.bus import quality
from hil.access.expression import Expression
from hil.access.model import ModelPort, Samples
from hil.background import Background
from hil.target.timing import Timing
from plant.error import Unknown

COLUMNS = ("source_time", "server_time", "tag", "value", "quality")
HISTORY = 1_000_000  # scans that a pre-trigger may hold
LATE = 1.5  # periods between two scans, beyond which one is missing


class Capture:
    """Observes a target from its start until :meth:`stop`, or until ``until`` (an expression) is true."""

    def __init__(
        self, port: ModelPort, timing: Timing, tags: Collection[str] = (), trigger: str = "", pre_trigger: float = 0.0,
        until: str = "",
    ):  # fmt: skip
        self._port, self._timing, self._pre = port, timing, pre_trigger
        if unknown := [name for name in tags if name not in port.signals]:
            raise Unknown("signal", ", ".join(unknown))
        self.tags = frozenset(port.signals[name].name for name in tags) or frozenset(
            t.name for t in port.signals.values()
        )
        self._trigger = Expression(trigger, port.signals) if trigger else None
        self._until = Expression(until, port.signals) if until else None
        self._before: deque[tuple[float, Samples]] = deque(maxlen=HISTORY)
        self._scans: list[tuple[float, Samples]] = []
        self.triggered_at: float | None = None if trigger else timing.now()
        self.is_over, self.gaps, self._last = False, 0, timing.now()
        self._poll: Future[None] | None = None
        port.observers.append(self.observe)

    def run_on(self, background: Background) -> Self:
        """Scan by itself, where time passes by itself."""
        self._poll = asyncio.run_coroutine_threadsafe(self._port.poll(), background.loop)
        return self

    def observe(self, samples: Samples) -> None:
        """Take one scan."""
        now = self._timing.now()
        missing = (now - self._last) / self._port.scan
        self.gaps += int(missing - 0.5) if missing > LATE else 0
        self._last = now
        kept = {tag: sample for tag, sample in samples.items() if tag in self.tags}
        if self.triggered_at is None:
            self._wait_for_trigger(now, kept)
        else:
            self._scans.append((now, kept))
        if self.triggered_at is not None and self._is_true(self._until):
            self.stop()

    def stop(self) -> None:
        """Take no more."""
        self.is_over = True
        if self._poll is not None:
            self._poll.cancel()
        if self.observe in self._port.observers:
            self._port.observers.remove(self.observe)

    def rows(self) -> Iterator[tuple[int, int, str, float, int]]:
        """Source time, server time (UTC ns), tag, value (SI) and quality of every sample, in the order they came."""
        for _, scan in self._scans:
            for tag, sample in scan.items():
                yield sample.time, sample.received, tag, sample.value, sample.quality

    def series(self, name: str) -> tuple[list[float], list[float]]:
        """Times since the trigger [s] and values (SI) of one signal."""
        tag = self._port.signals[name].name
        zero = self.triggered_at or 0.0
        found = [(at - zero, scan[tag].value) for at, scan in self._scans if tag in scan]
        return [at for at, _ in found], [value for _, value in found]

    def save(self, to: Path | str) -> Path:
        """Write it as ``to`` says by its ending: ``.parquet`` or ``.csv``."""
        path = Path(to)
        path.parent.mkdir(parents=True, exist_ok=True)
        (_write_parquet if path.suffix == ".parquet" else _write_csv)(list(self.rows()), path)
        return path

    def _wait_for_trigger(self, now: float, kept: Samples) -> None:
        self._before.append((now, kept))
        while self._before and self._before[0][0] < now - self._pre:
            self._before.popleft()
        if self._is_true(self._trigger):
            self.triggered_at = now
            self._scans.extend(self._before)
            self._before.clear()

    def _is_true(self, expression: Expression | None) -> bool:
        if expression is None:
            return False
        latest, signals = self._port.latest, self._port.signals
        good = {
            name: latest[tag.name].value
            for name, tag in signals.items()
            if tag.name in latest and not quality.is_bad(latest[tag.name].quality)
        }
        return expression(good) is True


def _write_parquet(rows: list[tuple[int, int, str, float, int]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stamp = pa.timestamp("ns", tz="UTC")
    types = (stamp, stamp, pa.dictionary(pa.int32(), pa.string()), pa.float64(), pa.uint32())
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    arrays = [pa.array(column, pa.string()).dictionary_encode() if kind == types[2] else pa.array(column, kind)
              for column, kind in zip(columns, types, strict=True)]  # fmt: skip
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), path, compression="zstd")


def _write_csv(rows: list[tuple[int, int, str, float, int]], path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for source, server, tag, value, code in rows:
            writer.writerow((_iso(source), _iso(server), tag, repr(value), quality.name(code)))


def _iso(moment: int) -> str:
    """UTC to the microsecond."""
    return datetime.fromtimestamp(moment / 1e9, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
