"""A historian that tests can run, on their own loop or as a process of its own."""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from control.bus.connection import Bus
from control.bus.service import Pulse
from historian.client import History
from historian.service import serve
from plant.error import ServiceError
from tests.limit import HANGS
from tests.place import DEMO


@dataclass
class Running:
    """A historian on the test's own loop: its connection, its pulse, and the task that ends with it."""

    bus: Bus
    pulse: Pulse
    ended: "asyncio.Task[None]"


@contextlib.asynccontextmanager
async def running_historian(url: str, data: Path) -> AsyncIterator[Running]:
    """The historian's service, stopped at the end as SIGTERM does."""
    settings = argparse.Namespace(data=data, bench="shengli12", raw_days=30.0)
    bus, pulse, stop = await Bus.connect(url, DEMO), Pulse("historian"), asyncio.Event()
    service = asyncio.create_task(serve(bus, settings, pulse, stop))
    answering = asyncio.create_task(until(History(bus).tags))
    await asyncio.wait({service, answering}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield Running(bus, pulse, service)
    finally:
        if not service.done():  # else the test has seen, or should have, how it ended
            stop.set()
            await service
        await bus.close()


async def until(ask: Callable, holds: Callable = lambda _: True, within: float = 30.0):
    """What ``ask`` answers once it ``holds``. A service that does not answer yet is asked again."""
    deadline = time.monotonic() + within
    while True:
        try:
            answer = await ask()
            if holds(answer):
                return answer
        except ServiceError as error:
            answer = error
        assert time.monotonic() < deadline, f"still {answer!r}"
        await asyncio.sleep(0.02)


class HistorianProcess:
    """``python -m historian.service`` as a process of its own, which a test may kill and start again."""

    def __init__(self, url: str, data: Path):
        self.command = [sys.executable, "-m", "historian.service", "--bus", url, "--data", str(data)]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> "subprocess.Popen[str]":
        root = Path(__file__).parents[2]
        environment = os.environ | {"PYTHONPATH": str(root)}
        self.process = subprocess.Popen(self.command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True)
        return self.process

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.process.communicate(timeout=HANGS)

    def stop(self) -> int:
        """As the supervisor does: SIGTERM, and wait; its exit status."""
        self.process.terminate()
        self.process.communicate(timeout=HANGS)
        return self.process.returncode
