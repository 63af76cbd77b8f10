"""A device whose every number moves with the wall's time: what measuring puts on a wire in place of a plant's."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

from plant.asset.profile.file import Profile
from simulators.device import Indication
from simulators.manner import SOUND, Manner


class Moving:
    """It shows the signals of a profile, each as the milliseconds of this hour, so that none stays as it was."""

    def __init__(self, profile: Profile):
        self.manner: Manner = SOUND
        points = [point for point in profile.points if point.signal.kind == "measurement"]
        self._names = [f"{point.role}.{point.signal.name}" for point in points]

    @property
    def time(self) -> int:
        """The wall's, UTC ns."""
        return time.time_ns()

    @property
    def stamp(self) -> int:
        """The same."""
        return self.time

    @property
    def signals(self) -> Collection[str]:
        """All that moves."""
        return self._names

    def readings(self) -> Mapping[str, Indication]:
        """What it shows now."""
        shown = Indication(time.time_ns() / 1e6 % 3.6e6)
        return dict.fromkeys(self._names, shown)

    def check(self, signal: str, value: float) -> None:
        """It takes anything, and does nothing."""

    def write(self, signal: str, value: float) -> None:
        """Likewise."""
