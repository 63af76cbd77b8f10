"""A row of the fault table: what goes wrong, with what, by which parameters, and how that is said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from plant.process.malfunction_file import Malfunction

# What a fault may act on, besides assets by their type: a measured tag, a device of the bench, the link to it.
INSTRUMENT, DEVICE, LINK = "Instrument", "Device", "Link"
READING, DIFFERENCE = "reading", "difference"  # what a parameter may be of: a value of the tag's, or a difference


@dataclass(frozen=True)
class Parameter:
    """One number, or one of some words, that a fault can be given. ``low``, ``high`` and ``default`` are SI."""

    name: str
    of: str  # a quantity of units, READING or DIFFERENCE
    says: Mapping[str, str]  # by language
    low: float = -math.inf
    high: float = math.inf
    default: float | str | None = None  # None: it must be given, unless it is optional
    is_optional: bool = False
    choices: tuple[str, ...] = ()


def _usual(name: str, of: str, en: str, es: str, **how: Any) -> Parameter:
    return Parameter(name, of, {"en": en, "es": es}, **how)


SEVERITY = _usual(
    "severity", "fraction", "how bad it gets", "qué tan grave llega a ser", low=0.0, high=1.0, default=1.0
)
AFTER = _usual("after", "time", "from now until it begins", "desde ahora hasta que empieza", low=0.0, default=0.0)
RAMP = _usual("ramp", "time", "in which it comes, or goes", "en que llega, o se va", low=0.0, default=0.0)
LASTS = _usual(
    "lasts", "time", "after which it ends by itself", "tras el cual termina solo", low=1e-3, is_optional=True
)


@dataclass(frozen=True, eq=False)
class Fault:
    """One row, for one kind of thing that it acts on. There is one of each, so rows are the same or are not."""

    name: str
    acts_on: str  # a type of asset, or INSTRUMENT, DEVICE or LINK
    group: str
    title: Mapping[str, str]  # by language
    cause: Mapping[str, str]
    own: tuple[Parameter, ...] = ()  # parameters besides the usual ones
    ramp: float = 0.0  # in which it comes, where nobody says another [s]
    lasts: float | None = None  # after which it ends, where nobody says another [s]
    is_graded: bool = True  # whether there is more and less of it
    is_momentary: bool = False  # an act, not a state: nothing is left to heal
    protocols: tuple[str, ...] = ()  # of the devices that can have it; none: all
    signature: int | None = None  # number of the row in the table of signatures that it must show
    malfunction: Malfunction | None = None  # of the plant, where it is one

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that can be said when it is started."""
        if self.is_momentary:
            return self.own
        usual = (SEVERITY, AFTER, replace(RAMP, default=self.ramp)) if self.is_graded else (AFTER,)
        return (*self.own, *usual, replace(LASTS, default=self.lasts))

    @property
    def healing(self) -> tuple[Parameter, ...]:
        """All that can be said when it is healed."""
        return (AFTER, RAMP) if self.is_graded else (AFTER,)


def as_json(fault: Fault) -> dict[str, Any]:
    """A row as plain values: what it is called, what it befalls and what it can be given; without bounds where none."""
    moves = [asdict(move) for move in fault.malfunction.moves] if fault.malfunction else []
    return {
        "name": fault.name, "acts_on": fault.acts_on, "group": fault.group, "title": dict(fault.title),
        "cause": dict(fault.cause), "parameters": [_plain(p) for p in fault.parameters],
        "protocols": list(fault.protocols), "signature": fault.signature, "moves": moves,
    }  # fmt: skip


def _plain(parameter: Parameter) -> dict[str, Any]:
    bounds = {key: value for key in ("low", "high") if math.isfinite(value := getattr(parameter, key))}
    return {
        "name": parameter.name, "of": parameter.of, "says": dict(parameter.says), "default": parameter.default,
        "optional": parameter.is_optional, "choices": list(parameter.choices), **bounds,
    }  # fmt: skip
