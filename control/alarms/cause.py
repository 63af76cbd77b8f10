"""The causes that a row of the alarm table gives to its tags: one reader for each kind of condition.

::

    low_MPag = 2.0                                   limits: low_low, low, high, high_high
    deviation_Hz = 2.0, from = "FrequencyReference"  further from another signal of the asset, or from a tag
    rate_MPa = 0.5, per = "1m"                       changed by more in that time, up or down
    discrete = ["Tripped", "Backspin"]               a state of the enumeration
    bad = true                                       the quality is Bad
    stale = "30s"                                    nothing newer has come for so long
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from control.alarms.condition import BAD, DEVIATION, DISCRETE, RATE, SIGNS, STALE
from control.alarms.rule import Cause
from plant.asset.duration import read as read_duration
from plant.asset.table import Table
from plant.asset.tag import Tag
from plant.unit import split_key

Tags = Mapping[str, Tag]
SPANNED = "lies outside the span of {}, so it could never be reached in belief"


def read_causes(row: Table, matched: Sequence[Tag], tags: Tags) -> list[Cause]:
    """What the row raises on the tags that it matches; every mistake in it is noted."""
    deadband = row.difference("deadband", _quantity(matched), 0.0)
    found = [cause for read in READERS for cause in read(row, matched, tags, deadband)]
    # Limits first for each tag in the table's order, so that those of one tag lie together.
    order = {tag.name: i for i, tag in enumerate(matched)}
    return sorted(found, key=lambda cause: order[cause.tag.name])


def _limits(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:  # noqa: ARG001
    quantity = _quantity(matched)
    limits = {kind: row.number(kind, quantity, None) for kind in SIGNS}
    limits = {kind: limit for kind, limit in limits.items() if limit is not None}
    if not limits or not _of_one_quantity(row, matched, "limits"):
        return []
    if any(not a < b for a, b in pairwise(limits.values())):
        row.mistake("tags", row.data.get("tags"), f"its limits {', '.join(limits)} must rise in this order")
    for kind, limit in limits.items():
        beyond = next((tag for tag in matched if not tag.signal.low <= limit <= tag.signal.high), None)
        if beyond is not None:
            row.mistake(kind, None, SPANNED.format(beyond.name))
    return [Cause(tag, kind, limit, deadband) for tag in matched for kind, limit in limits.items()]


def _deviations(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:
    if not _is_given(row, DEVIATION):
        return []
    most, source = row.difference(DEVIATION, _quantity(matched), low=1e-12), row.text("from")
    if not _of_one_quantity(row, matched, "a deviation") or not source:
        return []
    found = []
    for tag in matched:
        other = tags.get(source) or tags.get(f"{tag.asset}.{source}")
        if other is None or other == tag or other.signal.unit.quantity != tag.signal.unit.quantity:
            rule = f"must be a signal of {tag.asset}, or a tag, of another name and of {tag.signal.unit.quantity}"
            row.mistake("from", source, rule)
            return []
        found.append(Cause(tag, DEVIATION, most, deadband, other.name))
    return found


def _rates(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:  # noqa: ARG001
    if not _is_given(row, RATE):
        return []
    most, per = row.difference(RATE, _quantity(matched), low=1e-12), read_duration(row, "per", low=1.0)
    is_one = _of_one_quantity(row, matched, "a rate")
    return [Cause(tag, RATE, most, deadband, per=per) for tag in matched if is_one]


def _discrete(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:  # noqa: ARG001
    if DISCRETE not in row.data:
        return []
    wanted, found = row.texts(DISCRETE), []
    for tag in matched:
        states = {text: float(number) for number, text in (tag.signal.states or {}).items()}
        if not wanted or set(wanted) - set(states):
            rule = f"must be states of {tag.name}: {', '.join(states)}" if states else f"{tag.name} has no states"
            row.mistake(DISCRETE, row.data[DISCRETE], rule)
            return []
        found.append(Cause(tag, DISCRETE, states=tuple(states[text] for text in wanted)))
    return found


def _bad(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:  # noqa: ARG001
    return [Cause(tag, BAD) for tag in matched] if row.boolean(BAD, False) else []


def _stale(row: Table, matched: Sequence[Tag], tags: Tags, deadband: float) -> list[Cause]:  # noqa: ARG001
    if not _is_given(row, STALE):
        return []
    age = read_duration(row, STALE, low=1.0)
    return [Cause(tag, STALE, age) for tag in matched]


READERS: tuple[Callable[[Table, Sequence[Tag], Tags, float], list[Cause]], ...] = (
    _limits, _deviations, _rates, _discrete, _bad, _stale,
)  # fmt: skip


def _is_given(row: Table, name: str) -> bool:
    return any(name in (key, split_key(key)[0]) for key in row.data)


def _quantity(matched: Sequence[Tag]) -> str:
    return matched[0].signal.unit.quantity if matched else "number"


def _of_one_quantity(row: Table, matched: Sequence[Tag], what: str) -> bool:
    quantities = sorted({tag.signal.unit.quantity for tag in matched})
    if len(quantities) > 1:
        row.mistake("tags", row.data.get("tags"), f"has {what} for several quantities: {', '.join(quantities)}")
    return len(quantities) == 1
