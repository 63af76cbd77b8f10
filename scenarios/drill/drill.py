"""A drill: a field, what befalls it and when, what a trainee is to do and not to do, and how that is scored.

Times are seconds of plant time from the drill's beginning, values SI, texts by language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hil.event import Event
from plant.asset.tag import Tag

Text = Mapping[str, str]


@dataclass(frozen=True)
class Condition:
    """A tag's value within ``low`` … ``high``; an enumeration's code where both are the same."""

    tag: Tag
    low: float = -math.inf
    high: float = math.inf

    def holds(self, value: float) -> bool:
        """Whether it does at ``value``; not where that is unknown."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Deed:
    """Something written to a tag, by whom that may be."""

    at: float
    tag: str
    value: float
    refused: str = ""  # by the device, in its words


@dataclass(frozen=True)
class Act:
    """Something that may be written: any value from ``low`` to ``high`` to one of ``tags``.

    Of several ``choices`` the best is found by trying each on a clone of the field, for ``horizon`` seconds.
    """

    name: str
    says: Text
    tags: tuple[str, ...]
    low: float
    high: float
    when: tuple[Condition, ...] = ()
    choices: tuple[float, ...] = ()
    horizon: float = 0.0

    def is_tried_by(self, deed: Deed) -> bool:
        """Whether a deed is it, or would be if the device had not refused."""
        return deed.tag in self.tags and self.low <= deed.value <= self.high


@dataclass(frozen=True)
class Expected:
    """An act that is to be done, within a time after an event or another act; worth so many points."""

    act: Act
    after: str
    within: float
    points: float


@dataclass(frozen=True)
class Forbidden:
    """An act that is wrong while certain conditions hold, after so many times that are allowed. A hard one fails."""

    act: Act
    points: float
    is_hard: bool
    allowed: int = 0


@dataclass(frozen=True)
class Limit:
    """A value that may not be beyond ``condition``; each minute outside costs ``weight`` points. A hard one fails."""

    says: Text
    condition: Condition
    weight: float
    is_hard: bool


@dataclass(frozen=True)
class Question:
    """What is wrong? One of several names of the fault table."""

    truth: str
    choices: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Hint:
    """A text that helps, and the points that it costs."""

    says: Text
    cost: float


@dataclass(frozen=True)
class Drill:
    """One drill, as its file tells it."""

    path: Path
    title: Text
    briefing: Text
    field: str
    length: float
    events: tuple[Event, ...]
    expected: tuple[Expected, ...]
    forbidden: tuple[Forbidden, ...]
    limits: tuple[Limit, ...]
    question: Question
    hints: tuple[Hint, ...]
    regret: float  # cost above the expert's at which all of ``regret_points`` are lost [bbl of oil]
    regret_points: float
    trends: tuple[Tag, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.stem
