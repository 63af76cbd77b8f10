"""The expert's try from the moment at which a person's began: ``python -m scenarios.drill.expert DRILL MOMENT OUT``.

A process of its own, since it plays a whole drill and takes a core for that long; what it did is left in a file.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from plant.process.array_file import read_arrays, write_arrays
from scenarios.drill.bot import bots
from scenarios.drill.cost import Totals
from scenarios.drill.drill_file import load_drill
from scenarios.drill.play import Play, Try


def play(source: str, moment: Path) -> Try:
    """The expert's try at a drill from a moment that a field kept. Raises :class:`ConfigError`."""
    drill, field, bench = load_drill(source)
    saved, about = read_arrays(moment)
    seed = int(about["seed"])
    return Play(drill, field, bench, "expert", bots(drill, seed)["expert"], seed, saved).run()


def write(one: Try, out: Path) -> None:
    """Leave a try in a file: what it cost, what was done, and its trends."""
    about = {"seed": one.seed, "done": one.done, "totals": asdict(one.totals), "tags": list(one.trends)}
    write_arrays(out, {"time": one.time, **one.trends}, about)


def read(out: Path) -> Try:
    """The try that was left in a file. Raises ``FileNotFoundError`` and :class:`ConfigError`."""
    arrays, about = read_arrays(out)
    trends = {tag: arrays[tag] for tag in about["tags"]}
    return Try(
        "expert", about["seed"], about["done"], (), (), (), None, Totals(**about["totals"]), arrays["time"], trends
    )  # fmt: skip


if __name__ == "__main__":
    write(play(sys.argv[1], Path(sys.argv[2])), Path(sys.argv[3]))
