"""How expectations and events read in tables and reports; an expectation's writer may give its words."""

from __future__ import annotations

import math
from collections.abc import Callable

from hil.event import Event
from hil.expectation import Expectation
from plant.asset.duration import shown
from plant.asset.signal import signals
from plant.asset.tag import Tag
from plant.unit import Unit
from simulators.fault.order import unit_of_difference


def doing(event: Event) -> str:
    """What an event does: ``Well.A.FrequencyReference = 51 Hz``."""
    if event.order is not None:
        return str(event.order)
    asset_type, _, signal = event.target.split(".", 2)
    unit = signals()[asset_type, signal].unit
    return f"{event.target} = {unit.from_si(event.value or 0.0):.4g} {unit.symbol}".strip()


def wording(expectation: Expectation) -> str:
    """The sentence of an expectation."""
    if expectation.says:
        return expectation.says
    if expectation.kind == "outcome":
        return f"{', '.join(expectation.events)} is {expectation.what}"
    return f"{_subject(expectation.tags)} {PREDICATES[expectation.kind](expectation)} {_when(expectation)}"


def _subject(tags: tuple[Tag, ...]) -> str:
    return tags[0].name if len(tags) == 1 else f"{tags[0].name} and {len(tags) - 1} more"


def _when(expectation: Expectation) -> str:
    window = expectation.window
    after = f" after {window.after}" if window.after else ""
    if window.throughout:
        return f"from {shown(window.start)} to {shown(window.end)}{after}"
    not_before = f", not before {shown(window.start)}" if window.start else ""
    return f"within {shown(window.end)}{after}{not_before}"


def _unit(expectation: Expectation) -> Unit:
    return expectation.tags[0].signal.unit


def _limits(expectation: Expectation, unit: Unit) -> str:
    low, high = (f"{unit.from_si(x):.4g}" for x in (expectation.low, expectation.high))
    if math.isinf(expectation.low):
        return f"at most {high} {unit.symbol}"
    if math.isinf(expectation.high):
        return f"at least {low} {unit.symbol}"
    return f"{low} … {high} {unit.symbol}"


def _change(expectation: Expectation) -> str:
    is_rise = math.isinf(expectation.high)
    unit = unit_of_difference(_unit(expectation))
    by = abs(expectation.low if is_rise else expectation.high)
    return f"{'rises' if is_rise else 'falls'} by {unit.from_si(by):.4g} {unit.symbol}".strip()


PREDICATES: dict[str, Callable[[Expectation], str]] = {
    "alarm": lambda e: f"raises its {e.what} alarm",
    "cleared": lambda e: f"clears its {e.what} alarm",
    "no_alarm": lambda e: f"raises no {e.what} alarm".replace("  ", " "),
    "band": lambda e: f"is {_limits(e, _unit(e))}".strip(),
    "state": lambda e: f"is {e.what}",
    "quality": lambda e: f"is {e.what}",
    "change": _change,
    "spread": lambda e: f"varies by {_limits(e, unit_of_difference(_unit(e)))}".strip(),
}
