"""``gemelo field check``: every mistake of a field file and its bench, or what they describe."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import ServiceError
from plant.process import kernel_cache
from ui.supervisor.examine import examine
from ui.supervisor.rehearsal import rehearse


def check(field: str, bench: str | None) -> None:
    """Print what the files describe, and warn where what was measured is not what they give.

    Raises :class:`ServiceError` with all that is wrong.
    """
    found = examine(field, bench)
    _refuse(found["mistakes"])
    if not kernel_cache.is_ready():
        print("compiling the plant's equations, once for this version", file=sys.stderr)
    described = load_field(field)
    mistakes, warnings = rehearse(described, field, load_bench(bench, described.assets()) if bench else None)
    _refuse(mistakes)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    _describe(found, bench is not None)


def _refuse(mistakes: list[Any]) -> None:
    if mistakes:
        raise ServiceError("\n".join(map(str, mistakes)))


def _describe(found: dict[str, Any], has_bench: bool) -> None:
    kinds = Counter(asset.partition(".")[0] for asset in found["assets"])
    counts = ", ".join(f"{n} × {kind}" for kind, n in kinds.items())
    print(f"{found['field']}: {counts}; {found['tags']} tags, {found['alarms']} alarms")
    if has_bench:
        acquired, simulated = (sum(device[key] for device in found["devices"]) for key in ("acquired", "simulated"))
        print(f"{found['bench']}: {len(found['devices'])} devices, {simulated} of them simulated, {acquired} acquired")
