"""A simulated field: the plant, the devices on it, and the wires at which they answer.

The bench says which devices are simulated. Whatever it leaves out still runs, since a drive protects its
motor and a separator holds its level whether or not anyone looks; whatever is real is detached.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from plant.asset.bench import Bench
from plant.asset.field import Field
from plant.error import CommandRefused, ServiceError
from plant.process.array_file import Arrays
from plant.process.field import FieldProcess
from plant.process.settled import settled_field
from simulators.behaviour import SimulatedDevice, simulate
from simulators.environment import Every, MeteredEnvironment
from simulators.fault.news import News
from simulators.fault.personality import NONE, personalities
from simulators.fault.target import Targets
from simulators.fault.whole import FieldFaults
from simulators.instrument import InstrumentBank
from simulators.obstacle import check
from simulators.pace import pace
from simulators.plant_site import SECOND, PlantSite
from simulators.separator import SCAN, SeparatorControl
from simulators.vsd import DriveBank, rated_currents
from simulators.wire import Wire
from simulators.wire_table import WIRES

STEP = 0.2  # plant time between two steps of plant and drives [s]


class SimulatedField:
    """All of it. ``speed`` is seconds of plant time per second: 0 frozen, ``math.inf`` as fast as it can.

    It starts at rest, or to the bit where another was ``saved``. ``epoch`` is what UTC it is then [ns].
    """

    def __init__(
        self, field: Field, bench: Bench, *, seed: int | None = 0, epoch: int = 0, speed: float = 1.0,
        saved: Arrays | None = None,
    ):  # fmt: skip
        self.targets = Targets.of(field, bench)
        check(bench, self.targets, WIRES)
        self.field, self.bench, self.speed, self.running_speed = field, bench, speed, speed or 1.0
        self.env = MeteredEnvironment(float(saved["now"]) if saved else 0.0)
        self.plant = self._plant(seed, saved)
        self._timers: dict[str, Every] = {}
        self.wells = [asset for asset in field.assets() if asset.startswith("Well.")]  # those with drives
        self.attachable = [asset for asset in field.assets() if _attachment(asset) in self.plant.inputs]
        self.site = self._site(0 if seed is None else seed, epoch - round(self.env.now * SECOND), saved)
        self.places = {device.name: device for device in bench.devices if device.is_simulated}
        self.devices: dict[str, SimulatedDevice] = {n: simulate(p, self.site) for n, p in self.places.items()}
        self._wires: dict[tuple[str, str, int], Wire] = {}
        self.faults = FieldFaults(
            self.plant, self.site.instruments, self.site.drives, field.assets(), tuple(self.places),
            lambda: self.env.now,
        )  # fmt: skip
        self.news = News(self.faults)
        self._cut: set[str] = set()  # devices that a fault keeps from being reached
        self._links_moved = asyncio.Event()
        self._was_befallen = False
        self._every("watch", STEP, self._watch, saved)
        self._detach_real(saved)
        if saved is not None:
            self._resume_faults(_of(saved, "faults"))
        for place in (place for place in self.places.values() if place.personality):
            self.be(place.name, place.personality)

    def be(self, device: str, personality: str) -> None:
        """Give a simulated device a personality, in the place of all faults that it has. Raises as it is read."""
        orders = [] if personality == NONE else personalities()[personality].orders(device, self.targets)
        self.faults.clear_device(device)
        for order in orders:
            self.faults.do(order)
        self._apply_faults()

    async def start(self) -> None:
        """Let every simulated device answer. Raises an ``ExceptionGroup`` of what kept any from it."""
        errors = []
        for name in [name for name in self.places if name not in self._cut]:
            try:
                await self.restore(name)
            except ServiceError as error:
                errors.append(error)
        if errors:
            await self.stop()
            raise ExceptionGroup("devices cannot answer", errors)

    async def take_over(self, other: SimulatedField) -> None:
        """Answer in place of another field of the same bench, whose wires go on."""
        self._wires = other._wires
        for name, place in self.places.items():
            if name not in self._cut and self.wire(name).answers(place):
                await self.wire(name).hand_over(place, self.devices[name])
            else:
                await (self.lose if name in self._cut else self.restore)(name)

    async def stop(self) -> None:
        """Let all fall silent."""
        for name in self.places:
            await self.lose(name)

    async def run(self, until: float = math.inf) -> None:
        """Let plant time pass, at ``speed``."""
        minding = asyncio.create_task(self._mind_links())
        try:
            await pace(self.env, until, speed=lambda: self.speed)
        finally:
            minding.cancel()

    def feel(self) -> None:
        """Let all feel the faults there are now; so does every step."""
        self._apply_faults()
        self.news.look(self.site.time)
        if self.faults.unreachable() != self._cut:
            self._links_moved.set()

    async def mind_links(self) -> None:
        """Let those fall silent that cannot be reached, and let those answer that can again."""
        there = self.faults.unreachable()
        cut, whole, self._cut = there - self._cut, self._cut - there, there
        for name in cut:
            await self.lose(name)
        for name in whole:
            await self.restore(name)

    async def lose(self, name: str) -> None:
        """Let one device fall silent, as when its cable is pulled."""
        await self.wire(name).remove(self.places[name])

    async def restore(self, name: str) -> None:
        """Let it answer again."""
        await self.wire(name).add(self.places[name], self.devices[name])

    def wire(self, name: str) -> Wire:
        """The wire at which a device answers."""
        protocol, end = self.places[name].profile.protocol, self.places[name].endpoint
        place = protocol, end.host, end.port
        if place not in self._wires:
            origin = f"device[{name}].endpoint in {self.bench.path}"
            self._wires[place] = WIRES[protocol](end.host, end.port, origin, self.bench.listener(end))
        return self._wires[place]

    def set_speed(self, speed: float) -> None:
        """Change the speed; ``running_speed`` keeps the last one that was not 0."""
        self.speed, self.running_speed = speed, speed or self.running_speed

    def attach(self, well: str, is_attached: bool) -> None:
        """Shut a well of any kind in and take it out of the field, or let it back in, a pumped one stopped."""
        i = self.plant.index(well)
        if well in self.wells:
            self.site.drives.stop(i)
        self.plant.inputs[_attachment(well)][i] = is_attached

    def operate(self, well: str, is_local: bool) -> None:
        """Let a well's drive be operated at its panel, deaf to the wire, or by the wire again."""
        self.must_be_simulated(well)
        self.site.drives.is_local[self.plant.index(well)] = is_local

    def must_be_simulated(self, target: str) -> None:
        """Raise :class:`CommandRefused` where what faults would befall is real."""
        asset = target if target in self.field.assets() else target.rpartition(".")[0]
        for device in self.bench.devices:
            is_here = device.name == target or (device.is_primary and asset in device.assets.values())
            if is_here and not device.is_simulated:
                rule = f"is real hardware ({device.endpoint}): only what is simulated can be made to fail"
                raise CommandRefused(target, device.name, rule)

    def must_have_a_time_of_its_own(self) -> None:
        """Raise :class:`CommandRefused` where real hardware stands on the same bench, whose time nobody stops."""
        for device in self.bench.devices:
            if not device.is_simulated:
                rule = f"shares its bench with real hardware ({device.name} at {device.endpoint}), whose time goes on"
                raise CommandRefused("plant time", self.field.name, rule)

    def truth(self, tag: str) -> float:
        """The true value behind a measured tag."""
        asset, _, name = tag.rpartition(".")
        return float(self.plant.signals[f"{asset.partition('.')[0]}.{name}"][self.plant.index(asset)])

    def status(self) -> dict[str, Any]:
        """Speed, devices, drives and malfunctions, as plain values."""
        drives = self.site.drives
        devices = {
            name: {
                "endpoint": str(place.endpoint), "answers": self.wire(name).answers(place),
                "clients": self.wire(name).clients(), "requests": self.wire(name).requests(place),
            }
            for name, place in self.places.items()
        }  # fmt: skip
        states = zip(drives.state.tolist(), drives.trip_code.tolist(), strict=True)
        return {
            "speed": self.speed if math.isfinite(self.speed) else "max", "devices": devices,
            "drives": {well: {"state": s, "trip": t} for well, (s, t) in zip(self.wells, states, strict=True)},
            "malfunctions": [one._asdict() for one in self.faults.standing()],
        }  # fmt: skip

    def save(self) -> Arrays:
        """Everything that moves, by name: what a field of the same file and bench can start from."""
        now, due = np.array(self.env.now), np.array(self.env.now + self.plant.until_step)
        found: Arrays = {"now": now, "due.plant": due, "real": self._is_real()}
        found |= {f"due.{name}": np.array(timer.due) for name, timer in self._timers.items()}
        parts: dict[str, Any] = {"plant": self.plant, "drives": self.site.drives, "instruments": self.site.instruments}
        states = {part: one.save() for part, one in (parts | dict(self.site.separators)).items()}
        states["faults"] = self.faults.state
        return found | {f"{part}.{name}": array for part, state in states.items() for name, array in state.items()}

    def _plant(self, seed: int | None, saved: Arrays | None) -> FieldProcess:
        if saved is None:
            return settled_field(self.field, seed=seed, dt=STEP, env=self.env)
        plant = FieldProcess(self.field, seed=seed, dt=STEP)
        plant.restore(_of(saved, "plant"))
        plant.start(self.env, float(saved["due.plant"]) - self.env.now)
        return plant

    def _every(self, name: str, dt: float, act: Callable[[float], None], saved: Arrays | None) -> None:
        due = None if saved is None or f"due.{name}" not in saved else float(saved[f"due.{name}"])
        self._timers[name] = Every(self.env, dt, act, due)

    def _resume_faults(self, saved: Arrays) -> None:
        """Let faults stand as they did. Those of devices, which another bench may not have, only if all fit."""
        for name, array in self.faults.state.items():
            if name in saved and saved[name].shape == array.shape:
                array[...] = saved[name]
        self._apply_faults()
        self.news.look(self.site.time)
        self.news.take()  # they were told when they began
        self._was_befallen, self._cut = not self.faults.is_idle, self.faults.unreachable()

    def _apply_faults(self) -> None:
        self.faults.apply()
        for device, manner in zip(self.devices.values(), self.faults.devices.manners, strict=True):
            device.manner = manner

    def _watch(self, _: float) -> None:
        if not self.faults.is_idle or self._cut or self._was_befallen:
            self.feel()
        self._was_befallen = not self.faults.is_idle

    async def _mind_links(self) -> None:
        while True:
            await self._links_moved.wait()
            self._links_moved.clear()
            await self.mind_links()

    def _site(self, seed: int, epoch: int, saved: Arrays | None) -> PlantSite:
        signals, inputs, env = self.plant.signals, self.plant.inputs, self.env
        instruments = InstrumentBank(signals, self.plant.index, lambda: env.now, seed)
        least = np.array([well.motor.least_frequency for well in self.field.wells])
        drives = DriveBank(self.wells, signals, inputs, least, rated_currents(self.field))
        if saved is not None:
            drives.restore(_of(saved, "drives"))
        self._every("drives", STEP, drives.step, saved)
        separators = {}
        for asset in self._controlled_separators():
            control = SeparatorControl(asset, self.plant.index(asset), signals, inputs, instruments)
            if saved is not None and (kept := _of(saved, asset)):
                control.restore(kept)
            self._every(asset, SCAN, control.scan, saved)
            separators[asset] = control
        if saved is not None:  # last: a control that is built looks at them
            instruments.restore(_of(saved, "instruments"))
        return PlantSite(self.plant, instruments, drives, separators, epoch)

    def _controlled_separators(self) -> list[str]:
        real = self._real_assets()
        return [asset for asset in self.field.assets() if asset.startswith("Separator.") and asset not in real]

    def _detach_real(self, saved: Arrays | None) -> None:
        """Wells whose devices are real now; those whose devices were, and no longer are, come back, stopped."""
        was = saved["real"] if saved else np.zeros(len(self.attachable))
        for well, is_real, was_real in zip(self.attachable, self._is_real(), was, strict=True):
            if is_real != was_real:
                self.attach(well, not is_real)

    def _is_real(self) -> np.ndarray:
        real = self._real_assets()
        return np.array([well in real for well in self.attachable], float)

    def _real_assets(self) -> set[str]:
        real = [device for device in self.bench.devices if device.is_primary and not device.is_simulated]
        return {asset for device in real for asset in device.assets.values()}


def _attachment(asset: str) -> str:
    """Input that says whether an asset is part of the field."""
    return f"{asset.partition('.')[0]}.Attached"


def _of(saved: Arrays, part: str) -> Arrays:
    """What was saved of one part, by the part's own names."""
    return {name[len(part) + 1 :]: array for name, array in saved.items() if name.startswith(f"{part}.")}
