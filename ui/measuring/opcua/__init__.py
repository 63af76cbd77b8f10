"""How many notifications a second a server of simulated OPC UA devices sends, beside a bare one of asyncua.

Of as many variables as both change more often than a subscriber can be told; from 30 s on also of ten thousand of ours
that change once a second, and how late a subscriber sees them. Server and subscriber are processes of their own, and
the subscriber is asyncua's client.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import psutil

from hil.port import RESERVATION
from plant.error import ServiceError

DEVICES, FAST = 20, 0.05  # for throughput: devices of 18 variables each, changed every 50 ms
MANY, SLOW = 556, 1.0  # for lag: some ten thousand variables, changed every second
LONG = 30.0  # s from which on the many are measured: to make them takes some
START = 120.0  # s that a server may take to make its variables


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``; what servers take to make their variables comes besides."""
    share = max(0.2 * seconds, 0.5)
    ours, bare = (_measured(kind, DEVICES, FAST, share) for kind in ("ours", "bare"))
    many = _measured("ours", MANY, SLOW, share) if seconds >= LONG else None
    lag = {f"lag_p99_ms_{_tens(many['variables'])}": round(many["lag_p99_ms"], 1)} if many else {}
    return {
        "bench": "opcua",
        "figures": {
            "notifications_per_s": round(ours["rate"]), "cpu_us_per_notification": round(ours["cost"], 1), **lag,
            **({"notifications_per_s_10000": round(many["rate"])} if many else {}),
        },
        "peers": {"asyncua": round(bare["rate"]), "cpu_us_asyncua": round(bare["cost"], 1)},
        "ratios": {
            "vs_asyncua": round(ours["rate"] / bare["rate"], 3),
            "cpu_vs_asyncua": round(bare["cost"] / ours["cost"], 3),
        },
        "settings": {
            "variables": ours["variables"], "period_s": FAST, "seconds": seconds,
            "load_average": round(os.getloadavg()[0], 2),
        },
    }  # fmt: skip


def _tens(count: float) -> int:
    return round(count, -4)  # type: ignore[return-value]


def _measured(kind: str, devices: int, period: float, seconds: float) -> dict[str, float]:
    port = str(RESERVATION.ports(1)[0])
    served = [sys.executable, "-m", "ui.measuring.opcua.served", kind, port, str(devices), str(period)]
    with subprocess.Popen(served, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            ids, process = server.stdout.readline(), psutil.Process(server.pid)
            if not ids:
                raise ServiceError(f"the server of {devices} devices ({kind}) did not start")
            before = sum(process.cpu_times()[:2])
            asked = [sys.executable, "-m", "ui.measuring.opcua.subscriber", port, f"{seconds:.3f}"]
            said = subprocess.run(asked, input=ids, capture_output=True, text=True, timeout=START, check=False)
            cost = sum(process.cpu_times()[:2]) - before
        finally:
            server.kill()
    if said.returncode:
        raise ServiceError(f"the subscriber failed: {said.stderr.strip()[-300:]}")
    told = json.loads(said.stdout)
    rate = told["count"] / told["seconds"]
    return {**told, "rate": rate, "cost": 1e6 * cost / max(told["count"], 1), "variables": len(json.loads(ids))}
