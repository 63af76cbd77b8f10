"""Amounts: values as people read them, in the signal's unit, rounded and written as their language does."""

from __future__ import annotations

import math

from plant.asset.name import called
from plant.asset.signal import Signal

DIGITS = {"V": 0, "MPag": 2, "MPa": 2, "1": 0}  # decimals of a value in a unit, where they are not …
USUAL = 1  # … this many
ABSENT = "—"
# What stands between whole and decimals, and between thousands, and from how many digits on the latter is written.
SIGNS = {"en": (".", ",", 4), "es": (",", ".", 5)}


def digits(signal: Signal) -> int:
    """Decimals with which a signal's values are shown."""
    return DIGITS.get(signal.unit.key, USUAL)


def number(value: float, decimals: int, language: str) -> str:
    """A number as the language writes it.

    >>> number(2095.25, 1, "en"), number(2095.25, 1, "es"), number(12095.25, 1, "es")
    ('2,095.2', '2095,2', '12.095,2')
    """
    point, group, least = SIGNS[language]
    whole, _, rest = f"{round(value, decimals) + 0.0:,.{decimals}f}".partition(".")  # no minus before a nought
    if sum(map(str.isdigit, whole)) < least:
        whole = whole.replace(",", "")
    return whole.replace(",", group) + (point + rest if rest else "")


def about(value: float, language: str) -> str:
    """A number with at most two decimals, and none that say nothing.

    >>> about(2.57364, "es"), about(60.0, "es")
    ('2,57', '60')
    """
    decimals = next(n for n in range(3) if n == 2 or round(value, n) == round(value, 2))
    return number(value, decimals, language)


def amount(value: float | None, signal: Signal, language: str) -> str:
    """An SI value as people read it, with its unit; of an enumeration its name."""
    if value is None or math.isnan(value):
        return ABSENT
    if signal.states is not None:
        state = signal.states.get(round(value))
        return f"{value:g}" if state is None else called(state, language)
    return f"{number(float(signal.unit.from_si(value)), digits(signal), language)} {signal.unit.symbol}".strip()


def limit(value: float | None, signal: Signal, language: str) -> str:
    """An alarm's limit as people read it. One between two states of an enumeration is no amount of anything."""
    return ABSENT if signal.states is not None else amount(value, signal, language)
