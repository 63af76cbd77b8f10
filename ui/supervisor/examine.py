"""Examine the files of a field: every mistake in field, bench and alarm table, and what they amount to.

Run as ``python -m ui.supervisor.examine FIELD BENCH``, it prints its findings as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from plant.asset.bench import Bench, load_bench
from plant.asset.error import ConfigError, Mistake
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.asset.tag import tags_of

T = TypeVar("T")


def examine(field: str | Path, bench: str | Path | None = None) -> dict[str, Any]:
    """``mistakes`` of a field (and a bench) as text; where there are none, also what they describe."""
    mistakes: list[Mistake] = []
    read_field = _try(lambda: load_field(field), mistakes)
    assets = read_field.assets() if read_field else None
    read_bench = _try(lambda: load_bench(bench, assets), mistakes) if bench is not None else None
    if read_field and read_bench and read_bench.field != read_field.name:
        mistakes.append(Mistake(str(read_bench.path), "field", read_bench.field, f"the field is {read_field.name}"))
    return {"mistakes": [str(mistake) for mistake in mistakes], **_of_field(read_field), **_of_bench(read_bench)}


def _try(read: Callable[[], T], mistakes: list[Mistake]) -> T | None:
    try:
        return read()
    except ConfigError as error:
        mistakes.extend(error.mistakes)
        return None


def _of_field(field: Field | None) -> dict[str, Any]:
    if field is None:
        return {}
    assets = field.assets()
    return {"field": field.name, "tenant": field.tenant, "assets": assets, "tags": len(tags_of(assets))}


def _of_bench(bench: Bench | None) -> dict[str, Any]:
    if bench is None:
        return {}
    devices = [
        {
            "name": device.name, "host": device.endpoint.host, "port": device.endpoint.port,
            "simulated": device.is_simulated, "primary": device.is_primary,
        }
        for device in bench.devices
    ]  # fmt: skip
    return {"bench": str(bench.path), "clock": bench.clock, "devices": devices}


if __name__ == "__main__":
    print(json.dumps(examine(sys.argv[1], sys.argv[2])))
