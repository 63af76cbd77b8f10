"""A timeline: what is done to a field and what must then be seen, over plant time, in one TOML file.

::

    title = "An ESP trips and comes back"
    length = "12m"

    [[event]]
    name = "trip"
    at = "1m"
    do = "trip"
    well = "Well.CACB27A-P1"

    [[expect]]
    that = "state"
    tag = "Well.CACB27A-P1.RunState"
    is = "Backspin"
    after = "trip"
    within = "5s"

Drills, what-if studies and bench tests are all written in it. :func:`load_timeline` reports every
mistake of a file at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hil.event import Event, read_events
from hil.expectation import Expectation, Window, read_expectation
from hil.scope import Scope
from plant.asset.duration import read
from plant.asset.table import Table
from plant.asset.tag import Tag


@dataclass(frozen=True)
class Timeline:
    """Events in the order of their times, and expectations as written. Times in seconds of plant time."""

    path: Path
    title: str
    field: str  # and the bench of the same name
    settle: float  # how long the field is left alone before zero
    length: float  # from zero
    events: tuple[Event, ...]
    expectations: tuple[Expectation, ...]
    trends: tuple[Tag, ...]  # to be shown, besides those that are expected of

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.stem


def field_of(path: Path) -> str:
    """The field that a timeline is about, before anything else of it can be read."""
    file = Table.load(path)
    field = file.text("field", "shengli12")
    file.finish()
    return field


def load_timeline(path: Path, scope: Scope) -> Timeline:
    """The timeline in a file. Raises :class:`ConfigError` with every mistake in it."""
    file = Table.load(path)
    field, title = file.text("field", "shengli12"), file.text("title")
    settle, length = read(file, "settle", 0.0), read(file, "length")
    rows = {row: row.text("name", f"event {i}") for i, row in enumerate(file.tables("event", []), 1)}
    _check_names(rows)
    events = sorted((e for row, name in rows.items() for e in read_events(row, scope, name)), key=lambda e: e.at)
    _check_times(file, events, length)
    expectations = _expectations(file, scope, tuple(rows.values()), length)
    trends = tuple(tag for pattern in file.texts("trends", ()) for tag in scope.tags_like(_alone(file, pattern), "tag"))
    file.no_others()
    file.finish()
    return Timeline(path, title, field, settle, length, tuple(events), expectations, trends)


def _expectations(file: Table, scope: Scope, names: tuple[str, ...], length: float) -> tuple[Expectation, ...]:
    """Those written, and for each event that none of them speaks of, that it be done."""
    rows = file.tables("expect")
    written = [e for row in rows if (e := read_expectation(row, scope, names, length))]
    if not rows:
        file.mistake("expect", None, "must have at least one row: a story that expects nothing cannot fail")
    judged = {name for e in written if e.kind == "outcome" for name in e.events}
    whole = Window(None, 0.0, length, False)
    implied = tuple(Expectation("outcome", whole, what="done", events=(name,)) for name in names if name not in judged)
    return (*written, *implied)


def _check_names(rows: Mapping[Table, str]) -> None:
    counts = Counter(rows.values())
    for row, name in rows.items():
        if counts[name] > 1:
            row.mistake("name", name, "is a name given twice")


def _check_times(file: Table, events: list[Event], length: float) -> None:
    for event in events:
        if event.at > length:
            file.mistake(f"event[{event.name}].at", event.at, f"is after the end, {length:g} s")


def _alone(file: Table, pattern: str) -> Table:
    return Table({"tag": pattern}, file.file, "trends.", file.mistakes)
