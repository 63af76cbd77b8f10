"""The registers of one Modbus unit, as four arrays.

Words are kept big-endian, as they travel, so that answering a read is a copy.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from plant.asset.register import AREAS, Register
from plant.error import Unknown


class Image:
    """Coils, discrete inputs, input and holding registers of one unit; what lies past an array's end is absent."""

    def __init__(self, coil: int = 0, discrete: int = 0, input: int = 0, holding: int = 0):  # noqa: A002 (Modbus' word)
        self._areas = {
            "coil": np.zeros(coil, np.uint8), "discrete": np.zeros(discrete, np.uint8),
            "input": np.zeros(input, ">u2"), "holding": np.zeros(holding, ">u2"),
        }  # fmt: skip

    @classmethod
    def covering(cls, registers: Iterable[Register]) -> Image:
        """An image just large enough for these registers."""
        ends = dict.fromkeys(AREAS, 0)
        for register in registers:
            ends[register.area] = max(ends[register.area], register.address + register.width)
        return cls(**ends)

    def read(self, area: str, address: int, count: int) -> np.ndarray:
        """``count`` values from ``address``. Raises :class:`Unknown` where the unit has no such address."""
        values = self._areas[area]
        if address + count > len(values):
            raise Unknown(f"{area} address", f"{address}..{address + count - 1}")
        return values[address : address + count]

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        """Put values there. Raises :class:`Unknown` as :meth:`read` does."""
        self.read(area, address, len(values))[:] = values
