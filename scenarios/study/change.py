"""Changes that a study asks about: ``Well.CACB27A-P1.FrequencyReference=52Hz``, checked as the guard checks a write.

A tag may be a pattern, a value may carry a unit of its quantity; without one it is in the tag's own. All that is
wrong with any of them is said at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from control.commands.guard import shown, span
from plant.asset.pattern import matches
from plant.asset.signal import Signal
from plant.asset.tag import Tag
from plant.error import ConfigError, Mistake, OutOfRange
from plant.unit import unit_named

SETTINGS = {  # the setpoints that decide where a field settles
    ("Well", "FrequencyReference"), ("Well", "ChokeReference"), ("Separator", "PressureReference"),
}  # fmt: skip
_VALUE = re.compile(r"\s*(?P<number>[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)\s*(?P<unit>.*?)\s*")


@dataclass(frozen=True)
class Change:
    """A setpoint and what it would be [SI]."""

    tag: Tag
    value: float


def changes_of(texts: Iterable[str], tags: Mapping[str, Tag]) -> list[Change]:
    """The changes, the last where a tag is named twice. Raises :class:`ConfigError` with all that is wrong."""
    mistakes: list[Mistake] = []
    found: dict[str, Change] = {}
    for text in texts:
        for change in _changes(text, tags, mistakes):
            found[change.tag.name] = change
    if mistakes:
        raise ConfigError(mistakes)
    return list(found.values())


def _changes(text: str, tags: Mapping[str, Tag], mistakes: list[Mistake]) -> list[Change]:
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals:
        mistakes.append(Mistake("set", text, None, "must be TAG=VALUE, as Well.CACB27A-P1.FrequencyReference=52Hz"))
        return []
    meant = [tag for tag in tags.values() if matches(tag.name, name)]
    if not meant:
        mistakes.append(Mistake("set", name, value, "names no tag of the field"))
    found = []
    for tag in meant:
        change = _change(tag, value)
        if isinstance(change, Change):
            found.append(change)
        else:
            mistakes.append(Mistake("set", tag.name, value, change))
    return found


def _change(tag: Tag, text: str) -> Change | str:
    """The change of one tag, or the rule it breaks."""
    signal = tag.signal
    if signal.kind != "setpoint":
        return f"must be a setpoint; this is a {signal.kind}"
    if (signal.asset_type, signal.name) not in SETTINGS:
        return f"must decide where a field settles, as {', '.join(sorted(name for _, name in SETTINGS))} do"
    try:
        value = _si(text, signal)
    except OutOfRange as error:
        return error.rule
    return Change(tag, value) if signal.low <= value <= signal.high else f"must be {span(signal)}"


def _si(text: str, signal: Signal) -> float:
    said = _VALUE.fullmatch(text)
    if said is None:
        raise OutOfRange("value", text, f"must be a number, with or without a unit, as {shown(signal.high, signal)}")
    unit = unit_named(said["unit"], signal.unit.quantity) if said["unit"] else signal.unit
    return float(unit.to_si(float(said["number"])))
