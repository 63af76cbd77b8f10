"""A rig: one target at work. What it needs is started, a proxy stands on each of its links, and all ends with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from control.acquisition.driver import Driver
from control.acquisition.wire import driver_of
from control.bus.clock import SECOND, WallClock
from hil.access.capture import Capture
from hil.access.fault import ErrorPort
from hil.access.model import ModelPort
from hil.access.stimulus import Moment, play
from hil.background import Background
from hil.outcome import BenchFault
from hil.port import free_ports
from hil.proxy.gateway import Gateway
from hil.proxy.proxy import HERE, Proxy, TcpProxy
from hil.target.lock import Lock
from hil.target.process import Process
from hil.target.provocation import MOMENTARY, TRIPS
from hil.target.strategy import bring
from hil.target.switch import throw
from hil.target.timing import PlantTime, Timing, WallTime
from plant.asset.bench import Bench, Device
from plant.asset.field_file import load_field
from plant.asset.target import FEATURES, Target
from plant.error import Unknown
from simulators.field import SimulatedField

# What our well drives have. Of the faults there are, none heats a motor too much before something else trips it.
SIMULATED = frozenset(FEATURES) - {"restarts_per_hour", "lost_master", "trip_motor_temperature"}
SCAN = 0.2  # s between two looks at a target


class Rig:
    """One target of ``bench``. It is opened as a context, by whoever lives outside its ``background``."""

    def __init__(
        self, bench: Bench, target: Target, background: Background, *, folder: Path | None = None, seed: int = 0
    ):
        self.bench, self.target, self.background, self.seed = bench, target, background, seed
        self._own = None if folder else tempfile.TemporaryDirectory(prefix="gemelo-rig-")
        self.folder = folder or Path(self._own.name if self._own else "")
        self.devices = {name: replace(bench.device(name), is_primary=True) for name in target.devices}
        self.features = features_of(bench, target)
        self.field: SimulatedField | None = None
        self.timing: Timing = WallTime()
        self.notes: list[str] = []
        self.captures: list[Capture] = []
        self.ports: ModelPort
        self.errors: ErrorPort
        self._places: dict[str, Any] = {}
        self._lock = Lock(target.lock) if target.lock else None
        self._processes: list[Process] = []
        self._proxies: dict[str, Proxy] = {}
        self._drivers: dict[str, Driver] = {}
        self._is_on = True
        self._ending = AsyncExitStack()

    # ------------------------------------------------------------------------------------------- for tests
    @property
    def name(self) -> str:
        """The target's."""
        return self.target.name

    def bring_to(self, state: str) -> None:
        """Bring it to ``off``, ``comms_up``, ``stopped`` or ``running``. Raises :class:`StepFailed`."""
        self.background.run(bring(self, state))

    def lacking(self, *features: str) -> str:
        """Why a test of these features cannot be run on it; empty where it can."""
        missing = [one for one in features if one not in self.features]
        why = [f"{one} ({self.target.lacks[one]})" if one in self.target.lacks else one for one in missing]
        return f"{self.name} lacks {', '.join(why)}" if missing else ""

    @contextmanager
    def provoked(self, trip: str) -> Iterator[None]:
        """Let happen what its ``trip`` relay is there for, while the block lasts."""
        switch = self.target.switch(trip)
        if switch is not None:
            self.background.run(throw(switch, True, self._places))
        elif trip in TRIPS:
            said = dict(TRIPS[trip])
            self.errors.inject(said.pop("malfunction"), **said)
        else:
            raise Unknown("trip", trip)
        try:
            yield
        finally:
            if switch is not None:
                self.background.run(throw(switch, False, self._places))
            elif trip not in MOMENTARY:
                self.errors.heal(TRIPS[trip]["malfunction"])

    def capture(self, *tags: str, **options: Any) -> Capture:
        """Capture these signals from now on (or from ``trigger`` on); all of them without any named."""
        made = Capture(self.ports, self.timing, tags, **options)
        self.captures.append(made)
        return made if self.timing.is_stepped else made.run_on(self.background)

    def play(self, *stimuli: Sequence[Moment]) -> None:
        """Play stimuli, each moment at its time."""
        play(self.ports, *stimuli)

    def break_links(self) -> None:
        """Break every connection that stands now, as a cable that is pulled and put back."""
        for proxy in self._proxies.values():
            self.background.call(proxy.break_off)

    def faults(self) -> list[str]:
        """What is wrong with the bench itself, now."""
        told = [process.fault() for process in self._processes if self._is_on]
        told += [self._lock.fault()] if self._lock else []
        return [one for one in told if one]

    def recover(self) -> None:
        """Leave nothing of a test behind: links healed, captures ended."""
        for capture in self.captures:
            self.background.call(capture.stop)
        self.captures.clear()
        self.errors.heal()
        if self.timing.is_stepped:  # what is healed shows with the next step
            self.background.run(self.timing.let_pass(2 * SCAN))

    def listen(self, listener: Callable[[str, Any, str], None]) -> None:
        """Let ``listener`` have device, frame and fault of all that passes on its links."""
        for name, proxy in self._proxies.items():
            self.background.call(lambda name=name, proxy=proxy: proxy.listen(lambda f, k: listener(name, f, k)))  # type: ignore[misc]

    # ------------------------------------------------------------------------------- on the background's loop
    async def connect(self) -> None:
        """Connect every driver that is not connected. Raises as drivers do."""
        for driver in self._drivers.values():
            await driver.close()
            await driver.connect()

    async def power(self, is_on: bool) -> None:
        """Switch its power; a simulated one, or one that is a process of ours, has no other switch than itself."""
        if is_on == self._is_on and not (switch := self.target.switch("power")):
            return
        for driver in self._drivers.values() if not is_on else ():
            await driver.close()
        if switch := self.target.switch("power"):
            await throw(switch, is_on, self._places)
        for proxy in self._proxies.values():
            if isinstance(proxy, Gateway):
                proxy.as_new()
        for process in self._processes:
            await (process.start() if is_on else process.stop())
        if self.field is not None:
            await self._power_field(self.field, is_on)
        self._is_on = is_on

    async def _power_field(self, field: SimulatedField, is_on: bool) -> None:
        if is_on:
            await field.start()
            return
        for i in (field.plant.index(a) for d in self.devices.values() for a in d.assets.values() if a[:5] == "Well."):
            field.site.drives.stop(i)
        await field.stop()

    async def open(self) -> None:
        """Start what it needs. Raises :class:`BenchFault`; then nothing of it is left."""
        try:
            await self._open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End all of it."""
        await self._ending.aclose()

    async def _open(self) -> None:
        if self._lock:
            left = self._lock.take()
            self._ending.callback(self._lock.release)
            self.notes += [f"lock {self._lock.name!r} was stale, of {left}: taken over"] if left else []
        self._move()
        await self._lines()
        await self._start_processes()
        await self._start_field()
        await self._start_proxies()
        clock = WallClock() if self.field is None else WallClock(lambda: self.field.site.time if self.field else 0)
        self._drivers = {n: driver_of(self._through(n), clock) for n in self.devices}
        for driver in self._drivers.values():
            self._ending.push_async_callback(driver.close)
        pairs = [(device, self._drivers[name]) for name, device in self.devices.items()]
        scan = min(SCAN, *(device.scan for device in self.devices.values()))
        self.ports = ModelPort(pairs, self.timing, self.background, scan)
        self.errors = ErrorPort(self.name, self._proxies, self.devices, self.background, self.field)

    def _move(self) -> None:
        """Put whatever listens for us at ports that are free."""
        ports, moved = free_ports(), dict[int, int]()
        for name, device in self.devices.items():
            ours = device.listens_here or (self.target.processes and device.endpoint.port and device.protocol.listens)
            if ours:
                port = moved.setdefault(device.endpoint.port, next(ports))
                self.devices[name] = replace(device, endpoint=replace(device.endpoint, port=port))
        self._places = {f"port {old}": new for old, new in moved.items()}
        first = next(iter(self.devices.values())).endpoint
        self._places |= {"port": first.port, "host": first.host, "line": ""}

    async def _lines(self) -> None:
        for name, device in self.devices.items():
            if device.endpoint.port == 0:
                line = Gateway("" if self.target.processes else device.endpoint.host)
                await line.start()
                self._ending.push_async_callback(line.stop)
                self._proxies[name], self._places["line"] = line, line.device_path

    async def _start_processes(self) -> None:
        for i, resource in enumerate(self.target.processes):
            process = Process(resource, self._places, self.folder / f"{self.name}-{i}.log")
            self._processes.append(process)
            self._ending.push_async_callback(process.stop)
            await process.start()

    async def _start_field(self) -> None:
        simulated = [device for device in self.devices.values() if device.is_simulated]
        if not simulated:
            return
        bench = replace(self.bench, devices=tuple(self.devices.values()), targets=())
        self.field = SimulatedField(load_field(self.bench.field), bench, seed=self.seed, epoch=_now())
        self.timing = PlantTime(self.field)
        self._ending.push_async_callback(self.field.stop)
        try:
            await self.field.start()
        except ExceptionGroup as group:
            raise BenchFault("; ".join(map(str, group.exceptions))) from None

    async def _start_proxies(self) -> None:
        for name, device in self.devices.items():
            if name in self._proxies:
                continue
            end = device.endpoint
            speaks = {"modbus+tls": "bytes", "modbus+rtu": "modbus+rtu"}.get(end.scheme, device.profile.protocol)
            proxy = TcpProxy(end.host, end.port, speaks)
            await proxy.start()
            self._ending.push_async_callback(proxy.stop)
            self._proxies[name] = proxy

    def _through(self, name: str) -> Device:
        """The device as it is reached: through its proxy."""
        device, proxy = self.devices[name], self._proxies[name]
        assert isinstance(proxy, (Gateway, TcpProxy))
        scheme = "modbus" if isinstance(proxy, Gateway) else device.endpoint.scheme
        return replace(device, endpoint=replace(device.endpoint, scheme=scheme, host=HERE, port=proxy.port))

    def __enter__(self) -> Self:
        self.background.run(self.open())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.background.run(self.close())
        if self._own is not None:
            self._own.cleanup()


def features_of(bench: Bench, target: Target) -> frozenset[str]:
    """What it has: what its row says; a simulated well drive's own where it says nothing."""
    devices = [bench.device(name) for name in target.devices]
    if target.features or not all(device.is_simulated for device in devices):
        return target.features
    is_drive = any("Well" in device.profile.roles.values() for device in devices)
    return (SIMULATED if is_drive else frozenset({"plant_fault", "time_scale", "status"})) - set(target.lacks)


def targets_of(bench: Bench) -> Mapping[str, Target]:
    """Those of a bench by name; every primary device is one by its own name where the bench names none of it."""
    named = {target.name: target for target in bench.targets}
    taken = {device for target in bench.targets for device in target.devices}
    alone = [device.name for device in bench.devices if device.is_primary and device.name not in taken]
    return named | {name: Target(name, (name,), frozenset()) for name in alone if name not in named}


def _now() -> int:
    return WallClock().now() // SECOND * SECOND
