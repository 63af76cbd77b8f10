"""``gemelo field check``: every mistake of a field file and its bench, or what they describe."""

from __future__ import annotations

from collections import Counter

from plant.asset.error import ServiceError
from ui.supervisor.examine import examine


def check(field: str, bench: str | None) -> None:
    """Print what the files describe. Raises :class:`ServiceError` with all that is wrong."""
    found = examine(field, bench)
    if found["mistakes"]:
        raise ServiceError("\n".join(found["mistakes"]))
    kinds = Counter(asset.partition(".")[0] for asset in found["assets"])
    counts = ", ".join(f"{n} × {kind}" for kind, n in kinds.items())
    print(f"{found['field']}: {counts}; {found['tags']} tags, {found['alarms']} alarms")
    if bench is not None:
        acquired, simulated = (sum(device[key] for device in found["devices"]) for key in ("acquired", "simulated"))
        print(f"{found['bench']}: {len(found['devices'])} devices, {simulated} of them simulated, {acquired} acquired")
