"""The historian's process: takes the streams into the history, and answers for it.

One DuckDB file has one owner, so whoever wants history asks here, on the bus. Database work runs in
threads, one that writes and two that read, and the loop stays free.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from control.bus import log
from control.bus.clock import SECOND, Clock
from control.bus.connection import DAY, Bus
from control.bus.plant_time import clock_of
from control.bus.room import Room
from control.bus.service import PULSE_PERIOD, Pulse, options, run
from control.bus.work import until
from historian import query
from historian.duckdb_store import HISTORY, DuckDBHistorian
from historian.ingest import Ingest
from historian.message import read_batch, read_entry
from historian.store import Historian
from plant.asset.bench_file import load_bench

CLEANING = 3600.0  # s, between looks for samples older than is kept
ENVELOPE = 64 * 1024  # byte, left of a bus message for names and schema


async def serve(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Run until told to stop; then finish what is being committed, and let go of the file."""
    clock = await clock_of(bus, load_bench(settings.bench))
    store = DuckDBHistorian(settings.data / HISTORY)
    writer, readers = ThreadPoolExecutor(1, "write"), ThreadPoolExecutor(2, "read")
    short = Room(settings.data).shortage
    telemetry = Ingest(bus, bus.telemetry_stream, store, read_batch, store.append, writer, pulse, "rows", short)
    journal = Ingest(bus, bus.event_stream, store, read_entry, store.record, writer, pulse, "entries", short)
    try:
        await _answer(bus, store, clock, readers, pulse)
        if store.put_aside:
            await _report(bus, store.put_aside, pulse)
        cleaning = _clean(store, writer, clock, settings.raw_days, pulse)
        await until(stop, telemetry.run(), journal.run(), _show(store, telemetry, clock, pulse), cleaning)
    finally:
        writer.shutdown()
        readers.shutdown()
        store.close()


async def _report(bus: Bus, put_aside: str, pulse: Pulse) -> None:
    """Say that a damaged history was put aside. What the stream still holds comes again by itself: the new is empty."""
    told = f"{put_aside}; what the bus still holds is stored anew, older history is in that file alone"
    log.warning("history", damaged=told)
    pulse.error(told)
    await bus.publish(bus.subjects.events("history"), {"state": "damaged", "detail": told})


async def _answer(bus: Bus, store: Historian, clock: Clock, readers: ThreadPoolExecutor, pulse: Pulse) -> None:
    room = bus.client.max_payload - ENVELOPE
    loop = asyncio.get_running_loop()

    async def handle(name: str, asked: Any) -> bytes:
        pulse.count("queries")
        return await loop.run_in_executor(readers, query.answer, store, name, asked, room, clock.run)

    for name in query.QUERIES:
        await bus.answer(bus.subjects.history(name), functools.partial(handle, name))


async def _show(store: Historian, telemetry: Ingest, clock: Clock, pulse: Pulse) -> None:
    counted, since = 0, time.monotonic()
    while True:
        await asyncio.sleep(PULSE_PERIOD)
        extent, rows, now = store.extent(), pulse.counts.get("rows", 0), time.monotonic()
        pulse.gauges |= {
            "rows_per_s": round((rows - counted) / (now - since), 1),
            "lag_s": round((clock.now() - extent.newest) / SECOND, 3) if extent.newest else 0.0,
            "behind_s": round(telemetry.behind, 3),
            "rows": extent.rows,
            "file_mb": round(extent.size / 1e6, 1),
        }
        counted, since = rows, now


async def _clean(store: Historian, writer: ThreadPoolExecutor, clock: Clock, days: float, pulse: Pulse) -> None:
    while True:
        await asyncio.sleep(CLEANING)
        before = clock.now() - int(days * DAY * SECOND)
        dropped = await asyncio.get_running_loop().run_in_executor(writer, store.forget, before)
        pulse.count("rows dropped", dropped)


def main() -> None:
    """Entry point of ``python -m historian.service``."""
    parser = options("Keeps the field's history.")
    parser.add_argument("--raw-days", type=float, default=30.0, help="days for which raw samples are kept")
    run("historian", serve, parser)


if __name__ == "__main__":
    main()
