"""The alarm table: which tags alarm, at what limits, how urgently, in what words.

A row names tags by a pattern (``Well.*.IntakePressure``) and gives conditions in units (``low_MPag = 2.0``); see
docs/alarms.md and :mod:`control.alarms.cause`.
A row of ``[[suppress]]`` says while what certain of these alarms are suppressed by design.
What an alarm says comes from the catalogue of names, unless the row has words of its own (``message_en``).
Later rows override earlier ones for the tags they share, kind by kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from control.alarms.cause import read_causes
from control.alarms.condition import KINDS
from control.alarms.rule import Cause, Rule
from control.alarms.suppression import Suppression
from plant.asset.duration import read as read_duration
from plant.asset.name import LANGUAGES, kind_of, said
from plant.asset.pattern import matches
from plant.asset.table import Table
from plant.asset.tag import Tag

FOLDER = Path(__file__).parents[2] / "plant" / "asset" / "fields"
DAY = 86_400.0
SEVERITIES = {1: "critical", 2: "high", 3: "medium", 4: "low"}  # by priority, for subjects


def alarm_file(field_source: str | Path) -> Path:
    """Where the alarm table of a field file lies: beside it, ``NAME.alarms.toml``."""
    path = Path(field_source)
    return path.with_suffix(".alarms.toml") if path.suffix == ".toml" else FOLDER / f"{field_source}.alarms.toml"


@dataclass(frozen=True)
class AlarmTable:
    """The alarms that there can be, and what suppresses them."""

    rules: tuple[Rule, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


def load_alarms(path: Path, tags: Mapping[str, Tag]) -> AlarmTable:
    """Read an alarm table over a field's tags. A field without one has no alarms.

    Raises :class:`ConfigError` with every mistake.
    """
    if not path.exists():
        return AlarmTable()
    file = Table.load(path)
    rules: dict[str, Rule] = {}
    for row in file.tables("alarm", []):
        for rule in _rules(row, tags):
            rules[rule.id] = rule
    suppressions = [found for row in file.tables("suppress", []) for found in _suppressions(row, tags, rules.values())]
    file.no_others()
    file.finish()
    return AlarmTable(tuple(rules.values()), tuple(suppressions))


def _rules(row: Table, tags: Mapping[str, Tag]) -> list[Rule]:
    matched = _matched(row, tags)
    causes = read_causes(row, matched, tags)
    on_delay, off_delay = (read_duration(row, name, 0.0, high=DAY) for name in ("on_delay", "off_delay"))
    priority = row.integer("priority", low=1, high=len(SEVERITIES))
    own = {language: row.text(f"message_{language}", "") for language in LANGUAGES}
    is_latched = row.boolean("latched", False)
    row.no_others()
    _note_without_condition(row, "tags", matched, causes)
    is_of_many = len({cause.kind for cause in causes}) > 1
    return [
        Rule(cause, on_delay, off_delay, priority, _message(own, cause.tag, cause.kind, is_of_many), is_latched)
        for cause in causes
    ]


def _suppressions(row: Table, tags: Mapping[str, Tag], rules: Iterable[Rule]) -> list[Suppression]:
    """Of each cause of suppression, the alarms: of its own asset where a signal is named, of all where a tag is."""
    alarms, kinds = _of_kinds(row, rules), row.text("while")
    matched = _whiles(row, kinds, alarms, tags)
    causes = read_causes(row, matched, tags)
    on_delay, off_delay = (read_duration(row, name, 0.0, high=DAY) for name in ("on_delay", "off_delay"))
    row.no_others()
    _note_without_condition(row, "while", matched, causes)
    return [
        Suppression(Rule(cause, on_delay, off_delay, 1, {}), found)
        for cause in causes
        if (found := tuple(rule.id for rule in alarms if _is_meant(rule, cause, kinds in tags)))
    ]


def _of_kinds(row: Table, rules: Iterable[Rule]) -> list[Rule]:
    """The alarms that a row of suppression means: those on the tags it names, of the kinds it names or of any."""
    pattern, kinds = row.text("alarms"), row.texts("kinds", [])
    if set(kinds) - set(KINDS):
        row.mistake("kinds", list(kinds), f"must be kinds of alarms: {', '.join(KINDS)}")
    found = [r for r in rules if matches(r.tag.name, pattern) and (not kinds or r.kind in kinds)]
    if pattern and not found:
        row.mistake("alarms", pattern, "names no tag with such an alarm in this table")
    return found


def _whiles(row: Table, name: str, alarms: Iterable[Rule], tags: Mapping[str, Tag]) -> list[Tag]:
    """The tags that a suppression hangs on: one by its name, or that signal of each alarm's asset."""
    assets = dict.fromkeys(rule.tag.asset for rule in alarms)
    names = [name] if name in tags else [f"{asset}.{name}" for asset in assets]
    found = [tags[one] for one in names if one in tags]
    if name and assets and len(found) < len(names):
        row.mistake("while", name, "must be a tag, or a signal of every asset whose alarms it suppresses")
    return found


def _is_meant(rule: Rule, cause: Cause, is_of_all: bool) -> bool:
    """An alarm is not suppressed by its own cause."""
    is_own = (rule.tag, rule.kind) == (cause.tag, cause.kind)
    return not is_own and (is_of_all or rule.tag.asset == cause.tag.asset)


def _note_without_condition(row: Table, key: str, matched: list[Tag], causes: list[Cause]) -> None:
    if matched and not causes and not row.data.keys() & {name for name in row.data if name.partition("_")[0] in KINDS}:
        row.mistake(key, row.data.get(key), f"needs a condition: {', '.join(KINDS)}")


def _message(own: Mapping[str, str], tag: Tag, kind: str, is_of_many: bool) -> dict[str, str]:
    """What is said: the row's own words, and of which of its kinds if it has several; else the catalogue's."""
    usual, which = said(tag.signal.name, kind), kind_of(tag.signal.name, kind)
    told = {language: f"{text}: {which[language]}" if is_of_many else text for language, text in own.items() if text}
    return usual | told


def _matched(row: Table, tags: Mapping[str, Tag]) -> list[Tag]:
    pattern = row.text("tags")
    matched = [tag for name, tag in tags.items() if matches(name, pattern)]
    if pattern and not matched:
        row.mistake("tags", pattern, "names no tag of the field")
    return matched
