"""A whole field of one's own: plant, devices, wire, control, bus, history and API, in processes of their own.

It is started as a person starts one, with ``gemelo up``, in a folder and on ports of its own, so that it disturbs no
field that runs already, and ended with everything it started, however the block that holds it ends::

    async with Stack("shengli12") as stack:
        bus = await stack.connect()
        found = await History(bus).latest(...)

Should the process that holds it be killed, the stack notices and ends too.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from control.bus.connection import Bus
from control.bus.keyring import Key, Ring
from control.bus.server import KEYS
from control.bus.subject import Subjects
from hil.leftover import end_leftovers
from hil.patience import Patience
from hil.port import free_ports
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench, write_bench
from plant.asset.place import read_place
from plant.error import ServiceError

PAUSE = 0.05  # s between two looks
STOPPING = 60.0  # s within which it stops by itself

T = TypeVar("T")


class Stack:
    """One field on ``bench``: an object, a bundled one by name, or a file. Other options go to ``gemelo up``.

    Its ports are free ones, or those from ``ports_from`` on: API, screens, bus, MQTT, then simulated devices in the
    bench's order. ``folder`` keeps its data and its bench; without one, a folder that is gone when it is closed.
    It has screens only where asked for: they take a second to start, and few look.
    """

    def __init__(
        self, bench: Bench | str | Path = "shengli12", *options: str, folder: Path | None = None,
        field: str | Path | None = None, screens: bool = False, ports_from: int = 0,
    ):  # fmt: skip
        self._own = None if folder else tempfile.TemporaryDirectory(prefix="gemelo-", ignore_cleanup_errors=True)
        self.folder = folder or Path(self._own.name if self._own else "")
        self.folder.mkdir(parents=True, exist_ok=True)
        ports = count(ports_from) if ports_from else free_ports()
        self.api_port, self.screens_port, self.bus_port, broker = islice(ports, 4)
        self.screens_port *= screens
        given = bench if isinstance(bench, Bench) else load_bench(bench)
        self.bench = write_bench(given.moved(ports, broker), self.folder / "bench.toml")
        self.mqtt_port = self.bench.broker
        self.field = str(field or self.bench.field)
        self._options = options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The folder of everything it keeps."""
        return self.folder / "data"

    @property
    def api_url(self) -> str:
        """Where its API answers, under ``/api/v1``."""
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def screens_url(self) -> str:
        """Where its screens are, if it has any."""
        return f"http://127.0.0.1:{self.screens_port}"

    @property
    def bus_url(self) -> str:
        """Where its bus is."""
        return f"nats://127.0.0.1:{self.bus_port}"

    @property
    def token(self) -> str:
        """What opens its API for writing."""
        return (self.data / "token").read_text().strip()

    @property
    def key(self) -> Key | None:
        """With what stories and benches come onto its bus."""
        return Ring.read(self.data / "bus" / KEYS).key(self._subjects, "hil")

    async def connect(self, name: str = "bench") -> Bus:
        """A connection to its bus, for clients of control and historian; whoever asks closes it."""
        return await Bus.connect(self.bus_url, self._subjects, name, key=self.key)

    @property
    def _subjects(self) -> Subjects:
        return Subjects(*read_place(self.field))

    @property
    def command(self) -> list[str]:
        """The command line that starts it."""
        numbers = {
            "api": self.api_port, "screens": self.screens_port, "bus": self.bus_port, "mqtt": self.mqtt_port
        }  # fmt: skip
        ports = [part for name, number in numbers.items() for part in (f"--{name}-port", str(number))]
        files = ["--data", str(self.data), "--field", self.field, "--bench", str(self.bench.path)]
        parent = ["--parent", str(os.getpid())]
        return [sys.executable, "-m", "ui.cli.app", "up", *files, *ports, *parent, *self._options]

    def start(self, within: float = 100.0) -> Self:
        """Start it, and return once its first values are in. Raises :class:`ServiceError` where it does not start."""
        with self._output.open("a") as output:
            process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self.process, printed = process, len(self.printed())
        self.until(lambda: "Gemelo is running" in self.printed()[printed:] or process.poll() is not None, within)
        if process.poll() is not None or "first values" not in self.printed()[printed:]:
            raise ServiceError(f"the field did not start:\n{self.printed()[printed:]}")
        return self

    def printed(self) -> str:
        """Everything it has printed, errors included."""
        return self._output.read_text()

    def children(self) -> dict[str, dict[str, Any]]:
        """Its processes by name, with ``pid`` and ``restarts``."""
        return (self._run() or {}).get("children", {})

    def until(self, look: Callable[[], T], within: float = 60.0) -> T:
        """What ``look`` returns, once that is true. Raises :class:`ServiceError` when patience is over."""
        patience = Patience(within)
        while not (found := look()):
            if patience.is_over():
                raise ServiceError(f"waited {within:g} s in vain; the field has printed:\n{self.printed()}")
            time.sleep(PAUSE)
        return found

    def stop(self, number: int = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; its exit status. It can be started again."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(number)
        try:
            return process.wait(timeout=STOPPING)
        finally:
            process.kill()

    def close(self) -> None:
        """Stop it for good, end what a killed supervisor of it has left, and remove a folder that it made."""
        try:
            self.stop()
        finally:
            end_leftovers(self._run())
            if self._own is not None:
                self._own.cleanup()

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        try:
            return await asyncio.to_thread(self.start)
        except BaseException:  # a cancellation too: then the thread that waits for it sees it end
            self.close()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    @property
    def _output(self) -> Path:
        return self.folder / "up.log"

    def _run(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads((self.data / "run.json").read_text())
        except FileNotFoundError:
            return None
        return found
