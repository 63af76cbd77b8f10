"""The supervisor: checks everything, starts the programs, keeps them running, drains them when told.

It holds no data and does no work of the field's; it stays small and asleep.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from control.bus import heritage
from control.bus.keyring import Key
from control.bus.room import Room
from hil.leftover import end_leftovers, started_at
from hil.patience import Patience
from plant.error import ServiceError
from plant.process import kernel_cache
from simulators.state_place import set_all_aside
from ui.supervisor.admission import check_bus, joining, let_in
from ui.supervisor.arrival import first_values, listening
from ui.supervisor.child import Child
from ui.supervisor.disk import Disk
from ui.supervisor.drain import drain
from ui.supervisor.folder import Folder
from ui.supervisor.greeting import greeting
from ui.supervisor.port import check_ports
from ui.supervisor.preflight import check_speed, ports_of, preflight, with_broker, with_screens
from ui.supervisor.program import HEIR, PROGRAMS, Program
from ui.supervisor.settings import Settings
from ui.supervisor.watch import LOOK

GRACE = 10.0  # s for each level of children to end in; a second Ctrl-C ends them all at once
ONE_PRESS = 1.0  # s within which signals count as one: a shell or timeout(1) may send two for one Ctrl-C
PATIENCE = 90.0  # s of an idle machine within which the first values are expected

Say = Callable[[str], None]


async def supervise(settings: Settings, say: Say, complain: Say) -> None:
    """Run the field until a signal ends it.

    Raises :class:`ServiceError`, with nothing started, where a file is wrong, a port taken or the folder in use.
    """
    folder = Folder(Path(settings.data))
    folder.lock()
    try:
        if not kernel_cache.is_ready():
            say("compiling the plant's equations, once for this version: this start takes a little longer")
        found = await preflight(settings)
        settings = joining(with_screens(with_broker(replace(settings, bench=found["bench"]), found)))
        check_speed(settings, found)
        if left := end_leftovers(_former_run(folder, complain)):
            complain(f"ended what a killed supervisor had left: {', '.join(left)}")
        check_ports(ports_of(settings, found))
        check_bus(settings)
        if settings.fresh:
            for aside in set_all_aside(folder.path):
                say(f"starting anew; where the field was left stands in {aside}")
        await _Supervisor(settings, folder, let_in(settings, folder, found), say, complain).run(found)
    finally:
        folder.unlock()


def _former_run(folder: Folder, complain: Say) -> dict[str, Any] | None:
    try:
        return folder.read_run()
    except ServiceError as error:
        complain(f"{error}; what it named, if it still runs, has to be ended by hand")
        return None


class _Supervisor:
    def __init__(self, settings: Settings, folder: Folder, keys: Mapping[str, Key], say: Say, complain: Say):
        self._settings, self._folder, self._say, self._complain = settings, folder, say, complain
        self._keys = keys
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._told_at = 0.0
        self._token = folder.token()
        programs = [program for program in PROGRAMS if program.is_wanted(settings)]
        self._children = [self._child(program) for program in programs]
        self._levels = [program.level for program in programs]

    async def run(self, found: dict[str, Any]) -> None:
        began = time.monotonic()
        with self._signals():
            watches = [asyncio.create_task(self._stop_when_orphaned()), asyncio.create_task(self._watch_disk())]
            try:
                await self._start()
                await self._greet(began, found)
                await self._stop.wait()
                self._say("stopping")
            finally:
                for watch in watches:
                    watch.cancel()
                await self._drain()
                self._folder.remove_run()

    def _child(self, program: Program) -> Child:
        return Child(
            program.name, program.command(self._settings, self._folder),
            program.environment(self._token, self._keys.get(program.name)), self._folder.log(program.name),
            self._complain, self._record, sign=program.sign(self._settings),
        )  # fmt: skip

    async def _start(self) -> None:
        for child, level in zip(self._children, self._levels, strict=True):
            if not self._stop.is_set():
                await child.start()
            if not level:  # the bus, without which nobody else can start
                await self._unless_stopped(listening("127.0.0.1", self._settings.bus_port))
                await self._inherit()

    async def _inherit(self) -> None:
        """Carry over what a bus of before kept, if there is anything, before anybody adds to it."""
        heir = self._keys.get(HEIR.name)
        if heir is None or not heritage.is_there(self._folder.bus, heir.user.partition(".")[0]):
            return
        carrying = await asyncio.create_subprocess_exec(
            *HEIR.command(self._settings, self._folder), env=HEIR.environment("", heir), stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        said = (await carrying.communicate())[0].decode(errors="replace").strip()
        if carrying.returncode:
            self._complain(f"the bus of before was not carried over: {said}")
        elif said:
            self._say(said)

    async def _greet(self, began: float, found: dict[str, Any]) -> None:
        devices = found["devices"]
        expected = frozenset(d["name"] for d in devices if d["primary"] and d["simulated"])  # a real one may be off
        acquired = sum(device["acquired"] for device in devices)
        waiting = first_values(self._settings.api_url, self._token, expected, Patience(PATIENCE))
        complete = await self._unless_stopped(waiting)
        if not self._stop.is_set():
            took = time.monotonic() - began
            code, first = self._folder.new_code(), self._folder.first_password()
            self._say(greeting(self._settings, code, found["field"], acquired, took, complete, first))

    async def _stop_when_orphaned(self) -> None:
        """Whoever started the field for its own use and is gone cannot stop it any more."""
        while self._settings.parent in (0, os.getppid()):
            await asyncio.sleep(LOOK)
        self._told(time.monotonic())

    async def _watch_disk(self) -> None:
        room = Room(self._folder.path)
        disk = Disk(room.reserve)
        while True:
            has_changed, is_to_be_renewed = disk.look(room.free)
            if has_changed:
                self._complain(room.shortage() or "there is room on the disk again, and all is stored")
            if is_to_be_renewed and self._settings.bus_port:  # another's bus is his to renew
                self._children[0].renew("the disk was full")
            await asyncio.sleep(LOOK)

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
            child.name: {
                "pid": child.pid,
                "started": started_at(child.pid),
                "restarts": child.restarts,
                "ended": child.ended,
            }
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
        if _is_kept_from_hanging_up():
            numbers.remove(signal.SIGHUP)
        before = {number: signal.signal(number, told) for number in numbers}
        yield
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_kept_from_hanging_up() -> bool:
    """As nohup(1) asks for; of interrupts it is not believed: shells without job control ask for it unasked."""
    number = getattr(signal, "SIGHUP", None)
    return number is not None and signal.getsignal(number) is signal.SIG_IGN
