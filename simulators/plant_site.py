"""Where simulated devices stand: the plant they touch, and what they share at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import simpy

from simulators.instrument import InstrumentBank
from simulators.separator import SeparatorControl
from simulators.vsd import DriveBank

SECOND = 1_000_000_000  # ns
SLACK = 200_000_000  # by which plant time may lag: it goes in steps of as much [ns]


class Plant(Protocol):
    """What devices see of :class:`plant.process.field.FieldProcess`."""

    env: simpy.Environment
    signals: dict[str, np.ndarray]  # truth, "{AssetType}.{Signal}" → one element per asset, SI
    inputs: dict[str, np.ndarray]  # what devices drive

    def index(self, asset: str) -> int:
        """Position of an asset in its type's arrays."""
        ...


@dataclass
class PlantSite:
    """The plant, and the instruments, drives and separator controls on it."""

    plant: Plant
    instruments: InstrumentBank
    drives: DriveBank
    separators: Mapping[str, SeparatorControl]  # by asset
    epoch: int  # plant time 0, UTC ns
    written: Callable[[], None] = lambda: None  # called after a device took a write and before it answers

    @property
    def time(self) -> int:
        """Plant time, UTC ns."""
        return self.epoch + round(self.plant.env.now * SECOND)

    def set_clocks(self, now: int) -> None:
        """Set the devices' clocks to ``now`` (UTC ns) where they are off, as a site's time server does.

        Ahead they are where somebody has set the server's clock back.
        """
        behind = now - self.time
        if abs(behind) > 2 * SLACK:
            self.epoch += behind - SLACK  # never ahead, whenever the next step comes
