"""How a raw value lies in Modbus registers: type and byte order, both ways, over whole blocks.

Registers are 16-bit words, each big-endian on the wire. A value of several bytes lies in an order that is named by
them, A the most significant: ``ABCD`` (most significant word first), ``CDAB``, ``BADC``, ``DCBA``, which of 64 bits
mean the same of four words; those have four more orders, such as ``EFGHABCD``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

AREAS = ("coil", "discrete", "input", "holding")
LETTERS = "ABCDEFGH"
SHORT_ORDERS = {  # of four bytes → of two, of eight
    "ABCD": ("AB", "ABCDEFGH"), "CDAB": ("AB", "GHEFCDAB"), "BADC": ("BA", "BADCFEHG"), "DCBA": ("BA", "HGFEDCBA"),
}  # fmt: skip
LONG_ORDERS = ("EFGHABCD", "CDABGHEF", "FEHGBADC", "DCBAHGFE")
ORDERS = tuple(SHORT_ORDERS)
TYPES = {
    "bool": np.dtype("?"), "uint16": np.dtype(">u2"), "int16": np.dtype(">i2"), "uint32": np.dtype(">u4"),
    "int32": np.dtype(">i4"), "uint64": np.dtype(">u8"), "int64": np.dtype(">i8"), "float16": np.dtype(">f2"),
    "float32": np.dtype(">f4"), "float64": np.dtype(">f8"), "uint8": np.dtype(">u1"), "int8": np.dtype(">i1"),
    "bcd16": np.dtype(">u2"), "bcd32": np.dtype(">u4"), "bcd64": np.dtype(">u8"),
}  # fmt: skip
TEXT = "text"
HALVES = ("low", "high")


@dataclass(frozen=True)
class Register:
    """Where and how one raw value lies."""

    area: str
    address: int
    type: str
    order: str = "ABCD"
    length: int = 1  # registers of a text
    half: str = "low"  # of the register, in which an 8-bit value lies
    function: str = "auto"  # by which it is written: single (5, 6), multiple (15, 16), mask (22)

    @property
    def is_bit(self) -> bool:
        """Whether it is a coil or a discrete input."""
        return self.area in ("coil", "discrete")

    @property
    def is_bcd(self) -> bool:
        """Whether each half of a byte is a decimal digit."""
        return self.type.startswith("bcd")

    @property
    def is_half(self) -> bool:
        """Whether it takes one byte of its register."""
        return self.type in ("uint8", "int8")

    @property
    def width(self) -> int:
        """How many registers (or bits) it takes."""
        return self.length if self.type == TEXT else max(1, TYPES[self.type].itemsize // 2)

    @property
    def positions(self) -> list[int]:
        """Which byte of its registers, as they come, is its first, most significant, and so on; of a bit, which bit."""
        if self.is_bit:
            return [0]
        if self.is_half:
            return [HALVES[::-1].index(self.half)]
        if self.type == TEXT:
            swap = self.order in ("BADC", "DCBA")
            return [at ^ 1 if swap else at for at in range(2 * self.length)]
        size = TYPES[self.type].itemsize
        order = _order(self.order, size)
        return [order.index(letter) for letter in LETTERS[:size]]

    def decode(self, words: np.ndarray) -> float | int | str:
        """The raw value in its ``width`` words (uint16) or its bit; NaN where a BCD digit is none."""
        if self.is_bit:
            return int(words[0])
        own = np.asarray(words, dtype=">u2").view(np.uint8)[self.positions]
        if self.type == TEXT:
            return text_of(own)
        raw = own.view(TYPES[self.type])
        return float(decimal(raw)[0]) if self.is_bcd else raw[0].item()

    def encode(self, raw: float | int | str) -> np.ndarray:
        """Words (uint16) for a raw value; integers round and saturate at their type's ends."""
        if self.is_bit:
            return np.array([raw != 0], dtype=np.uint16)
        wire = np.zeros(2 * self.width, np.uint8)
        wire[self.positions] = self._bytes(raw)
        return wire.view(">u2").astype(np.uint16)

    @property
    def resolution(self) -> float:
        """Smallest step of its raw value; 0 for floats."""
        return 1.0 if self.type != TEXT and TYPES[self.type].kind in "iub" else 0.0

    def _bytes(self, raw: float | int | str) -> np.ndarray:
        if self.type == TEXT:
            return np.frombuffer(
                str(raw).encode("ascii", "replace")[: 2 * self.length].ljust(2 * self.length, b"\0"), np.uint8
            )
        kind, number = TYPES[self.type], float(raw) if isinstance(raw, str) else raw
        if self.is_bcd:
            number = int(str(min(max(round(number), 0), 10 ** (2 * kind.itemsize) - 1)), 16) if number == number else -1
            number = number if number >= 0 else np.iinfo(kind.str).max
        elif kind.kind in "iu":
            # A device has no NaN in an integer register: it shows the type's end, as a dead input does.
            limits = np.iinfo(kind.str)
            number = limits.max if number != number else _within(number, int(limits.min), int(limits.max))
        with np.errstate(over="ignore"):
            return np.frombuffer(
                np.array([number]).astype(kind).tobytes() if kind.kind == "f" else np.array([number], kind).tobytes(),
                np.uint8,
            )


def _within(number: float, low: int, high: int) -> int:
    if number in (float("inf"), float("-inf")):
        return high if number > 0 else low
    return min(max(round(number), low), high)


def _order(order: str, size: int) -> str:
    """The order of ``size`` bytes that its name means."""
    return order if len(order) == size or order not in SHORT_ORDERS else SHORT_ORDERS[order][size == 8]


def decimal(raw: np.ndarray) -> np.ndarray:
    """What binary-coded decimals say; NaN where a digit is none."""
    value, rest, is_one = np.zeros(len(raw)), raw.astype(np.uint64), np.ones(len(raw), bool)
    for place in range(2 * raw.dtype.itemsize):
        digit = (rest & np.uint64(15)).astype(float)
        value, rest, is_one = value + digit * 10.0**place, rest >> np.uint64(4), is_one & (digit < 10)
    return np.where(is_one, value, np.nan)


def text_of(data: np.ndarray) -> str:
    """The text that bytes hold, up to its first NUL, without the blanks around it."""
    return bytes(data).partition(b"\0")[0].decode("utf-8", "replace").strip()
