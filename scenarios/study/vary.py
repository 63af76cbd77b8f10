"""What a sensitivity varies: ``FrequencyReference=40:60:5``, from, to and step, in one to three variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from plant.error import ConfigError, Mistake, OutOfRange
from plant.unit import UNITS, Unit, unit_named

MOST_VARIABLES, MOST_CASES = 3, 200


@dataclass(frozen=True)
class Variable:
    """A row of the table: what may be varied, the unit people see, and the span in it."""

    name: str
    row: str  # of the well's parameters, or of the setting
    unit: Unit
    low: float
    high: float


VARIABLES = {
    row[0]: Variable(row[0], row[1], UNITS[row[2]], *row[3:])
    for row in (
        ("FrequencyReference", "frequency", "Hz", 30.0, 60.0),
        ("ChokeReference", "opening", "pct", 1.0, 100.0),
        ("ManifoldPressure", "p_manifold", "MPag", 0.0, 10.0),
        ("ReservoirPressure", "reservoir_pressure", "MPag", 0.5, 100.0),
        ("Productivity", "productivity", "m3_d_MPa", 0.01, 10_000.0),
        ("WaterCut", "water_cut", "pct", 0.0, 99.0),
        ("GasOilRatio", "gor", "m3_m3", 0.0, 1_000.0),
    )
}
_RANGE = re.compile(r"\s*(?P<low>[-+.\deE]+):(?P<high>[-+.\deE]+):(?P<step>[-+.\deE]+)\s*(?P<unit>.*?)\s*")


@dataclass(frozen=True)
class Varied:
    """A variable and the values that it takes [SI], and in the unit that people see."""

    variable: Variable
    shown: tuple[float, ...]

    @property
    def values(self) -> list[float]:
        """SI."""
        return [self.variable.unit.to_si(value) for value in self.shown]


def varied_of(texts: Iterable[str]) -> list[Varied]:
    """The variables. Raises :class:`ConfigError` with all that is wrong."""
    mistakes: list[Mistake] = []
    found: dict[str, Varied] = {}
    for text in texts:
        name, _, said = text.partition("=")
        name = name.strip()
        try:
            if name in found:
                raise OutOfRange(name, said, "is varied twice")
            found[name] = _varied(name, said)
        except OutOfRange as error:
            mistakes.append(Mistake("vary", name, said, error.rule))
    if len(found) > MOST_VARIABLES:
        mistakes.append(Mistake("vary", ", ".join(found), None, f"must be {MOST_VARIABLES} variables at most"))
    if (cases := int(np.prod([len(one.shown) for one in found.values()]))) > MOST_CASES:
        mistakes.append(Mistake("vary", "cases", cases, f"must be {MOST_CASES} at most; widen the steps"))
    if mistakes:
        raise ConfigError(mistakes)
    return list(found.values())


def combinations(varied: Sequence[Varied]) -> list[dict[str, float]]:
    """Every case, as the values [SI] of the rows that it sets; one that sets nothing where nothing is varied."""
    return [
        dict(zip((one.variable.row for one in varied), values, strict=True))
        for values in product(*(one.values for one in varied))
    ]


def _varied(name: str, said: str) -> Varied:
    if name not in VARIABLES:
        raise OutOfRange(name, said, f"must be one of {', '.join(VARIABLES)}")
    variable, found = VARIABLES[name], _RANGE.fullmatch(said)
    rule = f"must be LOW:HIGH:STEP, rising, as {name}={variable.low:g}:{variable.high:g}:{variable.high / 4:g}"
    try:
        low, high, step = (float(found[key]) for key in ("low", "high", "step")) if found else (1.0, 0.0, 0.0)
    except ValueError:
        raise OutOfRange(name, said, rule) from None
    if found is None or not (low <= high and step > 0.0 and (high - low) / step <= MOST_CASES):
        raise OutOfRange(name, said, rule)
    unit = unit_named(found["unit"], variable.unit.quantity) if found["unit"] else variable.unit
    shown = [low + i * step for i in range(int((high - low) / step + 1e-9) + 1)]
    own = [round(variable.unit.from_si(unit.to_si(value)), 9) for value in shown]
    if own[0] < variable.low or own[-1] > variable.high:
        raise OutOfRange(name, said, f"must be between {variable.low:g} and {variable.high:g} {variable.unit.symbol}")
    return Varied(variable, tuple(own))
