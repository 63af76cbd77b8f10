"""Drivers: how one device is reached, whatever wire it is on.

A driver speaks one protocol to one device and answers in ours: SI, quality codes, UTC. Nothing of the
protocol's own gets past it, its exceptions least of all: a caller sees :class:`DeviceLost`,
:class:`DeviceTimeout` or :class:`DeviceRefused`, and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class Reading:
    """What a device said: one sample of each of its driver's tags, in their order."""

    time: np.ndarray  # int64, UTC ns
    value: np.ndarray  # float64, SI; NaN where there is none
    quality: np.ndarray  # uint32
    text: Mapping[int, str] | None = None  # of tags whose values are texts, by position
    clock: int | None = None  # what the device's own clock shows as it says this, UTC ns, where it can be told


class Driver(Protocol):
    """One device on its wire."""

    tags: tuple[str, ...]

    @property
    def missed(self) -> int:
        """Scans that came due while an earlier one was still under way; 0 by subscription."""
        ...

    async def connect(self) -> None:
        """Reach the device. Raises :class:`DeviceLost` or :class:`DeviceTimeout`."""
        ...

    async def read(self) -> Reading:
        """What the device says now. A part it refuses is Bad in the reading; no answer at all raises."""
        ...

    def stream(self) -> AsyncIterator[Reading]:
        """Readings as they come, by scan or by subscription, until the device is lost (which raises)."""
        ...

    async def write(self, tag: str, value: float) -> None:
        """Write an SI value. Raises :class:`DeviceRefused` where the device does not take it."""
        ...

    async def close(self) -> None:
        """Let go of the device. It may be connected again."""
        ...
