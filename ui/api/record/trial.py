"""A trial of many wells: imported from one file, and listed with filters, through the API's own routes and doors.

``python -m ui.api.record.trial URL FOLDER WELLS`` says as JSON how long it took; ``gemelo bench api`` asks it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx

from control.access.identity import Place
from control.bus.subject import Subjects
from ui.api.app import create_app
from ui.api.context import Context
from ui.api.record.sheet import CSV
from ui.identity.accounts import Accounts

SECRET, FIELD = "of this measurement alone", "bench"
HEAD = "field,code,name,well_type,lift,status,latitude,longitude,x_m,y_m"
KINDS = (("PROD_OIL", "ESP"), ("PROD_OIL", "GAS_LIFT"), ("PROD_GAS", "NATURAL"), ("INJ_WATER", "INJECTION"))
STATUSES = ("ACTIVE", "SHUT_IN", "WORKOVER")
LOOKS = 60


async def wells(folder: Path, url: str, many: int) -> tuple[float, float]:
    """Seconds that the import took, and the 95th percentile of lists [ms]."""
    accounts = Accounts.open(folder, SECRET, url)
    place = Place("bench", FIELD)
    accounts.ledger.add_tenant(place.tenant)
    none, bus = cast(Any, None), cast(Any, SimpleNamespace(subjects=Subjects("bench", FIELD)))
    context = Context(none, bus, none, none, none, none, accounts)
    app = create_app(context, accounts.known, place, ("here",))
    headers = {"Authorization": f"Bearer {SECRET}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here/api/v1", headers=headers) as client:
        field = (await client.post("/fields", json={"code": FIELD, "name": FIELD})).raise_for_status().json()["id"]
        began = time.monotonic()
        sent = {"content": _file(many), "headers": headers | {"Content-Type": CSV}}
        (await client.post("/wells/import", **cast(Any, sent))).raise_for_status()
        taken = time.monotonic() - began
        p95 = await _listed(client, field)
    accounts.ledger.close()
    return round(taken, 2), round(p95 * 1e3, 2)


async def _listed(client: httpx.AsyncClient, field: str) -> float:
    took = []
    for number in range(LOOKS):
        kind, status = KINDS[number % 4][0], STATUSES[number % 3]
        asked: dict[str, Any] = {"field_id": field, "status": status, "well_type": kind, "limit": 100}
        began = time.monotonic()
        page = await client.get("/wells", params=asked | ({"sort": "-code"} if number % 2 else {"skip": 200}))
        took.append(time.monotonic() - began)
        page.raise_for_status()
    return sorted(took)[int(0.95 * len(took))]


def _file(many: int) -> bytes:
    rows = (
        f"{FIELD},W-{i:06},Well {i},{KINDS[i % 4][0]},{KINDS[i % 4][1]},{STATUSES[i % 3]},"
        f"{37 + i % 100 / 100},{118 + i % 90 / 100},{i % 1000},{i // 1000}"
        for i in range(many)
    )
    return "\n".join((HEAD, *rows)).encode()


def main() -> None:
    """Entry point."""
    url, folder, many = sys.argv[1:]
    taken, p95 = asyncio.run(wells(Path(folder), url, int(many)))
    print(json.dumps({"import_s": taken, "list_p95_ms": p95}))


if __name__ == "__main__":
    main()
