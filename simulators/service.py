"""The field as a process: ``python -m simulators.service``.

It paces the plant, answers on the wires, announces plant time, and takes requests on the control channel,
each of which it publishes as ground truth.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import time
from functools import partial
from pathlib import Path
from typing import Any

from control.bus import log, service
from control.bus.connection import Bus
from control.bus.message.announcement import PlantTime
from control.bus.message.run import OWN
from control.bus.service import PULSE_PERIOD, Pulse
from control.bus.work import until
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.error import ConfigError, ServiceError
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.asset.place import WORD
from plant.asset.speed import obstacle
from simulators.announcement import Announcement
from simulators.epoch import epoch, note
from simulators.field import STEP, SimulatedField
from simulators.injection import QUESTIONS, inject
from simulators.state import Keeper, read_state
from simulators.state_place import set_aside, state_path

PERIOD, SHORTEST = 1.0, 0.25  # between announcements of plant time [s of the wall]
STRIDE = 10.0  # s of plant time that listeners may extrapolate, where it goes fast


async def body(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Run the field until ``stop``."""
    asset_field = load_field(settings.field)
    bench = load_bench(settings.bench, asset_field.assets(), asset_field.name)
    if rule := obstacle(bench.clock, settings.speed):
        raise ServiceError(f"--speed = {settings.speed:g}: {rule}")
    kept = settings.data / f"{asset_field.name}-clock.json"
    field, keeper = begin(asset_field, bench, settings, epoch(bench, kept))
    field.site.written = keeper.keep
    try:
        await field.start()
    except ExceptionGroup as errors:
        raise ServiceError("; ".join(map(str, errors.exceptions))) from None
    teller = Teller(bus, field, pulse, kept, keeper, settings.run)
    await bus.answer(bus.subjects.sim_control(), teller.do)
    log.info("field", name=asset_field.name, devices=len(field.devices), speed=field.speed)
    try:
        await until(stop, field.run(), teller.announce())
    finally:
        keeper.keep()
        await field.stop()


def begin(asset_field: Field, bench: Bench, settings: argparse.Namespace, now: int) -> tuple[SimulatedField, Keeper]:
    """The field, where it was left if that can be, and what keeps its state."""
    path = state_path(settings.data, asset_field.name)
    begun = partial(SimulatedField, asset_field, bench, seed=settings.seed, epoch=now, speed=settings.speed)
    try:
        saved = read_state(path, asset_field, settings.seed)
        field = begun(saved=saved)
        if saved is not None:
            log.info("state", file=path, resumed_at_s=round(field.env.now, 3))
    except (ConfigError, KeyError, ValueError) as error:
        if not path.exists():  # it is the bench that is wrong
            raise
        log.warning("state", not_resumed=error, kept_as=set_aside(path))
        field = begun()
    return field, Keeper(path, field, settings.seed)


class Teller:
    """Says on the bus what the field does, and does what is asked there."""

    def __init__(self, bus: Bus, field: SimulatedField, pulse: Pulse, kept: Path, keeper: Keeper, run: str):
        self._bus, self._field, self._pulse, self._kept, self._run = bus, field, pulse, kept, run
        self._keeper, self._began = keeper, field.env.now
        self._announcement = Announcement(time.monotonic(), field.env.now, field.speed)
        self._answered = (time.monotonic(), 0)

    async def do(self, request: Any) -> bytes:
        """One request of the control channel."""
        answer = await inject(self._field, request)
        if answer["do"] not in QUESTIONS:
            self._pulse.count("injected")
            self._keeper.keep()
            await self._bus.publish(self._bus.subjects.truth(), answer)
            await self._say()
        return json.dumps(answer).encode()

    async def announce(self) -> None:
        """Publish plant time every :data:`PERIOD`, and more often where it goes fast: nobody knows it in between."""
        while True:
            await self._say()
            await asyncio.sleep(max(SHORTEST, min(PERIOD, STRIDE / max(self._field.speed, 1.0))))

    async def _say(self) -> None:
        field, seen = self._field, self._announcement
        for news in field.news.take():
            await self._bus.publish(self._bus.subjects.truth(), news)
        self._keeper.look()  # drives trip by themselves
        if field.bench.clock == "wall" and field.speed == 1.0:  # starting and slow machines lose plant time for good
            field.site.set_clocks(time.time_ns())
        seen.look(time.monotonic(), field.env.now, field.speed)
        moment = field.site.time
        await self._bus.publish(self._bus.subjects.clock(), PlantTime(moment, seen.speed, self._run))
        if field.bench.clock == "field":
            note(self._kept, moment)
        self._show()

    def _show(self) -> None:
        field, seen, pulse = self._field, self._announcement, self._pulse
        pulse.devices = field.status()["devices"]
        pulse.gauges |= {
            "speed": round(seen.achieved, 3), "lost_s": round(seen.lost, 3), "plant_time_s": round(field.env.now, 1),
            "step_ms": round(1e3 * field.env.busy / max((field.env.now - self._began) / STEP, 1.0), 3),
        }  # fmt: skip
        pulse.gauges.pop("speed_asked", None)
        if math.isfinite(field.speed):  # none is asked of one that runs as fast as it can
            pulse.gauges["speed_asked"] = field.speed
        pulse.counts["overruns"] = seen.overruns
        self._count_requests(time.monotonic(), sum(device["requests"] for device in pulse.devices.values()))

    def _count_requests(self, now: float, answered: int) -> None:
        since, before = self._answered
        if now - since >= PULSE_PERIOD:
            self._pulse.gauges["requests_per_s"] = round((answered - before) / (now - since), 1)
            self._answered = (now, answered)


def speed(text: str) -> float:
    """A speed of the command line. Raises ``ValueError`` where it is none."""
    value = float(text)
    if math.isnan(value) or value < 0:
        raise ValueError(text)
    return value


def word(text: str) -> str:
    """An id of the command line. Raises ``ValueError`` where it is none."""
    if not WORD.fullmatch(text):
        raise ValueError(text)
    return text


def main() -> None:
    """Entry point."""
    parser = service.options("The simulated field: plant and devices")
    parser.add_argument("--speed", type=speed, default=1.0, help="plant time per time: 0 (frozen) … inf")
    parser.add_argument("--seed", type=int, default=0, help="of hidden parameters and instruments")
    parser.add_argument("--run", type=word, default=OWN, help="to which belongs what is measured and done meanwhile")
    service.run("field", body, parser)


if __name__ == "__main__":
    main()
