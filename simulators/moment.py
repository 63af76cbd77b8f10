"""Moments: states of a simulated field kept by name, to go back to; and a ring of those that it keeps by itself.

A trainer saves where a drill is to begin, and returns there as often as is wanted. What was kept of another field file
cannot be gone back to, and says so. The ring has one every so often, the oldest giving way to the newest.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plant.asset.duration import read as read_duration
from plant.asset.field import Field
from plant.asset.table import Table
from plant.error import ConfigError, Mistake
from plant.process.array_file import Arrays, read_about
from simulators.field import SimulatedField
from simulators.state import read_state, write_state

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
OF_RING = "ring-"  # with which names of the ring begin, and no others may
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Kept:
    """A moment as it is listed. ``time_ns`` is plant time then, 0 where it was kept before that was noted."""

    name: str
    time_ns: int
    run: str
    size: int  # byte
    is_ring: bool


@dataclass(frozen=True)
class RingSettings:
    """How often the ring keeps a moment [s of plant time], and how many and how much [MB] of them at most."""

    every: float = 30.0
    most: int = 120
    room: float = 100.0


class Moments:
    """A folder of them, a file each; those of the ring in a folder within."""

    def __init__(self, folder: Path, field: Field, seed: int, ring: RingSettings = RingSettings()):
        self._folder, self._field, self.seed, self._ring = folder, field, seed, ring
        self._due = 0.0

    def names(self) -> list[str]:
        """Of all that are kept."""
        return sorted(path.stem for path in (*self._saved(), *self._ringed()))

    def rows(self) -> list[dict[str, Any]]:
        """All that can be gone back to, saved ones first; of the ring the newest first."""
        files = [*sorted(self._saved()), *reversed(self._ringed())]
        return [asdict(kept) for file in files if (kept := _kept(file))]

    def save(self, name: str, field: SimulatedField, run: str) -> None:
        """Keep the field as it is now; another moment of that name gives way. Raises ``OSError``."""
        write_state(self._file(name), field, self.seed, run)

    def look(self, field: SimulatedField, run: str) -> None:
        """Keep a moment of the ring if one is due, and let the oldest go. Raises ``OSError``."""
        now = field.env.now
        if self._due - self._ring.every <= now < self._due:  # else it is due, or plant time is another's
            return
        self._due = now + self._ring.every
        ringed = self._ringed()
        number = int(ringed[-1].stem.removeprefix(OF_RING)) + 1 if ringed else 1
        self.save(f"{OF_RING}{number:06d}", field, run)
        self._let_go()

    def read(self, name: str) -> tuple[Arrays, Kept]:
        """What was kept. Raises :class:`ConfigError` where it is unknown, damaged or another field's."""
        file = self._file(name)
        arrays = read_state(file, self._field, self.seed)
        kept = _kept(file)
        if arrays is None or kept is None:
            rule = f"must be one of {', '.join(self.names())}" if self.names() else "is not kept: nothing was saved yet"
            raise ConfigError([Mistake("request", "name", name, rule)])
        return arrays, kept

    def before(self, time_ns: int) -> str:
        """The newest moment of the ring at or before a plant time. Raises :class:`ConfigError` where none is so old."""
        rows = [kept for file in self._ringed() if (kept := _kept(file))]
        found = [kept.name for kept in rows if kept.time_ns <= time_ns]
        if not found:
            oldest = f"the oldest of {len(rows)} is younger" if rows else "nothing was kept yet"
            raise ConfigError([Mistake("request", "back", None, f"is further back than the ring goes: {oldest}")])
        return found[-1]

    def _let_go(self) -> None:
        files = self._ringed()
        sizes = [file.stat().st_size for file in files]
        while len(files) > 1 and (len(files) > self._ring.most or sum(sizes) > self._ring.room * MEGABYTE):
            files.pop(0).unlink(missing_ok=True)
            sizes.pop(0)

    def _saved(self) -> list[Path]:
        return list(self._folder.glob("*.npz"))

    def _ringed(self) -> list[Path]:
        return sorted((self._folder / "ring").glob(f"{OF_RING}*.npz"))

    def _file(self, name: str) -> Path:
        folder = self._folder / "ring" if name.startswith(OF_RING) else self._folder
        return folder / f"{name}.npz"


def _kept(file: Path) -> Kept | None:
    """What is said of a moment in its file; None where it has just given way, or cannot be read."""
    try:
        about, size = read_about(file), file.stat().st_size
    except (ConfigError, FileNotFoundError):
        return None
    run, time_ns = str(about.get("run", "")), int(about.get("time_ns", 0))
    return Kept(file.stem, time_ns, run, size, file.stem.startswith(OF_RING))


def read_name(table: Table) -> str:
    """``name`` of a request to save. What cannot be one is a mistake of the table."""
    name = _name(table)
    if name.startswith(OF_RING):
        table.mistake("name", name, f"must not begin with {OF_RING}: those are the ring's own")
    table.no_others()
    table.finish()
    return name


def read_where(table: Table) -> tuple[str, float]:
    """Where a request wants to go back to: the ``name`` of a moment, or how far ``back`` [s of plant time]."""
    name, back = "", 0.0
    if "back" in table.data or "back_s" in table.data:
        back = read_duration(table, "back", low=0.0)
    else:
        name = _name(table)
    table.no_others()
    table.finish()
    return name, back


def _name(table: Table) -> str:
    name = table.text("name")
    if name and not NAME.fullmatch(name):
        table.mistake("name", name, "must be letters without accents, digits, - and _, at most 64")
    return name
