"""The alarm table: which tags alarm, at what limits, how urgently, in what words.

A row names tags by a pattern (``Well.*.IntakePressure``) and gives limits in units (``low_MPag = 2.0``).
What an alarm says comes from the catalogue of names, unless the row has words of its own (``message_en``).
Later rows override earlier ones for the tags they share, kind by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from plant.asset.name import LANGUAGES, kind_of, said
from plant.asset.pattern import matches
from plant.asset.table import Table
from plant.asset.tag import Tag

FOLDER = Path(__file__).parents[2] / "plant" / "asset" / "fields"
SIGNS = {"low_low": -1, "low": -1, "high": 1, "high_high": 1}  # kinds of limit → the side on which it alarms
BAD = "bad"  # kind of the alarm on the quality itself
KINDS = (*SIGNS, BAD)
SEVERITIES = {1: "critical", 2: "high", 3: "medium", 4: "low"}  # by priority, for subjects
DAY = 86_400.0


@dataclass(frozen=True)
class Rule:
    """One alarm: a tag, a kind, and when it is raised. Limit and deadband in SI, delays in seconds."""

    tag: Tag
    kind: str  # one of KINDS
    limit: float | None
    deadband: float
    on_delay: float
    off_delay: float
    priority: int
    message: Mapping[str, str]  # by language

    @property
    def id(self) -> str:
        """``{tag}.{kind}``, which names it everywhere."""
        return f"{self.tag.name}.{self.kind}"


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
    quantities = {tag.signal.unit.quantity for tag in matched}
    quantity = next(iter(quantities), "number")
    limits = {kind: row.number(kind, quantity, None) for kind in SIGNS}
    limits = {kind: limit for kind, limit in limits.items() if limit is not None}
    deadband = row.difference("deadband", quantity, 0.0)
    on_delay, off_delay = (row.number(name, "time", 0.0, 0.0, DAY) for name in ("on_delay", "off_delay"))
    priority = row.integer("priority", low=1, high=len(SEVERITIES))
    own = {language: row.text(f"message_{language}", "") for language in LANGUAGES}
    is_on_quality = row.boolean(BAD, False)
    row.no_others()
    if not matched:
        return []
    _check(row, matched, limits, is_on_quality, quantities)
    kinds = limits | ({BAD: None} if is_on_quality else {})
    return [
        Rule(tag, kind, limit, deadband, on_delay, off_delay, priority, _message(own, tag, kind, len(kinds) > 1))
        for tag in matched
        for kind, limit in kinds.items()
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


def _check(
    row: Table, matched: list[Tag], limits: Mapping[str, float], is_on_quality: bool, quantities: set[str]
) -> None:
    if not limits and not is_on_quality:
        row.mistake("tags", row.data.get("tags"), f"needs a limit ({', '.join(SIGNS)}) or bad = true")
    if limits and len(quantities) > 1:
        row.mistake("tags", row.data.get("tags"), f"has limits for several quantities: {', '.join(sorted(quantities))}")
        return
    ordered = [limits[kind] for kind in SIGNS if kind in limits]
    if any(not a < b for a, b in pairwise(ordered)):
        row.mistake("tags", row.data.get("tags"), f"its limits {', '.join(limits)} must rise in this order")
    for kind, limit in limits.items():
        beyond = next((tag for tag in matched if not tag.signal.low <= limit <= tag.signal.high), None)
        if beyond is not None:
            row.mistake(kind, None, f"lies outside the span of {beyond.name}, so it could never be reached in belief")
