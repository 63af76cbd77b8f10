"""How many samples a second go from devices on the wire into history, none lost and none doubled.

Modbus TCP → acquisition → quality → a limit on each tag → synced stream → committed, in processes of their own, with a
reader that decodes all of it and asks history. Devices are to be polled faster than the machine can: what it keeps up
with is the figure. Registers count how often they were read (:mod:`ui.measuring.ingest.served`), and afterwards every
number of every tag is looked for in the history. Before it, on as many such devices, stock pymodbus into SQLite.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from control.bus.server import command
from historian.duckdb_store import HISTORY
from plant.error import ServiceError
from ui.measuring.ingest.check import checked
from ui.measuring.ingest.devices import POINTS, REGISTERS, written
from ui.measuring.ingest.watch import FIELD, watched

UNITS, CONNECTIONS = 5, 20  # units on a connection
SCAN = 0.2  # s
WARM = 3  # scans of all before the window
END = 60.0  # s that a process may take to start or to end


def run(seconds: float, connections: int = CONNECTIONS) -> dict[str, Any]:
    """Measure for about ``seconds``. Raises :class:`ServiceError` where a process does not do its part."""
    window = max(3.0, 0.35 * seconds)
    with tempfile.TemporaryDirectory(prefix="gemelo-") as folder:
        stock = _stock(Path(folder), connections, window / 2)
        ours = _ours(Path(folder), connections, window)
    rate = ours["figures"]["points_per_s"]
    return {
        "bench": "ingest", **ours, "peers": {"stock_points_per_s": round(stock)},
        "ratios": {"vs_stock": round(rate / stock, 3)},
        "settings": {
            "units": UNITS * connections, "connections": connections, "tags": UNITS * connections * len(POINTS),
            "scan_s": SCAN, "offered_per_s": round(UNITS * connections * len(POINTS) / SCAN), "window_s": window,
            "seconds": seconds, "load_average": round(os.getloadavg()[0], 2), "cpu_count": os.cpu_count(),
        },
    }  # fmt: skip


def _stock(folder: Path, connections: int, seconds: float) -> float:
    with devices_at(connections) as ports:
        given = (folder / "stock.sqlite", seconds, UNITS, REGISTERS, *ports)
        said = subprocess.run(
            [sys.executable, "-m", "ui.measuring.ingest.stock", *map(str, given)], capture_output=True, text=True,
            timeout=2 * END + seconds, check=False,
        )  # fmt: skip
    if said.returncode:
        raise ServiceError(f"stock pymodbus: {said.stderr.strip()[-300:]}")
    return float(said.stdout)


def _ours(folder: Path, connections: int, window: float) -> dict[str, Any]:
    from hil.port import free_ports

    port = next(free_ports())
    url = f"nats://127.0.0.1:{port}"
    with ExitStack() as running:
        ports = running.enter_context(devices_at(connections))
        bench = written(folder / "bench.toml", ports, UNITS, SCAN)
        given = ("--bus", url, "--bench", str(bench.path), "--field", FIELD, "--data", str(folder))
        processes = {"bus": running.enter_context(_running(command(port, folder / "bus")))}
        for name in ("historian.service", "ui.measuring.ingest.acquiring"):
            processes[name.rpartition(".")[2]] = running.enter_context(_running([sys.executable, "-m", name, *given]))
        figures, said = asyncio.run(watched(url, window, WARM * len(POINTS) * UNITS * connections, processes))
        processes["service"].terminate()
        processes["service"].wait(END)
        found = checked(folder / HISTORY)
    lost = found.lost + max(0, said["highest"] - found.highest)
    figures |= {
        "lost": lost, "duplicated": found.duplicated,
        "points": found.kept, "missed_scans": said["missed"], "losses_of_devices": said["losses"],
        "dropped_messages": said["dropped"] + said["given_up"],
    }  # fmt: skip
    return {"figures": figures}


@contextmanager
def devices_at(connections: int) -> Iterator[list[int]]:
    """Ports of devices that are there while this lasts."""
    with _running([sys.executable, "-m", "ui.measuring.ingest.served", str(connections)]) as process:
        assert process.stdout is not None
        yield [int(port) for port in process.stdout.readline().split()]


@contextmanager
def _running(arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    held = [sys.executable, "-m", "control.bus.tether", str(os.getpid()), *arguments]
    with subprocess.Popen(held, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
