"""A number as it stands in a file: under which key, in which unit, and which other unit would make sense of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from plant.unit import IN_KEYS, UNITS, Unit, split_key

SLIP = 0.2  # so near to a bound [share of it] a value is a slip, and no mistake of its unit


@dataclass(frozen=True)
class FileNumber:
    """A number of a file, and the bounds [SI, inclusive] within which one of its kind is believed."""

    key: str
    value: float
    quantity: str
    low: float = -math.inf
    high: float = math.inf

    @property
    def unit(self) -> Unit:
        """The unit in its key; without one, that of SI."""
        return split_key(self.key)[1] or Unit("", _si_symbol(self.quantity), self.quantity)

    @property
    def si(self) -> float:
        """The value in SI."""
        return float(self.unit.to_si(self.value))

    def doubt(self, low: float = -math.inf, high: float = math.inf) -> str:
        """Empty if it lies within its bounds and these [SI]; else the rule, and what unit would keep it.

        A bound that is NaN, because what it follows from was refused, binds nobody.
        """
        low, high = max(self.low, _or(low, -math.inf)), min(self.high, _or(high, math.inf))
        if low <= self.si <= high:
            return ""
        if low > high:  # no value could be right: only what this one breaks is told
            low, high = (-math.inf, high) if self.si > high else (low, math.inf)
        told = _range(*sorted((self.unit.from_si(low), self.unit.from_si(high))))
        return f"must be {told}{self._hint(low, high)}"

    def _hint(self, low: float, high: float) -> str:
        bound = high if self.si > high else low
        others = [unit for unit in _alike(self.unit) if low <= unit.to_si(self.value) <= high]
        if not others or abs(self.si - bound) <= SLIP * abs(bound):
            return ""
        meant = (f"{split_key(self.key)[0]}_{unit.key} ({self._told(unit)})" for unit in others)
        return f"; did you mean {' or '.join(meant)}?"

    def _told(self, unit: Unit) -> str:
        """What the value would be in ``unit``, told in its own."""
        return f"{self.unit.from_si(unit.to_si(self.value)):.3g} {self.unit.symbol}"


def _alike(unit: Unit) -> list[Unit]:
    """The other units of the quantity; of a gauge pressure the gauge ones, of an absolute one the absolute."""
    is_shifted = unit.quantity == "pressure" and unit.offset != 0.0
    return [
        other
        for other in (*UNITS.values(), IN_KEYS["degAPI"])
        if other.quantity == unit.quantity
        and (other.scale, other.offset) != (unit.scale, unit.offset)
        and (unit.quantity != "pressure" or (other.offset != 0.0) == is_shifted)
    ]


def _si_symbol(quantity: str) -> str:
    return next((unit.symbol for unit in UNITS.values() if unit.quantity == quantity and unit.scale == 1.0), "")


def _or(bound: float, instead: float) -> float:
    return instead if math.isnan(bound) else bound


def _range(low: float, high: float) -> str:
    if math.isinf(low):
        return f"at most {high:.6g}"
    if math.isinf(high):
        return f"at least {low:.6g}"
    return f"between {low:.6g} and {high:.6g}"
