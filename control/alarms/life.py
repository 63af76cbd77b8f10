"""An alarm's life: when it was raised, returned, acknowledged and set aside, by whom, with what to say.

Each moment is kept until the alarm is raised anew: an acknowledgement does not make a trip of 21:54 one of 21:56. What
sets it aside is kept until it is taken back, however often the condition comes and goes meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from control.alarms.state import Event, State


@dataclass(frozen=True)
class Life:
    """What is known of one alarm since it was raised last. Times in UTC ns; ``None``: it has not happened."""

    raised_ns: int | None = None
    returned_ns: int | None = None
    acknowledged_ns: int | None = None
    acknowledged_by: str | None = None
    acknowledged_comment: str | None = None
    shelved_ns: int | None = None
    shelved_until_ns: int | None = None  # None too of one that is shelved until its condition has gone
    shelved_by: str | None = None
    shelved_comment: str | None = None
    removed_ns: int | None = None  # from service
    removed_by: str | None = None
    removed_comment: str | None = None


@dataclass(frozen=True)
class Step:
    """What happened to an alarm: into which state, when; by whom and why where it was somebody, and until when."""

    event: str  # one of the state machine's, or that its row has left the table
    after: State
    time: int
    by: str | None = None
    comment: str | None = None
    until: int | None = None


# By event, what of a life it tells, or ends.
TELLS: Mapping[str, str] = {
    Event.ACKNOWLEDGE: "acknowledged", Event.SHELVE: "shelved", Event.SHELVE_ONCE: "shelved", Event.REMOVE: "removed",
}  # fmt: skip
GONE = "removed"  # its row has left the table
ENDS: Mapping[str, tuple[str, ...]] = {
    Event.UNSHELVE: ("shelved",), Event.RETURN: ("removed",), GONE: ("shelved", "removed"),
}  # fmt: skip
ASIDE = tuple(field.name for field in fields(Life) if field.name.startswith(ENDS[GONE]))


def lived(life: Life, step: Step) -> Life:
    """The life after ``step``."""
    for what in ENDS.get(step.event, ()):
        life = replace(life, **_told(what, None))
    if step.event in TELLS:
        life = replace(life, **_told(TELLS[step.event], step))
    if step.after is State.UNACK:
        return replace(Life(raised_ns=step.time), **{name: getattr(life, name) for name in ASIDE})
    if life.returned_ns is None and (step.event == Event.CLEAR or step.after is State.NORM):
        return replace(life, returned_ns=step.time if life.raised_ns else None)
    return life


def _told(what: str, step: Step | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        f"{what}_ns": step and step.time, f"{what}_by": step and step.by, f"{what}_comment": step and step.comment,
    }  # fmt: skip
    return told | ({f"{what}_until_ns": step and step.until} if what == "shelved" else {})
