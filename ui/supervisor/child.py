"""A child: one program, started again whenever it ends by itself, and ended where it shows no sign of life.

The first restart is immediate, since a program that was killed is usually well; those that follow
come ever later, until it has run well for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ui.supervisor.log import last_line, rotate
from ui.supervisor.sign import Sign, Unwatched
from ui.supervisor.watch import LOOK, Watch

DELAYS = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)  # s before the first, second … restart
RAN_WELL = 30.0  # s after which earlier failures are forgotten


class Child:
    """One program and its current process. ``say`` hears what happens; ``changed`` is called with each new process."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path,
        say: Callable[[str], None], changed: Callable[[], None], delays: Sequence[float] = DELAYS,
        sign: Sign | None = None, watch: Callable[[float], Watch] = Watch,
    ):  # fmt: skip
        self.name, self._command, self._environment, self._log = name, command, environment, log
        self._say, self._changed, self._delays = say, changed, delays
        self._sign, self._watch = sign or Unwatched(), watch
        self.restarts = 0
        self.ended = ""  # why it was started again, the last time
        self._failures, self._renewing = 0, ""
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Its process now; 0 while there is none."""
        return self._process.pid if self._process is not None and self._process.returncode is None else 0

    async def start(self) -> None:
        """Start it and keep it running. Raises ``OSError`` where it cannot be started at all."""
        await self._spawn()
        self._life = asyncio.create_task(self._live())

    async def stop(self, grace: float) -> bool:
        """Ask it to end, kill it after ``grace`` seconds; whether it ended by itself."""
        self._stopping.set()
        if self._life is None:
            return True
        if self.pid:
            self._process.terminate()  # type: ignore[union-attr]
        done, _ = await asyncio.wait({self._life}, timeout=grace)
        if not done:
            self.kill()
            await self._life
        return bool(done)

    def kill(self) -> None:
        """End it at once, for good."""
        self._stopping.set()
        self._kill_process()

    def renew(self, reason: str) -> None:
        """Let its process end, as it does when told to, and start another."""
        self._renewing = reason
        if self.pid:
            self._process.terminate()  # type: ignore[union-attr]

    def _kill_process(self) -> None:
        if self.pid:
            self._process.kill()  # type: ignore[union-attr]

    async def _spawn(self) -> None:
        rotate(self._log)
        variables, files = self._sign.open()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=files,
                env={**self._environment, **variables}, start_new_session=True,  # Ctrl-C reaches the supervisor alone
            )  # fmt: skip
        self._sign.opened()
        self._changed()

    async def _live(self) -> None:
        while True:
            began = time.monotonic()
            reason = await self._end()
            if self._stopping.is_set():
                return
            await self._again(reason, time.monotonic() - began)

    async def _end(self) -> str:
        """Why the process has ended, once it has; one that is frozen is helped to."""
        ending = asyncio.create_task(self._process.wait())  # type: ignore[union-attr]
        watch, frozen = self._watch(due := time.monotonic()), ""
        while not (await asyncio.wait({ending}, timeout=LOOK))[0]:
            late = max(0.0, time.monotonic() - due - 2 * LOOK)
            rotate(self._log)
            seen = await self._sign.seen()
            watch.look(due := time.monotonic(), seen, late)
            if watch.is_frozen and not self._stopping.is_set():
                frozen = f"no sign of life for {watch.silent_for:.0f} s: killed"
                self._kill_process()
        renewing, self._renewing = self._renewing, ""
        return frozen or renewing or self._reason(ending.result())

    async def _again(self, reason: str, ran: float) -> None:
        self._failures = 0 if ran >= RAN_WELL else self._failures
        delay = self._delays[min(self._failures, len(self._delays) - 1)]
        self._failures += 1
        self.restarts += 1
        self.ended = reason
        self._say(f"{self.name} ended ({reason}); starting it again" + (f" in {delay:g} s" * bool(delay)))
        try:
            await asyncio.wait_for(self._stopping.wait(), delay)
        except TimeoutError:  # nobody stopped us meanwhile
            await self._respawn()

    async def _respawn(self) -> None:
        try:
            await self._spawn()
        except OSError as error:  # out of memory or processes, perhaps: the dead process counts as ended once more
            self._say(f"{self.name} cannot be started: {error}")
        if self._stopping.is_set() and self.pid:  # told to stop while it was being started
            self._process.terminate()  # type: ignore[union-attr]

    def _reason(self, status: int) -> str:
        if status < 0:
            return f"signal {-status}"
        said = last_line(self._log) if status else ""
        return f"status {status}" + (f": {said}" if said else "")
