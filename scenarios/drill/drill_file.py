"""Drill files: one TOML file each, read with every mistake at once. docs/drills.md describes them.

::

    [[event]]                                # what befalls the field, as in a story
    at = "1m"
    do = "malfunction"
    malfunction = "trip"
    on = "Well.A"

    [[act]]                                  # what is to be done about it
    name = "reset"
    do = "reset"
    well = "Well.A"
    after = "trip"
    within = "5m"
    points = 15
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hil.event import Event, quantity, read_events
from hil.scope import Scope
from plant.asset.bench import Bench
from plant.asset.bench_file import bench_of, load_bench
from plant.asset.duration import read as read_duration
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.asset.name import LANGUAGES
from plant.asset.table import Table
from plant.asset.tag import Tag
from plant.error import Unknown
from scenarios.drill.drill import Act, Condition, Drill, Expected, Forbidden, Hint, Limit, Question, Text
from simulators.fault.table import names as fault_names

FOLDER = Path(__file__).parents[1] / "drills"
DAY = 86_400.0
COMMANDS = {"start": "Start", "stop": "Stop", "reset": "Reset"}


def bundled() -> dict[str, Path]:
    """The drills that come with Gemelo, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def titles() -> list[dict[str, Any]]:
    """The bundled ones by name, with their titles by language."""
    rows = [(name, Table.load(path)) for name, path in bundled().items()]
    return [{"name": name, "title": dict(_text(row, "title"))} for name, row in rows]


def find(source: str | Path) -> Path:
    """The file of a drill given by bare name or by path. Raises :class:`Unknown`."""
    path = Path(source)
    if path.suffix == ".toml":
        return path
    if str(source) not in bundled():
        raise Unknown("drill", f"{source} (there are {', '.join(bundled())})")
    return bundled()[str(source)]


def load_drill(source: str | Path) -> tuple[Drill, Field, Bench]:
    """A drill with the field and the bench that it is about. Raises :class:`ConfigError` with every mistake."""
    path = find(source)
    file = Table.load(path)
    name = file.text("field", "shengli12")
    file.finish()
    field = load_field(name)
    bench = load_bench(bench_of(name), field.assets())
    return read_drill(file, path, Scope.of(field, bench)), field, bench


def read_drill(file: Table, path: Path, scope: Scope) -> Drill:
    """The drill in a file. Raises :class:`ConfigError` with every mistake in it."""
    field, length = file.text("field", "shengli12"), read_duration(file, "length", low=60.0, high=DAY)
    title, briefing = _text(file, "title"), _text(file, "briefing")
    rows = {row: row.text("name", f"event {i}") for i, row in enumerate(file.tables("event"), 1)}
    events = _events(file, rows, scope, length)
    expected = _expected(file, scope, tuple(rows.values()), length)
    forbidden = tuple(_forbidden(row, scope) for row in file.tables("forbidden", []))
    limits = tuple(found for row in file.tables("limit", []) if (found := _limit(row, scope)))
    question = _question(file.table("question"))
    hints = tuple(_hint(row) for row in file.tables("hint", []))
    regret, regret_points = file.number("regret", low=1e-3), file.number("regret_points", default=30.0, low=0.0)
    trends = tuple(tag for pattern in file.texts("trends") for tag in _tags(file, pattern, scope))
    file.no_others()
    file.finish()
    return Drill(
        path, title, briefing, field, length, events, expected, forbidden, limits, question, hints, regret,
        regret_points, trends,
    )  # fmt: skip


def _text(row: Table, key: str) -> Text:
    return {language: row.text(f"{key}_{language}") for language in LANGUAGES}


def _events(file: Table, rows: Mapping[Table, str], scope: Scope, length: float) -> tuple[Event, ...]:
    found = [event for row, name in rows.items() for event in read_events(row, scope, name)]
    for event in found:
        if event.at >= length:
            file.mistake(f"event[{event.name}].at", event.at, f"is not before the end, {length:g} s")
    if not rows:
        file.mistake("event", None, "must have at least one row: nothing befalls the field")
    return tuple(sorted(found, key=lambda event: event.at))


def _expected(file: Table, scope: Scope, events: Sequence[str], length: float) -> tuple[Expected, ...]:
    found: list[Expected] = []
    for row in file.tables("act"):
        known = (*events, *(one.act.name for one in found))
        after, within = row.text("after", choices=known), read_duration(row, "within", low=1.0, high=length)
        points = row.number("points", low=0.0, high=100.0)
        act = _act(row, scope)
        if act.name in known:
            row.mistake("name", act.name, "is a name given twice")
        found.append(Expected(act, after, within, points))
    return tuple(found)


def _forbidden(row: Table, scope: Scope) -> Forbidden:
    points, is_hard = row.number("points", low=0.0, high=100.0), row.boolean("hard", False)
    allowed = row.integer("allowed", 0, low=0, high=100)
    return Forbidden(_act(row, scope), points, is_hard, allowed)


def _act(row: Table, scope: Scope) -> Act:
    name, says = row.text("name"), _text(row, "says")
    do = row.text("do", choices=("set", *COMMANDS))
    when = tuple(found for one in row.tables("when", []) if (found := read_condition(one, scope)))
    choices: tuple[float, ...] = ()
    tags: tuple[str, ...] = ()
    horizon = 0.0
    if do == "set":
        tag = scope.tag(row, "tag", ("setpoint",))
        tags = (tag.name,) if tag else ()
        low, high = _permitted(row, tag, "low"), _permitted(row, tag, "high")
        if "horizon" in row.data:
            horizon = read_duration(row, "horizon", low=10.0, high=DAY)
        choices = row.numbers("choices", quantity(row, tag, "choices"), low=low, high=high)
    else:
        tags = tuple(f"{well}.{COMMANDS[do]}" for well in scope.assets_like(row, "well", "Well")) if do else ()
        low = high = 1.0
    row.no_others()
    return Act(name, says, tags, low, high, when, choices, horizon)


def _permitted(row: Table, tag: Tag | None, key: str) -> float:
    low, high = (tag.signal.low, tag.signal.high) if tag else (-math.inf, math.inf)
    return row.number(key, quantity(row, tag, key), low if key == "low" else high, low=low, high=high)


def read_condition(row: Table, scope: Scope) -> Condition | None:
    """A condition in a table: ``is`` of a state; ``above`` or ``below`` of a number, or both."""
    tag = scope.tag(row, "tag", ())
    if "is" in row.data:
        states = {text: float(code) for code, text in ((tag.signal.states if tag else None) or {}).items()}
        code = states.get(row.text("is", choices=tuple(states)), math.nan)
        low = high = code
    else:
        low, high = (row.number(key, quantity(row, tag, key), end) for key, end in _ENDS)
        if math.isinf(low) and math.isinf(high):
            row.mistake("above", None, "or below, or is, must say what is asked of the tag")
    row.no_others()
    return Condition(tag, low, high) if tag else None


_ENDS = (("above", -math.inf), ("below", math.inf))


def _limit(row: Table, scope: Scope) -> Limit | None:
    """What may not be: the condition of being outside."""
    says, weight, is_hard = _text(row, "says"), row.number("points_per_minute", low=0.0), row.boolean("hard", False)
    condition = read_condition(row, scope)
    return Limit(says, condition, weight, is_hard) if condition else None


def _question(row: Table) -> Question:
    choices, points = row.texts("choices"), row.number("points", low=0.0, high=100.0)
    for wrong in [name for name in choices if name not in fault_names()]:
        row.mistake("choices", wrong, "is no malfunction; `gemelo malfunction list` names all")
    truth = row.text("truth", choices=choices)
    row.no_others()
    return Question(truth, choices, points)


def _hint(row: Table) -> Hint:
    found = Hint(_text(row, "says"), row.number("cost", low=0.0, high=100.0))
    row.no_others()
    return found


def _tags(file: Table, pattern: str, scope: Scope) -> tuple[Tag, ...]:
    return scope.tags_like(Table({"tag": pattern}, file.file, "trends.", file.mistakes), "tag")
