"""The bench of hardware in the loop: how punctual a closed loop is, what its proxy costs, and how soon it stands.

The controller of the loop is a Modbus server in another process; beside it, in the same run, a loop of nothing but
pymodbus' client and asyncio's timer at the same scan. The proxy is asked by a load in C, as its device is without it.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pymodbus.client import AsyncModbusTcpClient

from control.acquisition.wire import driver_of
from control.bus.clock import WallClock
from hil.access.capture import Capture
from hil.access.model import ModelPort
from hil.background import Background
from hil.loop.beat import Beat
from hil.loop.loop_file import load_loop
from hil.loop.session import held
from hil.proxy.proxy import HERE, TcpProxy
from hil.target.rig import Rig, targets_of
from hil.target.timing import WallTime
from plant.asset.bench_file import load_bench
from ui.measuring.ingest import devices_at
from ui.measuring.ingest.devices import POINTS, written
from ui.measuring.modbus import PYTHON, asked, compiled, serving

SCANS = (0.1, 0.02)  # s
RIGS = 3  # how often a target is brought up
TAGS, CAPTURED = 1000, 0.1  # tags that are captured, and how often [s]
LOOP = """
title = "of the bench"
scan_s = {scan}
[controller]
endpoint = "modbus://127.0.0.1:{port}/1"
[[input]]
tag = "Separator.SEP.Pressure"
unit = "bar"
area = "holding"
address = 0
type = "float32"
[[input]]
tag = "Separator.SEP.OilLevel"
area = "holding"
address = 2
type = "float32"
[[output]]
tag = "Separator.SEP.GasValve"
area = "holding"
address = 20
type = "float32"
"""


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``. Raises :class:`ServiceError` without a C compiler."""
    share = max(1.0, seconds / 10)
    with tempfile.TemporaryDirectory(prefix="gemelo-") as folder, ExitStack() as running:
        load = compiled("load", Path(folder))
        port, server = running.enter_context(serving([sys.executable, "-m", "ui.measuring.modbus.served", PYTHON[0]]))
        loops = {scan: _looped(Path(folder), port, scan, share) for scan in SCANS}
        bare = {scan: asyncio.run(_bare(port, scan, share)) for scan in SCANS}
        direct = asked(load, port, server, 1, share)
        through = _through(load, port, server, share)
        gaps, samples = _captured(Path(folder), share)
    figures: dict[str, Any] = {"bench_start_s": round(statistics.median(_started() for _ in range(RIGS)), 3)}
    for scan, said in loops.items():
        mark = f"_{round(1e3 * scan)}"
        figures |= {f"jitter_p99_ms{mark}": said["jitter_p99_ms"], f"overruns{mark}": said["overruns"],
                    f"lost_scans{mark}": said["lost"], f"scans{mark}": said["scans"]}  # fmt: skip
    figures |= {"proxy_p99_ms": round(through.p99 - direct.p99, 3), "proxy_requests_per_s": round(through.rate),
                "capture_gaps": gaps, "captured_samples": samples}  # fmt: skip
    jitter = {f"bare_jitter_p99_ms_{round(1e3 * scan)}": beat.plain()["jitter_p99_ms"] for scan, beat in bare.items()}
    return {
        "bench": "hil", "figures": figures,
        "peers": jitter | {"direct_requests_per_s": round(direct.rate), "direct_p99_ms": direct.p99},
        "ratios": {"proxy_vs_direct": round(through.rate / direct.rate, 3)},
        "settings": {
            "scans_s": list(SCANS), "window_s": share, "connections": 20, "capture_tags": TAGS,
            "capture_period_s": CAPTURED, "seconds": seconds, "load_average": round(os.getloadavg()[0], 2),
        },
    }  # fmt: skip


def _looped(folder: Path, port: int, scan: float, seconds: float) -> dict[str, Any]:
    file = folder / "loop.toml"
    file.write_text(LOOP.format(scan=scan, port=port), encoding="utf-8")
    return held(load_loop(file), seconds).plain()


async def _bare(port: int, scan: float, seconds: float) -> Beat:
    """The same exchange without a plant, on pymodbus' client as its documentation runs it."""
    client, beat = AsyncModbusTcpClient("127.0.0.1", port=port), Beat(scan)
    await client.connect()
    start = time.perf_counter()
    for number in range(round(seconds / scan)):
        due = start + number * scan
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        began = time.perf_counter()
        await client.write_registers(0, [0, 0, 0, 0], device_id=1)
        await client.read_holding_registers(20, count=2, device_id=1)
        beat.count(began - due, time.perf_counter() - began, True)
    client.close()
    return beat


def _through(load: Path | None, port: int, server: Any, seconds: float) -> Any:
    background = Background()
    proxy = TcpProxy(HERE, port)
    try:
        background.run(proxy.start())
        return asked(load, proxy.port, server, 1, seconds)
    finally:
        background.run(proxy.stop())
        background.close()


def _captured(folder: Path, seconds: float) -> tuple[int, int]:
    """Gaps in a capture of a thousand tags, and the samples in it."""
    units = -(-TAGS // len(POINTS))
    background = Background()
    with devices_at(1) as ports:
        bench = written(folder / "captured.toml", ports, units, CAPTURED)
        pairs = [(device, driver_of(device, WallClock())) for device in bench.devices]
        for _, driver in pairs:
            background.run(driver.connect())
        port = ModelPort(pairs, WallTime(), background, CAPTURED)
        capture = Capture(port, WallTime()).run_on(background)
        time.sleep(seconds)
        capture.stop()
        for _, driver in pairs:
            background.run(driver.close())
    background.close()
    return capture.gaps, sum(1 for _ in capture.rows())


def _started() -> float:
    """From nothing to a device that answers its driver, behind a proxy."""
    bench = load_bench("shengli12")
    target = targets_of(bench)["RTU-CACB27A-P1"]
    background = Background()
    began = time.perf_counter()
    with Rig(bench, target, background) as rig:
        rig.bring_to("comms_up")
        rig.ports.read("Frequency")
        took = time.perf_counter() - began
    background.close()
    return took
