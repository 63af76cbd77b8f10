"""The file in which a simulated field outlives its process: plant, devices, timers, instruments and faults.

It is kept every half minute of plant time, whenever a device was told something or a drive tripped, and at the end. A
field that starts on it goes on from there to the bit; one that cannot says why, and leaves the file aside.
"""

from __future__ import annotations

from pathlib import Path

from control.bus import log
from control.bus.message.run import OWN
from plant.asset.field import Field
from plant.error import ConfigError, Mistake
from plant.process.array_file import Arrays, read_about, read_arrays, write_arrays
from plant.process.settled import field_key
from simulators.environment import Every
from simulators.field import SimulatedField

FORMAT = 1
PERIOD = 30.0  # of plant time between two writings [s]


def write_state(path: Path, field: SimulatedField, seed: int, run: str = OWN) -> None:
    """Keep everything that moves in ``field``, with its plant time and the run that it is in."""
    about = {"time_ns": field.site.time, "run": run}
    write_arrays(path, field.save(), _identity(field.field, seed) | about)


def kept_run(path: Path) -> str:
    """The run that a field was in whose state stands in a file; its own where that does not say."""
    return str(read_about(path).get("run", OWN)) if path.exists() else OWN


def read_state(path: Path, field: Field, seed: int) -> Arrays | None:
    """What was kept of this field; None where nothing was.

    Raises :class:`ConfigError` where it is damaged, or another field's.
    """
    try:
        arrays, about = read_arrays(path)
    except FileNotFoundError:
        return None
    mine = _identity(field, seed)
    if wrong := [Mistake(str(path), key, about.get(key), RULES[key]) for key in mine if about.get(key) != mine[key]]:
        raise ConfigError(wrong)
    return arrays


RULES = {
    "format": f"must be {FORMAT}, as this version writes it", "field": "is another field",
    "file": "is of a field file that has been changed since", "seed": "is of another seed",
}  # fmt: skip


def _identity(field: Field, seed: int) -> dict[str, object]:
    return {"format": FORMAT, "field": field.name, "file": field_key(field), "seed": seed}


def told(field: SimulatedField) -> bytes:
    """What devices were told, and whether drives run: it changes with a write, a trip, a start."""
    site, drives = field.site, field.site.drives
    setpoints = [one.save()["setpoints"] for one in site.separators.values()]
    chokes = field.plant.inputs["Well.ChokeTarget"]
    arrays = (drives.state, drives.trip_code, drives.reference, chokes, *setpoints)
    return b"".join(array.tobytes() for array in arrays)


class Keeper:
    """Keeps the state of a running field in its file. A field goes on working where that fails."""

    def __init__(self, path: Path, field: SimulatedField, seed: int, run: str = OWN):
        self._path, self._field, self._seed, self._run = path, field, seed, run
        self._told = told(field)
        Every(field.env, PERIOD, lambda _: self.keep())

    def keep(self) -> None:
        """Write it now."""
        self._told = told(self._field)
        try:
            write_state(self._path, self._field, self._seed, self._run)
        except OSError as error:
            log.warning("state", file=self._path, not_kept=error)

    def look(self) -> None:
        """Write it if a device was told something, or a drive tripped, since the last time."""
        if told(self._field) != self._told:
            self.keep()
