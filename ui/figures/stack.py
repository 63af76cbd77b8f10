"""A field of its own, started as a person starts one: a folder, free ports, and ``gemelo up``.

Benches measure on it, and the end-to-end tests drive it, so neither disturbs a field that runs already.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from plant.asset.bench_file import FOLDER
from plant.asset.error import ServiceError
from ui.cli.client import Api
from ui.figures.port import RESERVATION
from ui.supervisor.folder import Folder
from ui.supervisor.leftover import end_leftovers

PAUSE = 0.05  # s between two looks
ENDPOINT = re.compile(r"(?P<scheme>modbus|opc\.tcp|mqtt)://127\.0\.0\.1:(?P<port>\d+)")

T = TypeVar("T")


class Stack:
    """One field under ``folder``. ``edit`` may change the text of its bench; options go to ``gemelo up``.

    It has screens only where asked for: they take a second to start, and few look.
    """

    def __init__(
        self, folder: Path, bench: str = "shengli12", edit: Callable[[str], str] = lambda text: text, *options: str,
        screens: bool = False,
    ):  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        self.data, self.bench = folder / "data", folder / "bench.toml"
        text = (FOLDER / f"{bench}.toml").read_text(encoding="utf-8")
        self.bench.write_text(edit(on_free_ports(text)), encoding="utf-8")
        self.api_port, self.bus_port, fresh = RESERVATION.ports(3)
        self.screens_port = fresh if screens else 0
        self.mqtt_port = mqtt_port(self.bench.read_text(encoding="utf-8"))
        self._options = options
        self.process: subprocess.Popen[bytes] | None = None
        self.output = folder / "up.log"

    @property
    def command(self) -> list[str]:
        """The command line that starts it."""
        numbers = {
            "api": self.api_port, "screens": self.screens_port, "bus": self.bus_port, "mqtt": self.mqtt_port
        }  # fmt: skip
        ports = [part for name, number in numbers.items() for part in (f"--{name}-port", str(number))]
        files = ["--data", str(self.data), "--bench", str(self.bench), "--parent", str(os.getpid())]
        return [sys.executable, "-m", "ui.cli.app", "up", *files, *ports, *self._options]

    @property
    def api(self) -> Api:
        """Its API, with the token for writing."""
        return Api(f"http://127.0.0.1:{self.api_port}", Folder(self.data).token())

    def start(self, within: float = 100.0) -> Stack:
        """Start it, and return once its first values are in."""
        with self.output.open("a") as output:
            process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self.process, printed = process, len(self.printed())
        self.until(lambda: "first values" in self.printed()[printed:] or process.poll() is not None, within)
        if process.poll() is not None:
            raise ServiceError(f"the field did not start:\n{self.printed()[printed:]}")
        return self

    def printed(self) -> str:
        """Everything it has printed, errors included."""
        return self.output.read_text()

    def children(self) -> dict[str, dict[str, Any]]:
        """Its processes by name, with ``pid`` and ``restarts``."""
        run = Folder(self.data).read_run()
        return run["children"] if run else {}

    def until(self, look: Callable[[], T], within: float = 60.0) -> T:
        """What ``look`` returns, once that is true. Raises :class:`ServiceError` where it is not in time."""
        deadline = time.monotonic() + within
        while not (found := look()):
            if time.monotonic() > deadline:
                raise ServiceError(f"waited {within:g} s in vain; the field has printed:\n{self.printed()}")
            time.sleep(PAUSE)
        return found

    def close(self) -> None:
        """Stop it, and end what a killed supervisor of it has left."""
        try:
            self.stop()
        finally:
            end_leftovers(Folder(self.data).read_run())

    def stop(self, number: int = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=60)
        finally:
            self.process.kill()
            self.process = None


def on_free_ports(bench: str) -> str:
    """The text of a bench with each port of this machine replaced by a free one, the same for the same."""
    ports = dict.fromkeys(found["port"] for found in ENDPOINT.finditer(bench))
    fresh = dict(zip(ports, RESERVATION.ports(len(ports)), strict=True))
    return ENDPOINT.sub(lambda found: f"{found['scheme']}://127.0.0.1:{fresh[found['port']]}", bench)


def mqtt_port(bench: str) -> int:
    """The port at which MQTT devices of a bench look for their broker on this machine; 0 where there are none."""
    return next((int(found["port"]) for found in ENDPOINT.finditer(bench) if found["scheme"] == "mqtt"), 0)
