"""Serial ends of a proxy: a pty that it offers to a master, or a line that it opens to a device."""

from __future__ import annotations

import asyncio
import os
import pty
import termios
import tty
from collections.abc import Callable


class Line:
    """One file that is a serial line. What comes from it goes to ``received``."""

    def __init__(self, file: int, received: Callable[[bytes], None], held: int | None = None):
        self._file, self._received, self._held = file, received, held
        os.set_blocking(file, False)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(file, self._read)

    @classmethod
    def open(cls, path: str, received: Callable[[bytes], None]) -> Line:
        """A line that is there."""
        file = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        if os.isatty(file):
            tty.setraw(file)
        return cls(file, received)

    @classmethod
    def offered(cls, received: Callable[[bytes], None]) -> tuple[Line, str]:
        """A new pty, and the path under which the other side opens it."""
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        return cls(ours, received, theirs), os.ttyname(theirs)  # held open: else a master that goes would end it

    def write(self, data: bytes) -> None:
        """Send it; what the line does not take is lost, as on a wire."""
        try:
            os.write(self._file, data)
        except (BlockingIOError, OSError):
            pass

    def abort(self) -> None:
        """A serial line knows no reset: silence is all it can do."""

    def as_new(self) -> None:
        """Forget how whoever had the other side set it: a pty has no parity to keep, and refuses to be asked twice."""
        if self._held is not None:
            settings = termios.tcgetattr(self._held)
            settings[4] = settings[5] = termios.B300
            termios.tcsetattr(self._held, termios.TCSANOW, settings)

    def close(self) -> None:
        """Let go of it."""
        self._loop.remove_reader(self._file)
        os.close(self._file)
        if self._held is not None:
            os.close(self._held)

    def _read(self) -> None:
        try:
            data = os.read(self._file, 4096)
        except (BlockingIOError, OSError):
            return
        if data:
            self._received(data)
