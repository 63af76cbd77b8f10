"""The devices of a bench as records of its field: what is in the bench is so in the ledger, what is not is retired."""

from __future__ import annotations

from typing import Any

from historian.ledger.books import Books
from plant.asset.bench import Bench, Device


def take_devices(books: Books, field: str, bench: Bench) -> None:
    """Take a bench over. Done twice, the second time changes nothing."""
    home = books.one("field", code=field)
    if home is None:
        return
    known = {row["code"]: row for row in books.find("device", field_id=home["id"], limit=1_000_000)}
    meant = {device.name: _values(device) for device in bench.devices}
    for code, row in known.items():
        books.change("device", row["id"], meant.get(code, {"is_retired": True}))
    new = [{"field_id": home["id"], "code": code, **values} for code, values in meant.items() if code not in known]
    books.add_many("device", new)


def _values(device: Device) -> dict[str, Any]:
    return {
        "protocol": device.profile.protocol, "profile": device.profile.name,
        "asset": next(iter(device.assets.values()), None), "endpoint": str(device.endpoint),
        "is_simulated": device.is_simulated, "is_primary": device.is_primary, "is_retired": False,
    }  # fmt: skip
