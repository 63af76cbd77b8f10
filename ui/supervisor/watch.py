"""A watch over one process: how long it has shown no sign of life, on a machine that may itself be held up.

Time that the watch itself lost (a machine asleep or overloaded, a supervisor that was stopped) is nobody's silence.
"""

from __future__ import annotations

LOOK = 1.0  # s between two looks
SILENCE = 20.0  # s without a sign after which a process counts as frozen; services beat every two
BIRTH = 600.0  # s that its first sign may take: a field may have to be compiled


class Watch:
    """Begins with the process. Times are monotonic, s."""

    def __init__(self, now: float, silence: float = SILENCE, birth: float = BIRTH):
        self._heard = self._now = now
        self._silence, self._birth = silence, birth
        self._is_born = False

    def look(self, now: float, seen: bool, late: float = 0.0) -> None:
        """Take note of whether a sign came, in a look that began ``late``."""
        self._now = now
        self._heard += late
        if seen:
            self._heard, self._is_born = now, True

    @property
    def silent_for(self) -> float:
        """Since its last sign, or its start [s]."""
        return self._now - self._heard

    @property
    def is_frozen(self) -> bool:
        """Whether it has been silent for longer than anything it does can take."""
        return self.silent_for > (self._silence if self._is_born else self._birth)
