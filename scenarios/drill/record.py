"""The record of a live drill: what outlives a process that is killed, and what is left of a drill when it is over.

A folder in the data folder, a JSON file for each drill; beside it what the expert made of the moment, and the report.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plant.error import Unknown

RUNNING, OVER, INCONCLUSIVE = "running", "over", "inconclusive"


@dataclass(frozen=True)
class Records:
    """Those of one field in a data folder."""

    folder: Path

    @classmethod
    def of(cls, data: Path, field: str) -> Records:
        """Where they stand."""
        return cls(data / "drills" / field)

    def write(self, record: dict[str, Any]) -> None:
        """Keep a record, in one stroke. Raises ``OSError``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.file(record["id"], "json")
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(record), encoding="utf-8")
        fresh.replace(file)

    def read(self, id_: str) -> dict[str, Any]:
        """A record by its id. Raises :class:`Unknown`."""
        try:
            found: dict[str, Any] = json.loads(self.file(id_, "json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise Unknown("drill record", id_) from None
        return found

    def ids(self) -> list[str]:
        """Of all, the newest last: they begin with when it was."""
        return sorted(file.stem for file in self.folder.glob("*.json"))

    def running(self) -> dict[str, Any] | None:
        """The drill that was running when nobody wrote any more."""
        newest = [self.read(id_) for id_ in self.ids()[-1:]]
        return next((record for record in newest if record["state"] == RUNNING), None)

    def file(self, id_: str, ending: str) -> Path:
        """A file of a drill. Raises :class:`Unknown` for an id that can be none."""
        if not id_ or any(sign in id_ for sign in "/\\.") or not id_.isprintable():
            raise Unknown("drill record", id_)
        return self.folder / f"{id_}.{ending}"
