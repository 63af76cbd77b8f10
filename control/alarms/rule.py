"""A rule: one alarm that there can be, on which tag, of which kind, with what it is compared, and how it is said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from plant.asset.tag import Tag


@dataclass(frozen=True)
class Cause:
    """What raises an alarm of a kind on a tag. SI; see :class:`control.alarms.condition.Settings`."""

    tag: Tag
    kind: str  # one of control.alarms.condition.KINDS
    threshold: float = math.nan
    deadband: float = 0.0
    other: str = ""  # the tag that a deviation is from
    per: float = math.inf  # time of a rate [s]
    states: tuple[float, ...] = ()  # of a discrete alarm


@dataclass(frozen=True)
class Rule:
    """One alarm: its cause, its delays in seconds, and how urgently and in which words it is said."""

    cause: Cause
    on_delay: float
    off_delay: float
    priority: int
    message: Mapping[str, str]  # by language
    is_latched: bool = False  # once it has returned it waits for its reset

    @property
    def tag(self) -> Tag:
        """The tag that it is on."""
        return self.cause.tag

    @property
    def kind(self) -> str:
        """The kind of its condition."""
        return self.cause.kind

    @property
    def limit(self) -> float | None:
        """The value beyond which it is raised, SI; ``None`` where no value is the limit."""
        return self.cause.threshold if self.kind in LIMITS else None

    @property
    def id(self) -> str:
        """``{tag}.{kind}``, which names it everywhere."""
        return f"{self.tag.name}.{self.kind}"


LIMITS = ("low_low", "low", "high", "high_high")
