"""An actuator on the bus: what an operator does goes the operator's way, what befalls a field the field's.

Writes go through the guarded command path and by wire to the device. Faults go to the simulated field's
control channel, on which nothing of the production stack listens.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from control.bus.connection import Bus
from hil.event import Event
from hil.player import Reply
from plant.asset.bench import Bench
from plant.asset.error import ServiceError
from plant.asset.tag import asset_of
from simulators.fault.order import Order

TIMEOUT = 30.0  # s of the wall: the command path answers when the effect is confirmed, or is not


class BusActuator:
    """Does events on whatever stack runs on a bus."""

    def __init__(self, bus: Bus, bench: Bench, by: str):
        self.bus, self.bench, self.by = bus, bench, by
        self._primary = bench.primary()

    async def do(self, event: Event) -> Reply:
        """Do it now; nobody answering is an answer too."""
        try:
            return await (self._write(event) if event.order is None else self._fault(event.order))
        except ServiceError as error:
            return Reply("failed", str(error))

    async def _write(self, event: Event) -> Reply:
        device = self._primary.get(event.target)
        if device is None:
            return Reply("failed", f"no device of the bench answers for {event.target}")
        asked = {
            "tag": event.target, "value": event.value, "by": self.by, "reason": event.name, "id": uuid.uuid4().hex,
        }  # fmt: skip
        reply = await self._ask(self.bus.subjects.commands(asset_of(event.target)), asked)
        if "error" in reply:
            return Reply("refused" if reply["error"]["kind"] == "CommandRefused" else "failed", _detail(reply))
        return Reply(reply["outcome"], reply.get("detail") or "")

    async def _fault(self, order: Order) -> Reply:
        reply = await self._ask(self.bus.subjects.sim_control(), order.request())
        if "error" in reply:
            return Reply("failed", _detail(reply))
        return Reply("done", time=reply.get("time_ns"))

    async def _ask(self, subject: str, asked: dict[str, Any]) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads(await self.bus.request(subject, asked, TIMEOUT))
        return reply


def _detail(reply: dict[str, Any]) -> str:
    return str(reply["error"]["detail"])
