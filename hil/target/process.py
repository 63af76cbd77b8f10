"""A process of a target: started, waited for, and ended with everything that it has started.

It leads a session of its own, whose group is ended at once; should this process be killed, the system ends it too.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hil.outcome import BenchFault
from hil.patience import Patience
from plant.asset.target import ProcessResource

GRACE = 5.0  # s to end in, before it is killed
PAUSE = 0.02  # s between two looks
DEATH_SIGNAL = 1  # of prctl(2)


class Process:
    """One of a target's, with ``{port}`` and ``{line}`` of its command filled in; what it prints goes to ``log``."""

    def __init__(self, resource: ProcessResource, places: Mapping[str, object], log: Path):
        self.resource, self.log = resource, log
        self.command = [part.format_map(places) for part in resource.command]
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, and return when it says that it is ready. Raises :class:`BenchFault` where it does not."""
        printed = self.log.stat().st_size if self.log.exists() else 0
        try:
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.resource.folder,
                    start_new_session=True, preexec_fn=_die_with_parent if sys.platform == "linux" else None,
                )  # fmt: skip
        except OSError as error:
            raise BenchFault(f"{self.command[0]} cannot be started: {error.strerror}") from None
        patience = Patience(self.resource.within)
        while self.resource.ready.encode() not in self.log.read_bytes()[printed:]:
            if fault := self.fault():
                raise BenchFault(fault)
            if patience.is_over():
                raise BenchFault(f"{self.command[0]} did not say {self.resource.ready!r}; it said:\n{self._tail()}")
            await asyncio.sleep(PAUSE)

    def fault(self) -> str:
        """Why it does not run; empty where it does."""
        if self._process is None or self._process.poll() is None:
            return ""
        return f"{self.command[0]} has ended with {self._process.returncode}; it said:\n{self._tail()}"

    async def stop(self) -> None:
        """End it and its children."""
        if self._process is None:
            return
        process, self._process = self._process, None
        _signal(process.pid, signal.SIGTERM)
        patience = Patience(GRACE)
        while process.poll() is None and not patience.is_over():
            await asyncio.sleep(PAUSE)
        _signal(process.pid, signal.SIGKILL)
        process.wait()

    def _tail(self) -> str:
        return self.log.read_text(errors="replace")[-1000:].strip()


def _signal(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
