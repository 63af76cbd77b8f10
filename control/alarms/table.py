"""The alarm table: which tags alarm, at what limits, how urgently, in what words.

A row names tags by a pattern (``Well.*.IntakePressure``) and gives conditions in units (``low_MPag = 2.0``); see
docs/alarms.md and :mod:`control.alarms.cause`.
What an alarm says comes from the catalogue of names, unless the row has words of its own (``message_en``).
Later rows override earlier ones for the tags they share, kind by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from control.alarms.cause import read_causes
from control.alarms.condition import KINDS
from control.alarms.rule import Rule
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


def load_rules(path: Path, tags: Mapping[str, Tag]) -> tuple[Rule, ...]:
    """Read an alarm table over a field's tags. A field without one has no alarms.

    Raises :class:`ConfigError` with every mistake.
    """
    if not path.exists():
        return ()
    file = Table.load(path)
    rules: dict[str, Rule] = {}
    for row in file.tables("alarm", []):
        for rule in _rules(row, tags):
            rules[rule.id] = rule
    file.no_others()
    file.finish()
    return tuple(rules.values())


def _rules(row: Table, tags: Mapping[str, Tag]) -> list[Rule]:
    matched = _matched(row, tags)
    causes = read_causes(row, matched, tags)
    on_delay, off_delay = (read_duration(row, name, 0.0, high=DAY) for name in ("on_delay", "off_delay"))
    priority = row.integer("priority", low=1, high=len(SEVERITIES))
    own = {language: row.text(f"message_{language}", "") for language in LANGUAGES}
    row.no_others()
    if matched and not causes and not row.data.keys() & {key for key in row.data if key.partition("_")[0] in KINDS}:
        row.mistake("tags", row.data.get("tags"), f"needs a condition: {', '.join(KINDS)}")
    is_of_many = len({cause.kind for cause in causes}) > 1
    return [
        Rule(cause, on_delay, off_delay, priority, _message(own, cause.tag, cause.kind, is_of_many)) for cause in causes
    ]


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
