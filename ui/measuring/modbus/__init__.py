"""How many requests a second one process of simulated Modbus devices answers, beside libmodbus and pymodbus.

Function 3 on 100 registers over 20 connections, one request outstanding and four, from a cheap load in C. Servers are
asked in turn, round by round, and each has its best round: what else a machine does then harms none of them. What a
request costs its server in processor time is told besides, for that hardly depends on it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from plant.error import ServiceError

HERE = Path(__file__).parent
CONNECTIONS, PIPELINED = 20, 4
ROUNDS = 3
PYTHON = ("ours", "pymodbus", "pymodbus_uvloop")  # as its documentation runs it, and on the loop that ours has
# Server and requests outstanding on each connection. pymodbus' loses requests that come in one segment.
WORK = (
    ("ours", 1), ("libmodbus", 1), ("pymodbus", 1), ("pymodbus_uvloop", 1),
    ("ours", PIPELINED), ("libmodbus", PIPELINED),
)  # fmt: skip
START = 60.0  # s that a server may take to say its port


class Round(NamedTuple):
    """What one server did in one round."""

    rate: float  # requests per second
    p99: float  # [ms]
    cost: float  # processor time of the server for each [µs]


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``. Raises :class:`ServiceError` without a C compiler."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        load, peer = compiled("load", Path(folder)), compiled("peer", Path(folder), "libmodbus")
        commands = {name: [sys.executable, "-m", "ui.measuring.modbus.served", name] for name in PYTHON}
        commands |= {"libmodbus": [str(peer)]} if peer else {}
        servers = {name: running.enter_context(serving(command)) for name, command in commands.items()}
        work = [(name, depth) for name, depth in WORK if name in servers]
        share = 0.8 * seconds / (ROUNDS * len(work))
        rounds = [{which: asked(load, *servers[which[0]], which[1], share) for which in work} for _ in range(ROUNDS)]
    best = {which: max((each[which] for each in rounds), key=lambda one: one.rate) for which in work}
    return _told(best, seconds)


def _told(best: dict[tuple[str, int], Round], seconds: float) -> dict[str, Any]:
    ours, piped = best["ours", 1], best["ours", PIPELINED]
    peers = {f"{name}_{depth}": round(one.rate) for (name, depth), one in best.items() if name != "ours"}
    costs = {f"cpu_us_{name}_{depth}": round(one.cost, 2) for (name, depth), one in best.items() if name != "ours"}
    ratios = {
        "vs_pymodbus": round(ours.rate / best["pymodbus", 1].rate, 3),
        "vs_pymodbus_uvloop": round(ours.rate / best["pymodbus_uvloop", 1].rate, 3),
        "cpu_vs_pymodbus": round(best["pymodbus", 1].cost / ours.cost, 3),
        "cpu_vs_pymodbus_uvloop": round(best["pymodbus_uvloop", 1].cost / ours.cost, 3),
    }
    if ("libmodbus", 1) in best:
        ratios |= {
            "vs_libmodbus": round(ours.rate / best["libmodbus", 1].rate, 3),
            "vs_libmodbus_pipelined": round(piped.rate / best["libmodbus", PIPELINED].rate, 3),
            "cpu_vs_libmodbus": round(best["libmodbus", 1].cost / ours.cost, 3),
            "cpu_vs_libmodbus_pipelined": round(best["libmodbus", PIPELINED].cost / piped.cost, 3),
        }
    return {
        "bench": "modbus",
        "figures": {
            "requests_per_s_20": round(ours.rate), "p99_ms": ours.p99, "cpu_us_per_request": round(ours.cost, 2),
            "requests_per_s_20_pipelined": round(piped.rate), "p99_ms_pipelined": piped.p99,
            "cpu_us_per_request_pipelined": round(piped.cost, 2),
        },
        "peers": peers | costs,
        "ratios": ratios,
        "settings": {
            "function": 3, "registers": 100, "connections": CONNECTIONS, "pipelined": PIPELINED, "rounds": ROUNDS,
            "seconds": seconds, "load_average": round(os.getloadavg()[0], 2),
        },
    }  # fmt: skip


def compiled(name: str, folder: Path, library: str = "") -> Path | None:
    """A C program of this folder. Raises :class:`ServiceError` where it cannot be made; None without its library."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise ServiceError(
            "the load is a C program and there is no C compiler; on Debian: apt-get install gcc libc6-dev"
        )
    flags = _flags(library) if library else []
    if flags is None:
        return None
    program = folder / name
    made = subprocess.run(
        [compiler, "-std=gnu11", "-O2", "-o", str(program), str(HERE / f"{name}.c"), *flags], capture_output=True,
        text=True, timeout=START, check=False,
    )  # fmt: skip
    if made.returncode:
        raise ServiceError(f"{name}.c cannot be compiled: {made.stderr.strip()[:300]}")
    return program


def _flags(library: str) -> list[str] | None:
    config = shutil.which("pkg-config")
    if config is None:
        return None
    asked = [config, "--cflags", "--libs", library]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=START, check=False)
    return None if said.returncode else said.stdout.split()


@contextmanager
def serving(command: list[str]) -> Iterator[tuple[int, psutil.Process]]:
    """A server's port and its process, while it runs."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline()
            if not port.strip().isdigit():
                raise ServiceError(f"{' '.join(command)} did not start")
            yield int(port), psutil.Process(process.pid)
        finally:
            process.kill()


def asked(load: Path | None, port: int, server: psutil.Process, depth: int, seconds: float) -> Round:
    """One round of the load on the server at ``port``. Raises :class:`ServiceError` where it is not answered."""
    before = sum(server.cpu_times()[:2])
    command = [str(load), str(port), str(CONNECTIONS), str(depth), f"{seconds:.3f}"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=START + seconds, check=False)
    if said.returncode:
        raise ServiceError(f"port {port}: {said.stderr.strip()}")
    took, told = sum(server.cpu_times()[:2]) - before, json.loads(said.stdout)
    return Round(told["requests"] / told["seconds"], told["p99_ms"], 1e6 * took / told["requests"])
