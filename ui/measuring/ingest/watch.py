"""Watching an acquisition from outside: until it runs, for a window, and until all that it took is stored."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.hearing import hear
from control.bus.message.beat import Beat
from control.bus.subject import Subjects
from historian.client import History
from plant.asset.place import read_place
from plant.error import ServiceError
from ui.measuring.footprint import Footprint

FIELD = "shengli12"  # whose place on the bus is borrowed
PATIENCE = 60.0  # s, for the start, and for what waits at the end
LOOK = 0.05  # s between two questions to history
STAGES = {"acquiring": "acquisition", "service": "historian", "bus": "bus"}


class Reader:
    """Whoever else listens: decodes all telemetry, and counts."""

    def __init__(self) -> None:
        self.points = self.messages = 0
        self.tag = ""

    def take(self, batch: Batch) -> None:
        """Count a batch."""
        self.points, self.messages = self.points + len(batch), self.messages + 1
        self.tag = self.tag or batch.tags[0]


async def watched(
    url: str, window: float, warm: int, processes: Mapping[str, subprocess.Popen[str]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Figures of a window, and what the acquisition says of itself at its end.

    The window begins after ``warm`` samples. What still waits at its end must be stored too: ``catch_up_s`` counts as
    its time. Raises :class:`ServiceError` where nothing is acquired, or not all is stored in time.
    """
    bus, reader = await _connected(url), Reader()
    try:
        await hear(bus, bus.subjects.telemetry("*"), Batch.decode, reader.take)
        await _until(lambda: reader.points >= warm, "nothing is acquired")
        rows = await _rows(bus)
        footprint = Footprint({STAGES[name]: process.pid for name, process in processes.items()})
        before, began = reader.points, time.monotonic()
        delays = await _delays(History(bus), reader.tag, window)
        cores, points = footprint.cores(), reader.points - before
        ended = time.monotonic()
        said = await asyncio.to_thread(_stopped, processes["acquiring"])
        await _until(lambda: rows[0] >= reader.points, "what was acquired is not stored")
        stored = time.monotonic()
    finally:
        await bus.close()
    figures = {
        "points_per_s": round(points / (stored - began)), "catch_up_s": round(stored - ended, 3),
        "latency_p50_ms": _quantile(delays, 50),
        "latency_p99_ms": _quantile(delays, 99), "points_per_message": round(reader.points / reader.messages),
        "cpu_cores_by_process": {name: round(one, 3) for name, one in cores.items()},
    }  # fmt: skip
    return figures, said


async def _connected(url: str) -> Bus:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await Bus.connect(url, Subjects(*read_place(FIELD)), "watch")
        except ServiceError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(LOOK)


async def _rows(bus: Bus) -> list[int]:
    """How many rows the historian has stored, kept up to date by its pulse."""
    rows = [0]

    def take(beat: Beat) -> None:
        rows[0] = beat.counts.get("rows", 0)

    await hear(bus, bus.subjects.status("historian"), Beat.decode, take)
    return rows


async def _delays(history: History, tag: str, window: float) -> list[float]:
    """How old samples of a tag were when history first answered with them [ms]; each once."""
    delays, seen, deadline = [], time.time_ns(), time.monotonic() + window
    while time.monotonic() < deadline:
        try:
            found = await history.raw([tag], seen + 1, time.time_ns())
        except ServiceError:  # it is starting
            await asyncio.sleep(LOOK)
            continue
        time_ns = int(found["time"][-1].as_py()) if found.num_rows else 0
        if time_ns > seen:
            delays.append((time.time_ns() - time_ns) / 1e6)
            seen = time_ns
        await asyncio.sleep(LOOK)
    return delays


def _stopped(process: subprocess.Popen[str]) -> dict[str, Any]:
    process.terminate()
    said, _ = process.communicate(timeout=PATIENCE)
    try:
        return dict(json.loads(said))
    except ValueError:
        raise ServiceError(f"acquisition ended with {process.returncode} and said nothing of itself") from None


async def _until(holds: Any, otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise ServiceError(otherwise)
        await asyncio.sleep(LOOK)


def _quantile(delays: list[float], percent: int) -> float | None:
    return round(float(np.percentile(delays, percent)), 1) if delays else None
