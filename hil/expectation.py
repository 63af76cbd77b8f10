"""An expectation: what must be seen, of which tags, and when. One of the kinds in :data:`READERS`.

Its window counts from the timeline's zero, or from an event with ``after``. ``within = "10s"`` asks
that it be so at least once by then (and, with ``not_before``, no earlier); ``during = ["1m", "3m"]``
asks it of every sample in between. ``within_scans = 2`` counts in scans of the bench's slowest device.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from control.alarms.condition import KINDS
from hil.event import difference, quantity
from hil.scope import Scope
from plant.asset.duration import read, read_span
from plant.asset.table import Table
from plant.asset.tag import Tag

OUTCOMES = ("done", "written", "refused", "failed")
QUALITIES = ("Good", "Uncertain", "Bad")


@dataclass(frozen=True)
class Window:
    """When: ``start`` … ``end`` seconds after an event (or the timeline's zero), once or throughout."""

    after: str | None
    start: float
    end: float
    throughout: bool


@dataclass(frozen=True)
class Expectation:
    """One thing that must be seen. ``low`` and ``high`` are SI, of the value or of its change."""

    kind: str
    window: Window
    tags: tuple[Tag, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    what: str = ""  # an alarm's kind, a quality, a state's name or an outcome
    events: tuple[str, ...] = field(default=())
    says: str = ""  # in the writer's words, where given


def read_expectation(row: Table, scope: Scope, events: Collection[str], length: float) -> Expectation | None:
    """The expectation of one ``[[expect]]`` table; ``None`` with its mistakes noted where it makes no sense."""
    kind, says = row.text("that", choices=tuple(READERS)), row.text("says", "")
    window = _window(row, scope, events, length)
    reader = READERS.get(kind)
    fields = reader(row, scope, events) if reader else {}
    if kind in ONCE_ONLY and window.throughout:
        row.mistake("during", row.data["during"], f"cannot be asked of {kind}: give it a time with within")
    if kind in THROUGHOUT_ONLY and not window.throughout:
        row.mistake("within", row.data.get("within"), f"cannot be asked of {kind}: give it a span with during")
    row.no_others()
    return Expectation(kind, window, says=says, **fields) if reader else None


def _window(row: Table, scope: Scope, events: Collection[str], length: float) -> Window:
    after = row.text("after", "") or None
    if after is not None and after not in events:
        row.mistake("after", after, f"must be an event: {', '.join(events) or 'there is none'}")
    if "during" in row.data:
        start, end = read_span(row, "during")
    else:
        start, end = read(row, "not_before", 0.0), _deadline(row, scope, length)
        if end < start:
            row.mistake("not_before", row.data["not_before"], "must come before the end of within")
    return Window(after, start, end, "during" in row.data)


def _deadline(row: Table, scope: Scope, length: float) -> float:
    if "within_scans" in row.data:
        return row.integer("within_scans", low=1) * scope.scan
    return read(row, "within", length)


def _alarm(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    return {"tags": scope.tags_like(row, "tag"), "what": row.text("alarm", choices=KINDS)}


def _no_alarm(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    return {"tags": scope.tags_like(row, "tag"), "what": row.text("alarm", "", KINDS)}


def _band(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    tags, tag = _of_one_quantity(row, scope)
    low = row.number("low", quantity(row, tag, "low"), -math.inf)
    high = row.number("high", quantity(row, tag, "high"), math.inf)
    if low >= high or (math.isinf(low) and math.isinf(high)):
        row.mistake("low", None, "and high must be a rising pair, or one of them")
    return {"tags": tags, "low": low, "high": high}


def _state(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    tags = scope.tags_like(row, "tag", ("state",))
    states = dict(tags[0].signal.states or {}) if tags else {}
    name = row.text("is", choices=tuple(states.values()))
    number = next((float(n) for n, text in states.items() if text == name), math.nan)
    return {"tags": tags, "low": number, "high": number, "what": name}


def _quality(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    return {"tags": scope.tags_like(row, "tag"), "what": row.text("is", choices=QUALITIES)}


def _change(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    tags, tag = _of_one_quantity(row, scope)
    by = difference(row, tag, "by")
    if "after" not in row.data:
        row.mistake("after", None, "is missing: from when is the change counted?")
    if by == 0:
        row.mistake("by", 0, "must be a rise or a fall; for neither there is spread")
    return {"tags": tags, "low": by} if by > 0 else {"tags": tags, "high": by}


def _spread(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    tags, tag = _of_one_quantity(row, scope)
    low, high = difference(row, tag, "at_least", -math.inf), difference(row, tag, "at_most", math.inf)
    if math.isinf(low) and math.isinf(high):
        row.mistake("at_most", None, "or at_least must be given")
    return {"tags": tags, "low": low, "high": high}


def _outcome(row: Table, scope: Scope, events: Collection[str]) -> dict[str, Any]:  # noqa: ARG001
    return {"events": (row.text("event", choices=tuple(events)),), "what": row.text("is", choices=OUTCOMES)}


def _of_one_quantity(row: Table, scope: Scope) -> tuple[tuple[Tag, ...], Tag | None]:
    """The tags that a row with limits names, and one of them to say in what quantity the limits are."""
    tags = scope.tags_like(row, "tag")
    found = {tag.signal.unit.quantity for tag in tags}
    if len(found) > 1:
        row.mistake("tag", row.data.get("tag"), f"names tags of several quantities: {', '.join(sorted(found))}")
    return tags, tags[0] if tags else None


READERS: dict[str, Callable[[Table, Scope, Collection[str]], dict[str, Any]]] = {
    "alarm": _alarm,  # raised
    "cleared": _alarm,  # returned to normal
    "no_alarm": _no_alarm,
    "band": _band,
    "state": _state,
    "quality": _quality,
    "change": _change,  # since just before the event
    "spread": _spread,  # highest less lowest
    "outcome": _outcome,  # of an event
}
ONCE_ONLY = ("alarm", "cleared", "outcome")
THROUGHOUT_ONLY = ("no_alarm", "spread")
