"""Logs of the children: one file each, put aside at a start once it has grown long."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

SIZE = 5_000_000  # bytes
KEPT = 3  # older files: NAME.log.1 (newest) … NAME.log.3
TAIL = 4_000  # bytes in which to look for the last line


def rotate(log: Path, size: int = SIZE) -> None:
    """Put a log longer than ``size`` aside."""
    if not log.exists() or log.stat().st_size <= size:
        return
    row = [log, *(log.with_name(f"{log.name}.{age}") for age in range(1, KEPT + 1))]
    for newer, older in reversed(list(pairwise(row))):
        if newer.exists():
            newer.replace(older)


def last_line(log: Path, length: int = 300) -> str:
    """The last line that says anything, from its start."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL))
        lines = file.read().decode(errors="replace").splitlines()
    return next((line.strip()[:length] for line in reversed(lines) if line.strip()), "")
