"""A service: one of our processes on the bus. It starts, shows its pulse, and stops when told.

Every ``service.py`` declares its options and its body; what is the same for all stands here: where the
site is, logging, the connection, a pulse every two seconds, and SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from control.bus import log
from control.bus.clock import Steps
from control.bus.connection import Bus
from control.bus.keyring import Key
from control.bus.lifeline import Lifeline
from control.bus.message.beat import Beat
from control.bus.subject import Subjects
from control.bus.tether import hold_to
from plant.asset.bench_file import bench_of
from plant.asset.place import read_place
from plant.error import GemeloError

PULSE_PERIOD = 2.0  # s


class Pulse:
    """What a service shows of itself: counts, gauges, its devices, and the last thing that went wrong."""

    def __init__(self, name: str):
        self.name, self.started = name, time.time()
        self.counts: dict[str, int] = {}
        self.gauges: dict[str, float] = {}
        self.devices: dict[str, dict[str, Any]] = {}
        self.last_error: dict[str, Any] | None = None
        self.troubles: dict[str, str] = {}  # what keeps it from its work just now, by what that is of

    def count(self, what: str, n: int = 1) -> None:
        """``what`` happened ``n`` times more."""
        self.counts[what] = self.counts.get(what, 0) + n

    def error(self, what: object) -> None:
        """Something went wrong and was survived."""
        self.count("errors")
        self.last_error = {"time": time.time(), "what": str(what)}

    def trouble(self, of: str, what: str = "") -> None:
        """It cannot do its work because of ``what``, or again where nothing is said."""
        if not what:
            self.troubles.pop(of, None)
        elif self.troubles.get(of) != what:
            self.troubles[of] = what
            self.error(what)

    def beat(self) -> Beat:
        """As published."""
        return Beat(
            self.name, os.getpid(), time.time(), self.started, self.counts, self.gauges, self.devices,
            self.last_error, "; ".join(self.troubles.values()),
        )  # fmt: skip


Body = Callable[[Bus, argparse.Namespace, Pulse, asyncio.Event], Awaitable[None]]


def options(description: str) -> argparse.ArgumentParser:
    """The options that every service has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bus", default="nats://127.0.0.1:4222", help="bus URL")
    parser.add_argument("--field", default="shengli12", help="field file or bundled field")
    parser.add_argument("--bench", default="", help="bench file or bundled bench; else the field's own")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of everything kept")
    parser.add_argument("--parent", type=int, default=0, help="stop when this process is no longer the parent")
    return parser


def run(name: str, body: Body, parser: argparse.ArgumentParser) -> None:
    """Run a service until it is told to stop; its own errors end it with one line and exit status 1."""
    settings = parser.parse_args()
    settings.bench = settings.bench or str(bench_of(settings.field))
    log.to_standard_error()
    if settings.parent:
        hold_to(settings.parent)
    try:
        _runner()(_live(name, body, settings))
    except GemeloError as error:
        sys.exit(f"{name}: {error}")


def _runner() -> Callable[[Awaitable[None]], None]:
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return asyncio.run  # type: ignore[return-value]
    return uvloop.run  # type: ignore[return-value]


async def _live(name: str, body: Body, settings: argparse.Namespace) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    bus = await Bus.connect(settings.bus, Subjects(*read_place(settings.field)), name, key=Key.of_environment())
    pulse = Pulse(name)
    beats = [asyncio.create_task(_beat(bus, pulse)), asyncio.create_task(_live_on(settings.parent, pulse, stop))]
    try:
        await body(bus, settings, pulse, stop)
    finally:
        for beat in beats:  # who does not come to an end from here on is seen not to live
            beat.cancel()
        await bus.close()


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no loop signal handlers
            loop.add_signal_handler(number, stop.set)


async def _live_on(parent: int, pulse: Pulse, stop: asyncio.Event) -> None:
    """Show the supervisor that the loop turns, whatever the bus does, and stop without it; say how the clock is set."""
    lifeline, steps = Lifeline.inherited(), Steps()
    while True:
        lifeline.beat()
        if step := steps.look():
            log.warning("clock", set_by_s=round(step, 3))
            pulse.error(f"the machine's clock was set {'back' if step < 0 else 'forward'} by {abs(step):.1f} s")
        if parent and os.getppid() != parent:
            stop.set()  # it was killed; nobody would stop us later
        await asyncio.sleep(PULSE_PERIOD)


async def _beat(bus: Bus, pulse: Pulse) -> None:
    while True:
        if bus.client.is_connected:  # a pulse of the past is of no use: none is kept for later
            await bus.publish(bus.subjects.status(pulse.name), pulse.beat())
        await asyncio.sleep(PULSE_PERIOD)
