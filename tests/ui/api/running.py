"""An API that tests can call: a real bus, a real historian, a real HTTP server, and a stand-in for control."""

import argparse
import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.message.alarm import Handled, Handling
from control.bus.message.command import Command, Outcome
from control.bus.service import Pulse
from control.commands.guard import check
from control.site import Site
from plant.error import ServiceError, Unknown
from plant.unit import UNITS
from tests.conftest import free_port
from tests.historian.running import running_historian, until
from tests.place import DEMO
from ui.api.service import body

TOKEN = "a token that nobody guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WELL = "Well.CACB27A-P1"
DEVICE = "RTU-CACB27A-P1"
SECOND = 10**9


class Control:
    """What the API sees of control: it guards as control does, and says that everything else was done."""

    def __init__(self, bus: Bus):
        self.bus, self.site = bus, Site.load("shengli12", "shengli12")
        self.commands: list[dict[str, Any]] = []
        self.acknowledged: list[dict[str, Any]] = []

    async def start(self) -> None:
        await self.bus.answer(self.bus.subjects.commands("*"), self._command, Command.decode)
        await self.bus.answer(self.bus.subjects.handling(), self._handle, Handling.decode)
        await self.beat()

    async def beat(self) -> None:
        """Show a pulse."""
        pulse = Pulse("control")
        pulse.devices = {DEVICE: {"connected": True, "rate": 21.0, "lag_s": 0.4, "missed": 0, "last_error": None}}
        await self.bus.publish(self.bus.subjects.status("control"), pulse.beat())

    async def _command(self, command: Command) -> Outcome:
        check(command, self.site.tags, self.site.bench.primary(), None, 0.0)
        self.commands.append(command.plain())
        failed = command.reason == "fail"
        detail = "written, but nothing was read back" if failed else ""
        outcome = Outcome(
            command.id, "failed" if failed else "done", command.tag, command.value,
            None if failed else command.value, detail, 1_750_000_000 * SECOND, 0.1,
        )  # fmt: skip
        event = outcome.plain() | {"by": command.by, "previous": None}
        await self.bus.record(self.bus.subjects.events("command"), event)
        return outcome

    async def _handle(self, asked: Handling) -> Handled:
        if asked.alarm == "nobody/knows":
            raise Unknown("alarm", asked.alarm)
        self.acknowledged.append(asked.plain())
        return Handled(asked.alarm, "ACKED", True, 1_750_000_000 * SECOND, asked.by)


def alarm(**changes: Any) -> dict[str, Any]:
    """As control says it."""
    return {
        "id": f"{WELL}.IntakePressure.low", "tag": f"{WELL}.IntakePressure", "kind": "low", "priority": 2,
        "field": "shengli12", "before": "NORM", "state": "UNACK", "event": "raise", "time_ns": 1_750_000_000 * 10**9,
        "value": UNITS["MPag"].to_si(3.0), "limit": UNITS["MPag"].to_si(3.5), "unit": "MPag",
        "message": {"en": "Intake pressure low", "es": "Presión de succión baja"}, "by": None, "comment": None,
    } | changes  # fmt: skip


@dataclass
class Stack:
    """A running API with all that is behind it."""

    bus: Bus
    client: httpx.AsyncClient
    control: Control | None
    pulse: Pulse

    async def get(self, path: str, status: int = 200, **query: Any) -> Any:
        reply = await self.client.get(f"/api/v1{path}", params=query)
        assert reply.status_code == status, reply.text
        return reply.json()

    async def post(self, path: str, body: Any = None, status: int = 200, token: str | None = TOKEN) -> Any:
        headers = {"Authorization": f"Bearer {token}" if token else ""}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
        reply = await self.client.post(f"/api/v1{path}", content=content, headers=headers)
        assert reply.status_code == status, reply.text
        return reply.json()

    async def say(self, *batches: Batch, device: str = DEVICE) -> None:
        """Publish as acquisition does."""
        for batch in batches:
            await self.bus.stream.publish(self.bus.subjects.telemetry(device), batch.encode())

    async def value(self, tag: str, at: int, **query: Any) -> dict[str, Any]:
        """The tag's value once it is that of ``at``."""
        return await until(lambda: self.get(f"/values/{tag}", **query), lambda value: value["time_ns"] == at)


@contextlib.asynccontextmanager
async def running_api(url: str, before: Batch | None = None, control: bool = True) -> AsyncIterator[Stack]:
    """The API's service on the test's own loop, stopped at the end as SIGTERM does."""
    port, pulse, stop = free_port(), Pulse("api"), asyncio.Event()
    settings = argparse.Namespace(host="127.0.0.1", port=port, field="shengli12", bench="shengli12", data=None)
    bus, behind = await Bus.connect(url, DEMO), await Bus.connect(url, DEMO)
    if before is not None:
        await (await behind.latest()).put(DEVICE, before.encode())
    stand_in = Control(behind) if control else None
    service = asyncio.create_task(body(bus, settings, pulse, stop))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=BEARER, timeout=20) as client:
        await until(lambda: _up(client, service))
        if stand_in:
            await stand_in.start()
        try:
            yield Stack(behind, client, stand_in, pulse)
        finally:
            stop.set()
            await service
            await bus.close()
            await behind.close()


@contextlib.asynccontextmanager
async def running_stack(url: str, data: Path, before: Batch | None = None) -> AsyncIterator[Stack]:
    """The API with a historian and a control behind it."""
    async with running_historian(url, data), running_api(url, before) as stack:
        yield stack


async def _up(client: httpx.AsyncClient, service: asyncio.Task[None]) -> None:
    if service.done():
        pytest.fail(f"the API ended: {service.exception()!r}")
    try:
        (await client.get("/health")).raise_for_status()
    except httpx.HTTPError as error:
        raise ServiceError("not yet") from error
