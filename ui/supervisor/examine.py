"""Examine the files of a field: every mistake in field, bench and alarm table, and what they amount to.

Run as ``python -m ui.supervisor.examine FIELD BENCH``, it prints its findings as JSON. An empty BENCH is the field's
own. With ``FIRST BROKER FILE`` besides, the bench is moved to those ports and written there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from control.site import Site, read_alarmed
from plant.asset.bench import Bench
from plant.asset.bench_file import bench_of, write_bench
from plant.asset.field import Field
from plant.asset.tag import tags_of
from plant.asset.topic import Topics
from plant.error import ConfigError
from ui.supervisor.rehearsal import construct

Move = Callable[[Bench], Bench]


def examine(field: str | Path, bench: str | Path | None = None, move: Move = lambda bench: bench) -> dict[str, Any]:
    """``mistakes`` of a field, its alarms and its bench as text; where there are none, what they describe."""
    try:
        return {"mistakes": [], **(_alone(field) if bench is None else _on_bench(field, bench, move))}
    except ConfigError as error:
        return {"mistakes": [str(mistake) for mistake in error.mistakes]}


def _alone(source: str | Path) -> dict[str, Any]:
    field, _, alarms, mistakes = read_alarmed(source)
    if field is None or (mistakes := mistakes or construct(field, str(source))):
        raise ConfigError(mistakes)
    return {**_of_field(field), "alarms": len(alarms.rules)}


def _on_bench(field: str | Path, bench: str | Path, move: Move) -> dict[str, Any]:
    site = Site.load(str(field), str(bench))
    if mistakes := construct(site.field, str(field)):
        raise ConfigError(mistakes)
    return {**_of_field(site.field), "alarms": len(site.rules), **_of_bench(move(site.bench))}


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
    topics = sorted({Topics(d.device_id).all for d in bench.devices if d.endpoint.scheme == "mqtt"})
    return {"bench": str(bench.path), "clock": bench.clock, "devices": devices, "topics": topics}


def _main(field: str, bench: str, first: str = "", broker: str = "", file: str = "") -> dict[str, Any]:
    def move(found: Bench) -> Bench:
        return write_bench(found.moved(count(int(first)), int(broker)), Path(file)) if first else found

    return examine(field, bench or bench_of(field), move)


if __name__ == "__main__":
    print(json.dumps(_main(*sys.argv[1:])))
