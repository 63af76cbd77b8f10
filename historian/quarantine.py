"""Quarantine: a store's file that cannot be read is put aside under a name that says so, never removed.

Whatever keeps a sound file from being opened (another process, no room, no right) is not its fault, and leaves it be.
"""

from __future__ import annotations

import time
from pathlib import Path

# As DuckDB words what is wrong with a file itself.
DAMAGE = ("not a valid DuckDB database", "Corrupt database", "Could not read enough bytes", "checksum", "Serialization")


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file is damaged."""
    return any(words in str(error) for words in DAMAGE)


def put_aside(file: Path, *beside: Path) -> Path:
    """Rename a file, and those ``beside`` it that are of no use without it; under which name it is now."""
    mark = time.strftime("damaged-%Y%m%dT%H%M%SZ", time.gmtime())
    for part in beside:
        if part.exists():
            part.replace(part.with_name(f"{part.name}.{mark}"))
    return file.replace(file.with_name(f"{file.name}.{mark}"))
