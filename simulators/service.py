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
import uuid
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
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.asset.place import WORD
from plant.asset.speed import obstacle
from plant.asset.table import Table
from plant.error import ConfigError, Mistake, ServiceError
from plant.process.array_file import Arrays
from simulators.announcement import Announcement
from simulators.epoch import epoch, note
from simulators.field import STEP, SimulatedField
from simulators.injection import QUESTIONS, inject
from simulators.moment import Moments, RingSettings, read_name, read_where
from simulators.plant_site import SECOND
from simulators.state import Keeper, kept_run, read_state
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
    ring = RingSettings(settings.ring_every, settings.ring, settings.ring_room)
    moments = Moments(settings.data / "moments" / asset_field.name, asset_field, settings.seed, ring)
    teller = Teller(bus, pulse, kept, moments)
    await bus.answer(bus.subjects.sim_control(), teller.do)
    life: Returned | None = begin(asset_field, bench, settings, epoch(bench, kept))
    while life is not None:
        keeper = Keeper(state_path(settings.data, asset_field.name), life.field, settings.seed, life.run)
        life = await _lived(life, keeper, teller, stop)


async def _lived(life: Returned, keeper: Keeper, teller: Teller, stop: asyncio.Event) -> Returned | None:
    """Run a field until it is told to stop, or to return to a moment: what goes on then."""
    field = life.field
    field.site.written = keeper.keep
    try:
        await (field.start() if life.before is None else field.take_over(life.before))
    except ExceptionGroup as errors:
        raise ServiceError("; ".join(map(str, errors.exceptions))) from None
    life.before = None
    teller.tell_of(life, keeper)
    log.info("field", name=field.field.name, devices=len(field.devices), speed=field.speed, run=life.run)
    try:
        await until(stop, field.run(), teller.announce(), teller.returning())
    except Returned as back:
        return back
    except BaseException:
        keeper.keep()
        await field.stop()
        raise
    keeper.keep()
    await field.stop()
    return None


class Returned(Exception):
    """The field goes on from a moment that was kept, as another run."""

    def __init__(self, field: SimulatedField, run: str, from_ns: int = 0, before: SimulatedField | None = None):
        super().__init__(run)
        self.before = before
        self.field, self.run, self.from_ns = field, run, from_ns
        self.since_ns = field.site.time


def begin(asset_field: Field, bench: Bench, settings: argparse.Namespace, now: int) -> Returned:
    """The field and its run, where it was left if that can be."""
    path = state_path(settings.data, asset_field.name)
    begun = partial(SimulatedField, asset_field, bench, seed=settings.seed, epoch=now, speed=settings.speed)
    run = settings.run
    try:
        saved = read_state(path, asset_field, settings.seed)
        field = begun(saved=saved)
        if saved is not None:
            run = kept_run(path) if run == OWN else run
            log.info("state", file=path, resumed_at_s=round(field.env.now, 3))
    except (ConfigError, KeyError, ValueError) as error:
        if not path.exists():  # it is the bench that is wrong
            raise
        log.warning("state", not_resumed=error, kept_as=set_aside(path))
        field = begun()
    return Returned(field, run)


class Teller:
    """Says on the bus what the field does, and does what is asked there."""

    def __init__(self, bus: Bus, pulse: Pulse, kept: Path, moments: Moments):
        self._bus, self._pulse, self._kept, self._moments = bus, pulse, kept, moments
        self._is_told_of = asyncio.Event()

    def tell_of(self, life: Returned, keeper: Keeper) -> None:
        """Tell of this field, and do to it what is asked, from now on."""
        field = life.field
        self._field, self._keeper, self._life, self._began = field, keeper, life, field.env.now
        self._announcement = Announcement(time.monotonic(), field.env.now, field.speed)
        self._answered = (time.monotonic(), 0)
        self._returning: asyncio.Future[Returned] = asyncio.get_running_loop().create_future()
        self._is_told_of.set()

    async def do(self, request: Any) -> bytes:
        """One request of the control channel, once there is a field."""
        await self._is_told_of.wait()
        verb = request.get("do") if isinstance(request, dict) else None
        answer = OWN_VERBS[verb](self, request) if verb in OWN_VERBS else await inject(self._field, request)
        if answer["do"] == "status":
            answer |= {"run": self._life.run, "reached": round(self._announcement.achieved, 2)}
        if answer["do"] not in (*QUESTIONS, "moments"):
            self._pulse.count("injected")
            self._keeper.keep()
            await self._bus.publish(self._bus.subjects.truth(), answer)
            await self._say()
        return json.dumps(answer).encode()

    async def returning(self) -> None:
        """Raise :class:`Returned` once it is asked for."""
        raise await self._returning

    def save(self, request: dict[str, Any]) -> dict[str, Any]:
        """Keep the field as it is now, by name."""
        name = read_name(_named(request))
        try:
            self._moments.save(name, self._field, self._life.run)
        except OSError as error:
            raise ServiceError(f"moment {name} cannot be kept: {error.strerror}") from None
        return {"time_ns": self._field.site.time, "do": "save", "name": name, "kept": self._moments.names()}

    def restore(self, request: dict[str, Any]) -> dict[str, Any]:
        """Go on from a moment that was kept, time going on from now, as a run of its own."""
        now = self._field
        name, back = read_where(_named(request))
        now.must_have_a_time_of_its_own()
        name = name or self._moments.before(now.site.time - round(back * SECOND))
        saved, kept = self._moments.read(name)
        field = _resumed(name, saved, now, self._moments.seed)
        run = f"{name}-{uuid.uuid4().hex[:8]}"
        self._is_told_of.clear()
        self._returning.set_result(Returned(field, run, kept.time_ns, now))
        told = {"from": kept.run, "from_ns": kept.time_ns}
        return {"time_ns": now.site.time, "do": "restore", "name": name, "run": run, **told}

    def moments(self, request: dict[str, Any]) -> dict[str, Any]:
        """All that can be gone back to, and the run that goes on now."""
        _named(request).no_others()
        return {
            "time_ns": self._field.site.time, "do": "moments", "run": self._life.run, "moments": self._moments.rows()
        }  # fmt: skip

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
        self._look_for_moment()
        if field.bench.clock == "wall" and field.speed == 1.0:  # starting and slow machines lose plant time for good
            field.site.set_clocks(time.time_ns())
        seen.look(time.monotonic(), field.env.now, field.speed)
        moment = field.site.time
        await self._bus.publish(self._bus.subjects.clock(), self._plant_time(moment))
        if field.bench.clock == "field":
            note(self._kept, moment)
        self._show()

    def _plant_time(self, moment: int) -> PlantTime:
        return PlantTime(moment, self._announcement.speed, self._life.run, self._life.from_ns, self._life.since_ns)

    def _look_for_moment(self) -> None:
        try:
            self._moments.look(self._field, self._life.run)
        except OSError as error:  # the field goes on working
            log.warning("ring", not_kept=error)

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


OWN_VERBS = {
    "save": Teller.save,
    "restore": Teller.restore,
    "moments": Teller.moments,
}  # of the process, which keeps and changes fields


def _resumed(name: str, saved: Arrays, now: SimulatedField, seed: int) -> SimulatedField:
    """The field as a moment has it. Raises :class:`ConfigError` where another version kept it."""
    try:
        return SimulatedField(now.field, now.bench, seed=seed, epoch=now.site.time, speed=now.speed, saved=saved)
    except KeyError as error:
        rule = f"lacks {error.args[0]}: it was kept by another version and cannot be gone back to; save it anew"
        raise ConfigError([Mistake("request", "name", name, rule)]) from None


def _named(request: dict[str, Any]) -> Table:
    return Table({key: value for key, value in request.items() if key != "do"}, "request")


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
    ring = RingSettings()
    parser.add_argument("--ring", type=int, default=ring.most, help="moments kept at most, to go back to")
    parser.add_argument("--ring-every", type=float, default=ring.every, help="s of plant time between two of them")
    parser.add_argument("--ring-room", type=float, default=ring.room, help="MB that they take at most")
    parser.add_argument("--run", type=word, default=OWN, help="to which belongs what is measured and done meanwhile")
    service.run("field", body, parser)


if __name__ == "__main__":
    main()
