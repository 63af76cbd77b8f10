"""The registers of Modbus units: one image in which all units of a process lie, and each unit's part of it.

Words are kept big-endian, as they travel, so that answering a read is a copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from plant.asset.register import AREAS, Register
from plant.error import Unknown

ROOM = 4096  # values for which an image has room at first; it doubles when they are taken


class Shared:
    """Values of one kind, of all units. It grows as parts are taken, and gives what came back to the next."""

    def __init__(self, kind: str):
        self.values = np.zeros(ROOM, kind)
        self._end = 0
        self._returned: dict[int, list[int]] = {}  # where parts begin that came back, by their length

    def take(self, count: int) -> int:
        """Where a part of ``count`` values begins; all are zero."""
        if self._returned.get(count):
            start = self._returned[count].pop()
            self.values[start : start + count] = 0
            return start
        start, self._end = self._end, self._end + count
        while self._end > len(self.values):
            grown = np.zeros(2 * len(self.values), self.values.dtype)  # concatenating would turn the bytes of words
            grown[: len(self.values)] = self.values
            self.values = grown
        return start

    def give_back(self, start: int, count: int) -> None:
        """Let another unit have what this one had."""
        self._returned.setdefault(count, []).append(start)


BITS, WORDS = Shared("u1"), Shared(">u2")  # of this process
KINDS = {"coil": BITS, "discrete": BITS, "input": WORDS, "holding": WORDS}


class Part(NamedTuple):
    """One area of one unit."""

    of: Shared
    start: int
    size: int


class Image:
    """Coils, discrete inputs, input and holding registers of one unit; what lies past an area's end is absent."""

    def __init__(self, coil: int = 0, discrete: int = 0, input: int = 0, holding: int = 0):  # noqa: A002 (Modbus' word)
        counts = {"coil": coil, "discrete": discrete, "input": input, "holding": holding}
        self._areas = {area: Part(KINDS[area], KINDS[area].take(count), count) for area, count in counts.items()}

    @classmethod
    def covering(cls, registers: Iterable[Register]) -> Image:
        """An image just large enough for these registers."""
        ends = dict.fromkeys(AREAS, 0)
        for register in registers:
            ends[register.area] = max(ends[register.area], register.address + register.width)
        return cls(**ends)

    def read(self, area: str, address: int, count: int) -> np.ndarray:
        """``count`` values from ``address``. Raises :class:`Unknown` where the unit has no such address."""
        shared, start, size = self._areas[area]
        if address + count > size:
            raise Unknown(f"{area} address", f"{address}..{address + count - 1}")
        start += address
        return shared.values[start : start + count]

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        """Put values there. Raises :class:`Unknown` as :meth:`read` does."""
        self.read(area, address, len(values))[:] = values

    def close(self) -> None:
        """Leave its place to other units; it is not to be used any more."""
        for shared, start, count in self._areas.values():
            shared.give_back(start, count)
        self._areas = dict.fromkeys(AREAS, Part(WORDS, 0, 0))
