"""Logs of the children: one file each, put aside whenever it has grown long, also while it is being written."""

from __future__ import annotations

import contextlib
import os
import shutil
from itertools import pairwise
from pathlib import Path

SIZE = 5_000_000  # bytes
KEPT = 3  # older files: NAME.log.1 (newest) … NAME.log.3
TAIL = 4_000  # bytes in which to look for the last line


def rotate(log: Path, size: int | None = None) -> None:
    """Put what a log longer than ``size`` (:data:`SIZE`) holds aside; who appends to it goes on at its start.

    On a full disk nothing is put aside, and the log begins anew all the same.
    """
    if not log.exists() or log.stat().st_size <= (SIZE if size is None else size):
        return
    draft, *row = (log.with_name(f"{log.name}.{age}") for age in ("new", *range(1, KEPT + 1)))
    try:
        shutil.copyfile(log, draft)
    except OSError:
        draft.unlink(missing_ok=True)
    for newer, older in reversed(list(pairwise((draft, *row)))):
        with contextlib.suppress(FileNotFoundError):
            newer.replace(older)
    os.truncate(log, 0)


def last_line(log: Path, length: int = 300) -> str:
    """The last line that says anything, from its start."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL))
        lines = file.read().decode(errors="replace").splitlines()
    return next((line.strip()[:length] for line in reversed(lines) if line.strip()), "")
