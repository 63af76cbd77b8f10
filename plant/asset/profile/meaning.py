"""Meanings: what the raw value of a point says, and what must be written for a value.

A device says numbers (or texts) of its own: counts of tenths, bits of a status word, states in an order of its
maker's. The meaning of a point takes them apart, one way and the other; units and SI come after it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from plant.error import OutOfRange

Raw = float | int | bool | str


class Absent(Enum):
    """Why a raw value says nothing."""

    NO_VALUE = "shows that it has no value"
    NO_STATE = "is none of the point's states"
    NO_NUMBER = "is no number"


@dataclass(frozen=True)
class Meaning:
    """Of the raw value its own bits; of these a state, or ``value = bits * scale + offset`` in the device's unit."""

    scale: float = 1.0
    offset: float = 0.0
    mask: int | None = None  # its own bits
    states: Mapping[int | str, float] | None = None
    otherwise: float | None = None  # what a raw value means that ``states`` leave out
    no_value: tuple[Raw, ...] | None = None  # None: as the raw value's type has it

    @property
    def is_plain(self) -> bool:
        """Whether it is scale and offset alone."""
        return self.mask is None and self.states is None and self.no_value is None

    def value(self, raw: Raw) -> float | Absent:
        """The value in the device's unit that a raw one means."""
        if self.no_value is not None and any(_is_same(raw, pattern) for pattern in self.no_value):
            return Absent.NO_VALUE
        if isinstance(raw, str):
            return self._state(raw) if self.states is not None else Absent.NO_NUMBER
        if not math.isfinite(raw):
            return Absent.NO_VALUE
        own = raw if self.mask is None else (int(raw) & self.mask) >> _shift(self.mask)
        return own * self.scale + self.offset if self.states is None else self._state(round(own))

    def raw(self, value: float) -> float | int | str:
        """The raw value that means ``value``, of several states the first; NaN is shown as no value.

        Raises :class:`OutOfRange` where none means it.
        """
        if math.isnan(value):
            return self.no_value[0] if self.no_value else value
        if self.states is None:
            own: float | int | str = (value - self.offset) / self.scale
        else:
            fitting = [raw for raw, state in self.states.items() if state == value]
            if not fitting:
                raise OutOfRange("value", value, f"must be one of {', '.join(f'{s:g}' for s in self.states.values())}")
            own = fitting[0]
        if self.mask is None or isinstance(own, str):
            return own
        return (round(own) << _shift(self.mask)) & self.mask

    def _state(self, raw: int | str) -> float | Absent:
        assert self.states is not None
        found = self.states.get(raw, self.otherwise)
        return Absent.NO_STATE if found is None else found


PLAIN = Meaning()


def _shift(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _is_same(raw: Raw, pattern: Raw) -> bool:
    """A float32 on the wire is as near to what the manual prints as single precision can be."""
    if isinstance(raw, str) or isinstance(pattern, str):
        return raw == pattern
    return raw == pattern or (isinstance(raw, float) and math.isclose(raw, pattern, rel_tol=1e-6))
