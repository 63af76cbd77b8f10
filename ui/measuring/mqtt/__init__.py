"""How many messages a second a process of simulated MQTT devices brings to a broker, beside bare clients of it.

Telemetry at QoS 1, on the MQTT of the nats-server that comes with Gemelo. Devices speak more often than they can, and a
bare client sends one message over and over. A subscriber at QoS 0 counts what has gone through.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiomqtt
import psutil

from control.bus import server
from hil.port import RESERVATION
from plant.error import ServiceError
from ui.measuring.mqtt.served import device

DEVICES, PERIOD = 100, 0.02  # s between two messages that a device would send
ALL = "v1/devices/+/telemetry"


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``; what brokers and clients take to start comes besides."""
    with tempfile.TemporaryDirectory() as folder, _broker(Path(folder)) as port:
        ours, cost = _measured("ours", port, 0.3 * seconds)
        bare, bare_cost = _measured("bare", port, 0.3 * seconds)
    points = len(device(0, port, PERIOD).profile.points)
    return {
        "bench": "mqtt",
        "figures": {
            "qos1_msg_per_s": round(ours), "batch_points_per_s": round(ours * points),
            "cpu_us_per_message": round(cost, 1),
        },
        "peers": {"nats_bare": round(bare), "cpu_us_bare": round(bare_cost, 1)},
        "ratios": {"vs_nats_bare": round(ours / bare, 3), "cpu_vs_bare": round(bare_cost / cost, 3)},
        "settings": {
            "devices": DEVICES, "period_s": PERIOD, "points_per_message": points, "seconds": seconds,
            "load_average": round(os.getloadavg()[0], 2),
        },
    }  # fmt: skip


@contextmanager
def _broker(folder: Path) -> Iterator[int]:
    """A broker's port while it runs."""
    port, mqtt = RESERVATION.ports(2)
    with subprocess.Popen(server.command(port, folder, mqtt_port=mqtt), stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            if not any("Server is ready" in line for line in process.stderr):
                raise ServiceError("nats-server did not start")
            yield mqtt
        finally:
            process.kill()


def _measured(kind: str, port: int, seconds: float) -> tuple[float, float]:
    """Messages a second, and what each cost its publisher [µs]."""
    command = [sys.executable, "-m", "ui.measuring.mqtt.served", kind, str(port), str(DEVICES), str(PERIOD)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as publisher:
        try:
            assert publisher.stdout is not None
            if publisher.stdout.readline().strip() != "ready":
                raise ServiceError(f"the publishers ({kind}) did not start")
            process = psutil.Process(publisher.pid)
            before = sum(process.cpu_times()[:2])
            count, took = asyncio.run(_count(port, seconds))
            cost = sum(process.cpu_times()[:2]) - before
        finally:
            publisher.kill()
    return count / took, 1e6 * cost / max(count, 1)


async def _count(port: int, seconds: float) -> tuple[int, float]:
    count = 0
    async with aiomqtt.Client("127.0.0.1", port, timeout=60.0) as client:
        await client.subscribe(ALL, qos=0)
        await anext(client.messages)
        began = time.monotonic()
        async for _ in client.messages:
            count += 1
            if time.monotonic() - began >= seconds:
                break
    return count, time.monotonic() - began
