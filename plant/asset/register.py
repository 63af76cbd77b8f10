"""How a value lies in Modbus registers: type, word order and scale, both ways, over whole blocks.

Registers are 16-bit words, each big-endian on the wire; a 32-bit value takes two of them, in one of
four orders named by its bytes: ``ABCD`` (most significant word first), ``CDAB``, ``BADC``, ``DCBA``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

AREAS = ("coil", "discrete", "input", "holding")
ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")
TYPES = {
    "bool": np.dtype("?"), "uint16": np.dtype(">u2"), "int16": np.dtype(">i2"), "uint32": np.dtype(">u4"),
    "int32": np.dtype(">i4"), "float32": np.dtype(">f4"), "float64": np.dtype(">f8"),
}  # fmt: skip


@dataclass(frozen=True)
class Register:
    """Where and how one value lies: ``value in the device's unit = raw * scale + offset``."""

    area: str
    address: int
    type: str
    order: str = "ABCD"
    scale: float = 1.0
    offset: float = 0.0

    @property
    def is_bit(self) -> bool:
        """Whether it is a coil or a discrete input."""
        return self.area in ("coil", "discrete")

    @property
    def width(self) -> int:
        """How many registers (or bits) it takes."""
        return 1 if self.is_bit else TYPES[self.type].itemsize // 2

    def decode(self, words: np.ndarray) -> float:
        """Value in the device's unit from its ``width`` words (uint16) or its bit."""
        if self.is_bit:
            return float(words[0])
        raw = self._ordered(np.asarray(words, dtype=">u2")).view(TYPES[self.type])[0]
        return float(raw) * self.scale + self.offset

    def encode(self, value: float) -> np.ndarray:
        """Words (uint16) for a value in the device's unit; integers round and saturate at their type's ends."""
        if self.is_bit:
            return np.array([value != 0], dtype=np.uint16)
        kind = TYPES[self.type]
        raw = (value - self.offset) / self.scale
        if kind.kind in "iu":
            # A device has no NaN in an integer register: it shows the type's end, as a dead input does.
            limits = np.iinfo(kind.str)
            raw = limits.max if np.isnan(raw) else min(max(round(raw), limits.min), limits.max)
        return self._ordered(np.array([raw], dtype=kind).view(">u2")).astype(np.uint16)

    @property
    def resolution(self) -> float:
        """Smallest step it can show, in the device's unit; 0 for floats."""
        return abs(self.scale) if TYPES[self.type].kind in "iub" else 0.0

    def _ordered(self, words: np.ndarray) -> np.ndarray:
        if words.size == 1:
            return words.byteswap() if self.order in ("BADC", "DCBA") else words
        if self.order in ("CDAB", "DCBA"):
            words = words[::-1]
        return np.ascontiguousarray(words.byteswap() if self.order in ("BADC", "DCBA") else words)
