"""The supervisor: checks everything, starts the programs, keeps them running, drains them when told.

It holds no data and does no work of the field's; it stays small and asleep.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from plant.process import kernel_cache
from ui.supervisor.arrival import first_values, listening
from ui.supervisor.child import Child
from ui.supervisor.drain import drain
from ui.supervisor.folder import Folder
from ui.supervisor.greeting import greeting
from ui.supervisor.leftover import end_leftovers, started_at
from ui.supervisor.port import check_ports
from ui.supervisor.preflight import ports_of, preflight, with_broker, with_screens
from ui.supervisor.program import PROGRAMS, Program
from ui.supervisor.settings import Settings

GRACE = 10.0  # s for each level of children to end in; a second Ctrl-C ends them all at once
ONE_PRESS = 1.0  # s within which signals count as one: a shell or timeout(1) may send two for one Ctrl-C
PATIENCE = 90.0  # s within which the first values are expected

Say = Callable[[str], None]


async def supervise(settings: Settings, say: Say, complain: Say) -> None:
    """Run the field until a signal ends it.

    Raises :class:`ServiceError`, with nothing started, where a file is wrong, a port taken or the folder in use.
    """
    folder = Folder(Path(settings.data))
    folder.lock()
    try:
        found = await preflight(settings)
        settings = with_screens(with_broker(replace(settings, bench=found["bench"]), found))
        if left := end_leftovers(folder.read_run()):
            complain(f"ended what a killed supervisor had left: {', '.join(left)}")
        check_ports(ports_of(settings, found))
        await _Supervisor(settings, folder, say, complain).run(found["devices"])
    finally:
        folder.unlock()


class _Supervisor:
    def __init__(self, settings: Settings, folder: Folder, say: Say, complain: Say):
        self._settings, self._folder, self._say, self._complain = settings, folder, say, complain
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._told_at = 0.0
        self._token = folder.token()
        programs = [program for program in PROGRAMS if program.is_wanted(settings)]
        self._children = [self._child(program) for program in programs]
        self._levels = [program.level for program in programs]

    async def run(self, devices: list[dict[str, Any]]) -> None:
        began = time.monotonic()
        with self._signals():
            try:
                await self._start()
                await self._greet(began, devices)
                await self._stop.wait()
                self._say("stopping")
            finally:
                await self._drain()
                self._folder.remove_run()

    def _child(self, program: Program) -> Child:
        return Child(
            program.name, program.command(self._settings, self._folder), program.environment(self._token),
            self._folder.log(program.name), self._complain, self._record,
        )  # fmt: skip

    async def _start(self) -> None:
        if not kernel_cache.is_ready():
            self._say("compiling the plant's equations, once for this version: the first values take a little longer")
        bus, *others = self._children
        await bus.start()
        await self._unless_stopped(listening("127.0.0.1", self._settings.bus_port))
        for child in others:
            if not self._stop.is_set():
                await child.start()

    async def _greet(self, began: float, devices: list[dict[str, Any]]) -> None:
        expected = frozenset(d["name"] for d in devices if d["primary"] and d["simulated"])  # a real one may be off
        acquired = sum(device["acquired"] for device in devices)
        waiting = first_values(self._settings.api_url, expected, began + PATIENCE)
        complete = await self._unless_stopped(waiting)
        if not self._stop.is_set():
            self._say(greeting(self._settings, self._token, acquired, time.monotonic() - began, complete))

    async def _unless_stopped(self, work: Coroutine[Any, Any, bool]) -> bool:
        task, stop = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            return bool(await task)
        task.cancel()
        return False

    async def _drain(self) -> None:
        impatience = asyncio.create_task(self._kill_when_hurried())
        for name in await drain(list(zip(self._levels, self._children, strict=True)), GRACE):
            self._complain(f"{name} did not stop in time and was killed")
        impatience.cancel()

    async def _kill_when_hurried(self) -> None:
        await self._hurry.wait()
        for child in self._children:
            child.kill()

    def _record(self) -> None:
        settings = self._settings
        children = {
            child.name: {"pid": child.pid, "started": started_at(child.pid), "restarts": child.restarts}
            for child in self._children
        }
        self._folder.write_run(
            {"api": settings.api_url, "bus": settings.bus_url, "settings": asdict(settings), "children": children}
        )

    def _told(self, now: float) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._told_at = now
        elif now - self._told_at > ONE_PRESS:
            self._hurry.set()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()

        def told(*_: object) -> None:
            loop.call_soon_threadsafe(self._told, time.monotonic())

        numbers = [n for name in ("SIGINT", "SIGTERM", "SIGHUP") if (n := getattr(signal, name, None))]
        before = {number: signal.signal(number, told) for number in numbers}
        yield
        for number, handler in before.items():
            signal.signal(number, handler)
