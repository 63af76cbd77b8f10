"""Durations as people write them: ``"2m30s"``, ``"1h"``, ``"0.3s"``; or seconds in a ``_s`` key."""

from __future__ import annotations

import math
import re
from typing import Any

from plant.asset.file_number import FileNumber
from plant.asset.table import Table

_PARTS = re.compile(r"(?:(?P<h>\d+(?:\.\d+)?)h)?(?:(?P<m>\d+(?:\.\d+)?)m)?(?:(?P<s>\d+(?:\.\d+)?)s)?")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_RULE = 'must be a duration such as "2m30s", "1h" or "0.3s"'


def seconds(text: str) -> float:
    """Seconds of a duration. Raises ``ValueError`` where it is none.

    >>> seconds("2m30s"), seconds("1h0.5s")
    (150.0, 3600.5)
    """
    match = _PARTS.fullmatch(text.strip())
    if not text.strip() or match is None:
        raise ValueError(f"{text!r} {_RULE}")
    return sum(float(number) * _SECONDS[part] for part, number in match.groupdict().items() if number)


def shown(duration: float) -> str:
    """A duration as people write it, to the tenth of a second.

    >>> shown(150), shown(0.25), shown(-90)
    ('2m30s', '0.2s', '-1m30s')
    """
    if duration < 0:
        return f"-{shown(-duration)}"
    minutes, rest = divmod(round(duration, 1), 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else "", f"{rest:g}s" if rest else ""]
    return "".join(parts) or "0s"


def read(row: Table, name: str, default: Any = ..., low: float = 0.0, high: float = math.inf) -> Any:
    """The duration ``name`` of a table, written either way; NaN with a mistake noted where it is wrong."""
    value = row.data.get(name)
    if not isinstance(value, str):
        required = {} if default is ... else {"default": default}
        return row.number(name, "time", low=low, high=high, **required)
    found = parsed(row, name, row.text(name))
    rule = "" if math.isnan(found) else FileNumber(f"{name}_s", found, "time", low, high).doubt()
    if rule:
        row.mistake(name, value, f"{rule} s")
    return math.nan if rule else found


def read_span(row: Table, name: str) -> tuple[float, float]:
    """Two rising durations, ``during = ["1m", "3m"]``."""
    parts = [parsed(row, name, text) for text in row.texts(name)]
    if len(parts) != 2 or parts[1] <= parts[0]:
        row.mistake(name, row.data[name], 'must be two rising durations, such as ["1m", "3m"]')
        return math.nan, math.nan
    return parts[0], parts[1]


def parsed(row: Table, name: str, text: str) -> float:
    """Seconds of ``text``, or NaN with a mistake noted."""
    try:
        return seconds(text)
    except ValueError:
        row.mistake(name, text, _RULE)
        return math.nan
