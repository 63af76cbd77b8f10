"""``gemelo bench``: measure, and print the figures as a table or as one JSON object."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

from plant.error import ServiceError
from ui.cli.text import columns
from ui.measuring import MEASUREMENTS


def show(name: str | None, seconds: float, as_json: bool, names: bool) -> None:
    """Run the bench called ``name``, or list what there is."""
    if names:
        print("\n".join(MEASUREMENTS))
    elif name is None:
        print(columns(("bench", "measures"), list(MEASUREMENTS.items())))
    elif name not in MEASUREMENTS:
        raise ServiceError(f"no bench {name!r}; there are {', '.join(MEASUREMENTS)}")
    else:
        measured = importlib.import_module(f"ui.measuring.{name}").run(seconds)
        print(json.dumps(measured) if as_json else _table(measured))


def _table(measured: dict[str, Any]) -> str:
    parts = ("figures", "peers", "ratios", "settings")
    rows = [(part[:-1], *row) for part in parts for row in _rows(measured[part])]
    return f"{measured['bench']}\n" + columns(("", "key", "value"), rows)


def _rows(values: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{name}", each) for name, each in value.items())
        else:
            yield key, value
