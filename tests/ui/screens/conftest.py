"""A small field on a real bus, and the real screens process looking at it."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.subject import token
from plant.asset.bench import load_bench
from plant.asset.field_file import load_field
from plant.asset.tag import tags_of

TOKEN = "correct-horse-battery-staple"
PERIOD = 0.25  # s between the scans of this small field


class SmallField:
    """Publishes every tag of the demo field as acquisition does, and answers commands as control does.

    A test changes ``values`` (SI) and ``qualities``, and reads ``commands`` and ``acknowledged``.
    """

    def __init__(self, url: str):
        self.url = url
        self.field = load_field("shengli12")
        self.bench = load_bench("shengli12")
        self.tags = tags_of(self.field.assets())
        self.values = {name: 0.5 * (tag.signal.low + tag.signal.high) for name, tag in self.tags.items()}
        self.qualities = dict.fromkeys(self.tags, quality.GOOD)
        for well in self.field.wells:
            name = f"Well.{well.code}"
            self.values |= {
                f"{name}.RunState": 2.0, f"{name}.TripCode": 0.0, f"{name}.Frequency": well.measured.frequency,
                f"{name}.FrequencyReference": well.measured.frequency, f"{name}.Flow": well.measured.rate,
                f"{name}.Choke": 0.5, f"{name}.ChokeReference": 0.5, f"{name}.Current": well.measured.current or 30.0,
                f"{name}.WellheadPressure": well.measured.wellhead_pressure, f"{name}.IntakePressure": 7e6,
                f"{name}.FlowlinePressure": well.measured.flowline_pressure, f"{name}.DischargePressure": 16e6,
                f"{name}.MotorTemperature": 360.0, f"{name}.IntakeTemperature": 340.0,
            }  # fmt: skip
        self.commands: list[dict[str, Any]] = []
        self.acknowledged: list[dict[str, Any]] = []
        self.alarms: dict[str, dict[str, Any]] = {}
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._live(),))

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def raise_alarm(self, tag: str, kind: str = "high", priority: int = 1, state: str = "UNACK") -> dict[str, Any]:
        """As control publishes a transition."""
        alarm = {
            "id": f"{tag}/{kind}", "tag": tag, "kind": kind, "state": state, "priority": priority,
            "value": self.values[tag], "limit": self.values[tag] * 0.9, "unit": self.tags[tag].signal.unit.key,
            "time_ns": time.time_ns(), "message": {"es": f"{kind} en {tag}", "en": f"{kind} at {tag}"}, "by": "",
        }  # fmt: skip
        asyncio.run_coroutine_threadsafe(self._say_alarm(alarm), self._loop).result(10)
        return alarm

    async def _live(self) -> None:
        self.bus = await Bus.connect(self.url)
        self.latest = await self.bus.latest()
        self.kept = await self.bus.bucket("alarms")
        await self.bus.answer(self.bus.subjects.commands("*"), self._on_command)
        await self.bus.answer(self.bus.subjects.acknowledge(), self._on_acknowledge)
        while not self._stop.is_set():
            for device in self.bench.devices:
                await self._scan(device.name, [tag for tag in device.tags() if tag in self.tags])
            self._ready.set()
            try:
                await asyncio.wait_for(self._stop.wait(), PERIOD)
            except TimeoutError:
                pass
        await self.bus.close()

    async def _scan(self, device: str, tags: list[str]) -> None:
        codes = [self.qualities[tag] for tag in tags]
        batch = Batch.snapshot(tags, time.time_ns(), [self.values[tag] for tag in tags], codes, device)
        await self.bus.client.publish(self.bus.subjects.telemetry(self.field.name, device), batch.encode())
        if not self._ready.is_set():
            await self.latest.put(f"{token(self.field.name)}.{token(device)}", batch.encode())

    async def _say_alarm(self, alarm: dict[str, Any]) -> None:
        self.alarms[alarm["id"]] = alarm
        await self.kept.put(token(alarm["id"]), json.dumps(alarm).encode())
        await self.bus.record_json(self.bus.subjects.alarms(str(alarm["priority"])), alarm)

    async def _on_command(self, request: dict[str, Any]) -> bytes:
        self.commands.append(request)
        self.values[request["tag"]] = request["value"]
        return json.dumps(request | {"outcome": "done", "readback": request["value"], "detail": ""}).encode()

    async def _on_acknowledge(self, request: dict[str, Any]) -> bytes:
        self.acknowledged.append(request)
        alarm = self.alarms[request["alarm"]] | {"state": "ACKED", "by": request["by"]}
        await self._say_alarm(alarm)
        return json.dumps(alarm).encode()


@pytest.fixture
def small_field(bus_url: str) -> Iterator[SmallField]:
    """A field that is alive on the bus."""
    field = SmallField(bus_url)
    field.start()
    yield field
    field.stop()


@pytest.fixture
def screens(small_field: SmallField, free_port: int, tmp_path: Path) -> Iterator[str]:
    """The address of a screens process of its own."""
    command = [sys.executable, "-m", "ui.screens.service", "--bus", small_field.url, "--port", str(free_port)]
    log = (tmp_path / "screens.log").open("wb")
    process = subprocess.Popen(command, env=os.environ | {"GEMELO_TOKEN": TOKEN}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{free_port}"
    try:
        _wait(address, process, tmp_path / "screens.log")
        yield address
    finally:
        process.terminate()
        process.wait(20)
        print((tmp_path / "screens.log").read_text())


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; it says so by answering, so there is nothing to wait on but that."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5)
            return
        except OSError:
            assert process.poll() is None, log.read_text()
            threading.Event().wait(0.1)
    raise AssertionError("the screens never answered")
