"""A small field on a real bus, which a test moves as it likes."""

import asyncio
import json
import threading
import time
from typing import Any

from nats.aio.msg import Msg

from control.bus import quality
from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.message.alarm import Handled, Handling
from control.bus.message.command import Command, Outcome
from control.bus.subject import token
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.asset.tag import tags_of
from plant.error import CommandRefused
from tests.limit import HANGS
from tests.place import DEMO

PERIOD = 0.25  # s between its scans
AFTER = {"acknowledge": "ACKED", "shelve": "SHLVD", "unshelve": "UNACK"}  # by what is done with an alarm


class SmallField:
    """Publishes every tag of the demo field as acquisition does, and answers commands as control does.

    A test changes ``values`` (SI), ``qualities`` and ``refusal``, and reads ``commands`` and ``acknowledged``.
    """

    def __init__(self, url: str):
        self.url = url
        self.refusal = ""
        self.estimates: tuple[str, ...] = ()  # tags that a twin publishes, of those in ``values``
        self.sessions = -1
        self._pulsed = threading.Condition()
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
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._live(),), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(HANGS)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the small field does not stop"

    def raise_alarm(
        self, tag: str, kind: str = "high", priority: int = 1, state: str = "UNACK", **life: Any
    ) -> dict[str, Any]:
        """As control publishes a transition."""
        alarm = {
            "id": f"{tag}.{kind}", "tag": tag, "kind": kind, "state": state, "priority": priority,
            "value": self.values[tag], "limit": self.values[tag] * 0.9, "unit": self.tags[tag].signal.unit.key,
            "time_ns": time.time_ns(), "message": {"es": f"{kind} en {tag}", "en": f"{kind} at {tag}"}, "by": "",
            "before": "NORM", "event": "raise", "field": "shengli12", **life,
        }  # fmt: skip
        asyncio.run_coroutine_threadsafe(self._say_alarm(alarm), self._loop).result(10)
        return alarm

    def until_sessions(self, count: int) -> None:
        """Wait until the screens say that they have so many sessions."""
        with self._pulsed:
            assert self._pulsed.wait_for(lambda: self.sessions == count, 40)

    async def _live(self) -> None:
        self.bus = await Bus.connect(self.url, DEMO)
        await self.bus.client.subscribe(self.bus.subjects.status("screens"), cb=self._on_pulse)
        self.latest = await self.bus.latest()
        self.kept = await self.bus.bucket("alarms")
        await self.bus.answer(self.bus.subjects.commands("*"), self._on_command, Command.decode)
        await self.bus.answer(self.bus.subjects.handling(), self._on_handling, Handling.decode)
        while not self._stop.is_set():
            for device in self.bench.devices:
                await self._scan(device.name, [tag for tag in device.tags() if tag in self.tags])
            await self._scan("twin", list(self.estimates))
            self._ready.set()
            try:
                await asyncio.wait_for(self._stop.wait(), PERIOD)
            except TimeoutError:
                pass
        await self.bus.close()

    async def _scan(self, device: str, tags: list[str]) -> None:
        if not tags:
            return
        codes = [self.qualities[tag] for tag in tags]
        batch = Batch.snapshot(tags, time.time_ns(), [self.values[tag] for tag in tags], codes, device)
        await self.bus.client.publish(self.bus.subjects.telemetry(device), batch.encode())
        if not self._ready.is_set():
            await self.latest.put(token(device), batch.encode())

    async def _say_alarm(self, alarm: dict[str, Any]) -> None:
        self.alarms[alarm["id"]] = alarm
        await self.kept.put(token(alarm["id"]), json.dumps(alarm).encode())
        await self.bus.record(self.bus.subjects.alarms(str(alarm["priority"])), alarm)

    async def _on_pulse(self, message: Msg) -> None:
        with self._pulsed:
            self.sessions = json.loads(message.data)["gauges"].get("sessions", -1)
            self._pulsed.notify_all()

    async def _on_command(self, command: Command) -> Outcome:
        self.commands.append(command.plain())
        if self.refusal:
            raise CommandRefused(command.tag, command.value, self.refusal)
        self.values[command.tag] = command.value
        return Outcome(command.id, "done", command.tag, command.value, command.value, "", time.time_ns())

    async def _on_handling(self, asked: Handling) -> Handled:
        self.acknowledged.append(asked.plain())
        state = AFTER[asked.verb]
        alarm = self.alarms[asked.alarm] | {"state": state, "by": asked.by}
        await self._say_alarm(alarm)
        return Handled(asked.alarm, state, True, alarm["time_ns"], asked.by)
