"""A lock on what only one bench may use at a time: a rack, a serial port, a drive in the laboratory.

It is a file that the system holds locked for the process, so that it is free again however that ends: a file left by
one that is gone is stale and is taken over. Whether it is still ours is looked at throughout a run, for a file may be
removed by hand.
"""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from pathlib import Path

from hil.outcome import BenchFault

FOLDER = Path(tempfile.gettempdir()) / "gemelo-locks"


class Lock:
    """One lock by its name."""

    def __init__(self, name: str, folder: Path = FOLDER):
        self.name, self.path = name, folder / f"{re.sub(r'[^A-Za-z0-9.-]', '_', name)}.lock"
        self._file: int | None = None

    def take(self) -> str:
        """Take it; what was left there by one that is gone. Raises :class:`BenchFault` where another holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(file, 200).decode(errors="replace").strip() or "another"
            os.close(file)
            raise BenchFault(f"lock {self.name!r} is held by {holder} ({self.path})") from None
        left = os.read(file, 200).decode(errors="replace").strip()
        os.ftruncate(file, 0)
        os.pwrite(file, f"process {os.getpid()}\n".encode(), 0)
        self._file = file
        return left

    def fault(self) -> str:
        """Why it is no longer ours; empty where it is."""
        if self._file is None:
            return f"lock {self.name!r} is not held"
        try:
            is_same = os.path.samestat(os.fstat(self._file), os.stat(self.path))
        except FileNotFoundError:
            is_same = False
        return "" if is_same else f"lock {self.name!r} was taken away: {self.path} is no longer the file that we hold"

    def release(self) -> None:
        """Let go of it."""
        if self._file is None:
            return
        if not self.fault():
            self.path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = None
