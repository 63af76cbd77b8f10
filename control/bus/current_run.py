"""The run that is shown: what listeners keep apart, so that nothing of another run is taken for what is now.

The field's clock says which run it is; a batch or an alarm of a run that nobody has heard of yet may be there before.
On the wall's clock there is only the field's own run, whatever a simulated field announces.
"""

from __future__ import annotations

from collections.abc import Callable

from control.bus.clock import Clock, FieldClock
from control.bus.message.announcement import PlantTime


class CurrentRun:
    """Knows which run goes on, and calls ``turn`` when it is another. Follows ``clock`` where that is a field's."""

    def __init__(self, clock: Clock, turn: Callable[[], None]):
        self._turn, self._past = turn, set[str]()
        self.name = clock.run
        self._follows = isinstance(clock, FieldClock)
        if isinstance(clock, FieldClock):
            clock.turned.append(self._announced)

    def takes(self, run: str) -> bool:
        """Whether what comes of ``run`` is of now. Of one that is new it is, from here on."""
        if not self._follows or run == self.name:
            return True
        if run in self._past:
            return False
        self._go_on_as(run)
        return True

    def _announced(self, said: PlantTime) -> None:
        if said.run != self.name:
            self._go_on_as(said.run)

    def _go_on_as(self, run: str) -> None:
        self._past = (self._past | {self.name}) - {run}
        self.name = run
        self._turn()
