"""Room on the disk that all is kept on: who writes stops before it is full, and goes on when there is room again.

A bus server whose write has failed for want of room fails all that follow, also when there is room; a database may be
damaged by one. So the last of a disk is left alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MB = 1_000_000
RESERVE = 200  # MB that are left free
VARIABLE = "GEMELO_RESERVE_MB"  # in the environment: another reserve, for a disk that is small


class Room:
    """The disk under ``folder``, and the ``reserve`` [byte] that nobody of us touches."""

    def __init__(self, folder: Path, reserve: int | None = None):
        text = os.environ.get(VARIABLE, "")
        self.folder, self.reserve = folder, (int(text) if text.isdigit() else RESERVE) * MB
        if reserve is not None:
            self.reserve = reserve

    @property
    def free(self) -> int:
        """What is left [byte]."""
        return shutil.disk_usage(self.folder).free

    def shortage(self) -> str:
        """That there is less than the reserve, in words; empty where there is enough, or nobody can tell."""
        try:
            free = self.free
        except OSError:
            return ""
        if free >= self.reserve:
            return ""
        return (
            f"nothing is stored: {free // MB} MB are free in {self.folder}, and {self.reserve // MB} MB are to stay so"
        )
