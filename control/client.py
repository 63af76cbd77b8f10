"""Control from the outside: how API, screens and stories write, handle alarms, and look how it stands.

Whatever control refuses is raised here as it was raised there. Values are SI.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from control.bus.connection import Bus
from control.bus.hearing import hear
from control.bus.kept import kept
from control.bus.message.alarm import Handled, Handling, Transition
from control.bus.message.beat import Beat
from control.bus.message.command import Command, Outcome
from plant.asset.tag import asset_of
from plant.error import ServiceError

WRITTEN = 30.0  # s for control to write, read back and see the effect
SEEN = 5.0  # s for what was done with an alarm to be on disk


class Control:
    """Asks control of the field that a bus is about. Raises :class:`ServiceError` where it does not answer."""

    def __init__(self, bus: Bus):
        self._bus = bus

    async def write(self, command: Command, patience: float = WRITTEN) -> Outcome:
        """Have something written, and say how it ended. Raises :class:`CommandRefused` or :class:`Unknown`."""
        subject = self._bus.subjects.commands(asset_of(command.tag))
        return Outcome.decode(await self._bus.request(subject, command, patience))

    async def handle(self, alarm: str, verb: str, by: str, comment: str = "", for_s: float | None = None) -> Handled:
        """Acknowledge an alarm, or do another of :data:`control.alarms.handling.VERBS` with it.

        Raises :class:`Unknown` where there is no such alarm, and :class:`OutOfRange` where that may not be.
        """
        asked = Handling.of({"alarm": alarm, "verb": verb, "by": by, "comment": comment, "for_s": for_s})
        return Handled.decode(await self._bus.request(self._bus.subjects.handling(), asked, SEEN))

    async def alarms(self) -> list[Transition]:
        """The last transition of every alarm, those that are normal again too, in the order in which they came."""
        entries = await kept(self._bus, await self._bus.bucket("alarms"))
        return [Transition.decode(entry.value) for entry in entries]

    async def beat(self, service: str = "control", patience: float = SEEN) -> Beat:
        """How a process stands, from its next pulse."""
        heard: asyncio.Queue[Beat] = asyncio.Queue()
        subscription = await hear(self._bus, self._bus.subjects.status(service), Beat.decode, heard.put_nowait)
        try:
            async with asyncio.timeout(patience):
                return await heard.get()
        except TimeoutError:
            raise ServiceError(f"{service} has not been heard for {patience:g} s") from None
        finally:
            await subscription.unsubscribe()

    async def hear_alarms(self, take: Callable[[Transition], None]) -> None:
        """Have every transition from now on taken."""
        await hear(self._bus, self._bus.subjects.alarms("*"), Transition.decode, take)

    async def hear_beats(self, take: Callable[[Beat], None]) -> None:
        """Have every process' pulse taken."""
        await hear(self._bus, self._bus.subjects.status("*"), Beat.decode, take)
