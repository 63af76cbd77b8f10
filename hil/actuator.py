"""An actuator on the bus: what an operator does goes the operator's way, what befalls a field the field's.

Writes go through the guarded command path and by wire to the device. Faults go to the simulated field's
control channel, on which nothing of the production stack listens.
"""

from __future__ import annotations

import json

from control.bus.connection import Bus
from control.bus.message.command import Command
from control.client import Control
from hil.event import Event
from hil.player import Reply
from plant.error import CommandRefused, GemeloError
from simulators.fault.order import Order

TIMEOUT = 30.0  # s of the wall


class BusActuator:
    """Does events on whatever stack runs on a bus."""

    def __init__(self, bus: Bus, by: str):
        self.bus, self.by = bus, by
        self._control = Control(bus)

    async def do(self, event: Event) -> Reply:
        """Do it now; nobody answering is an answer too."""
        try:
            return await (self._write(event) if event.order is None else self._fault(event.order))
        except CommandRefused as error:
            return Reply("refused", str(error))
        except GemeloError as error:
            return Reply("failed", str(error))

    async def _write(self, event: Event) -> Reply:
        asked = Command.of({"tag": event.target, "value": event.value, "by": self.by, "reason": event.name})
        outcome = await self._control.write(asked)
        return Reply(outcome.outcome, outcome.detail)

    async def _fault(self, order: Order) -> Reply:
        reply = await self.bus.request(self.bus.subjects.sim_control(), order.request(), TIMEOUT)
        return Reply("done", time=json.loads(reply).get("time_ns"))
