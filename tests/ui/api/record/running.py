"""The API of records in process: a real ledger, real routes and doors; no bus, no server."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import httpx
from starlette.datastructures import Headers

from control.access.identity import Grant, Identity, Place
from control.site import Site
from historian.ledger.ledger import Ledger
from ui.api.app import create_app
from ui.api.catalogue import Catalogue
from ui.api.context import Context

SITE = Site.load("shengli12", "shengli12")
KIND = {"well_type": "PROD_OIL", "lift": "ESP", "status": "ACTIVE"}


@dataclass
class Who:
    """Everybody is who the test says."""

    grants: tuple[Grant, ...] = (Grant("tenant-admin", "demo"),)

    def identify(self, _: Headers) -> Identity:
        return Identity("ana", self.grants, "bearer", "ana-id")


class Records:
    """A client of the API over a ledger, and what it has made."""

    def __init__(self, ledger: Ledger, tenant: str = "demo", **behind: Any):
        self.ledger, self.who, place = ledger, Who((Grant("tenant-admin", tenant),)), Place(tenant, "north")
        bus = SimpleNamespace(subjects=SimpleNamespace(tenant=tenant, field="north"))
        parts = dict.fromkeys(("clock", "control", "history", "feed")) | {"catalogue": Catalogue(SITE)} | behind
        context = Context(bus=bus, known_accounts=SimpleNamespace(ledger=ledger), **parts)  # type: ignore[arg-type]
        self._app = create_app(context, self.who, place, ("here",))

    async def ask(self, method: str, path: str, status: int = 200, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            reply = await client.request(method, f"/api/v1{path}", **more)
        assert reply.status_code == status, reply.text
        return reply

    async def get(self, path: str, answered: int = 200, **query: Any) -> Any:
        return (await self.ask("GET", path, answered, params=query)).json()

    async def post(self, path: str, body: Any, status: int = 201, **headers: str) -> Any:
        return (await self.ask("POST", path, status, json=body, headers=headers)).json()

    async def field(self, code: str = "north") -> str:
        return str((await self.post("/fields", {"code": code, "name": code.title()}))["id"])

    async def well(self, field: str, code: str = "N-1", answered: int = 201, **more: Any) -> Any:
        return await self.post("/wells", {"field_id": field, "code": code, "name": code, **KIND, **more}, answered)

    def count(self, noun: str) -> int:
        with self.ledger.reading("demo") as books:
            return books.count(noun)
