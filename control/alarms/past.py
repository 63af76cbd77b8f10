"""The past of the alarms: their last transitions at an earlier moment, for a field that goes back to one.

Lately is remembered here; what lies further back stands in the stream, from which all is read again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from control.bus.connection import Bus
from control.bus.message.alarm import Transition
from plant.error import OutOfRange

MOST = 5_000  # transitions remembered
PATIENCE = 5.0  # s for the next of the stream to come


class Past:
    """How every alarm stood ``since`` (UTC ns), by ``base``, and what happened from there on."""

    def __init__(self, base: Iterable[Transition] = (), since: int = 0):
        self._base = {one.id: one for one in base}
        self._since = since
        self._told: deque[Transition] = deque()

    def add(self, one: Transition) -> None:
        """Take down what happened now."""
        self._told.append(one)
        if len(self._told) > MOST:
            oldest = self._told.popleft()
            self._base[oldest.id], self._since = oldest, oldest.time_ns

    def at(self, moment: int) -> dict[str, Transition] | None:
        """The last transition of every alarm that had any by ``moment`` (UTC ns); None where that is forgotten."""
        if moment < self._since:
            return None
        return self._base | {one.id: one for one in self._told if one.time_ns <= moment}


async def read_past(bus: Bus, moment: int) -> dict[str, Transition]:
    """The same from the stream. Raises as the bus does where it is away."""
    subject, found = bus.subjects.alarms("*"), dict[str, Transition]()
    subscription = await bus.stream.subscribe(subject, ordered_consumer=True)
    waiting = (await subscription.consumer_info()).num_pending or 0
    for _ in range(waiting):
        message = await subscription.next_msg(timeout=PATIENCE)
        try:
            one = Transition.decode(message.data)
        except OutOfRange:
            continue
        if one.time_ns <= moment:
            found[one.id] = one
    await subscription.unsubscribe()
    return found
