"""Examine the files of a field: every mistake in field, bench and alarm table, and what they amount to.

Run as ``python -m ui.supervisor.examine FIELD BENCH``, it prints its findings as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from control.site import Site, read_alarmed
from plant.asset.bench import Bench
from plant.asset.error import ConfigError
from plant.asset.field import Field
from plant.asset.tag import tags_of
from ui.supervisor.rehearsal import construct


def examine(field: str | Path, bench: str | Path | None = None) -> dict[str, Any]:
    """``mistakes`` of a field, its alarms and its bench as text; where there are none, what they describe."""
    try:
        return {"mistakes": [], **(_alone(field) if bench is None else _on_bench(field, bench))}
    except ConfigError as error:
        return {"mistakes": [str(mistake) for mistake in error.mistakes]}


def _alone(source: str | Path) -> dict[str, Any]:
    field, _, rules, mistakes = read_alarmed(source)
    if field is None or (mistakes := mistakes or construct(field, str(source))):
        raise ConfigError(mistakes)
    return {**_of_field(field), "alarms": len(rules)}


def _on_bench(field: str | Path, bench: str | Path) -> dict[str, Any]:
    site = Site.load(str(field), str(bench))
    if mistakes := construct(site.field, str(field)):
        raise ConfigError(mistakes)
    return {**_of_field(site.field), "alarms": len(site.rules), **_of_bench(site.bench)}


def _of_field(field: Field) -> dict[str, Any]:
    assets = field.assets()
    return {"field": field.name, "tenant": field.tenant, "assets": assets, "tags": len(tags_of(assets))}


def _of_bench(bench: Bench) -> dict[str, Any]:
    devices = [
        {
            "name": device.name, "host": device.endpoint.host, "port": device.endpoint.port,
            "listens": device.protocol.listens, "simulated": device.is_simulated,
            "primary": device.is_primary, "acquired": device.is_acquired,
        }
        for device in bench.devices
    ]  # fmt: skip
    return {"bench": str(bench.path), "clock": bench.clock, "devices": devices}


if __name__ == "__main__":
    print(json.dumps(examine(sys.argv[1], sys.argv[2])))
