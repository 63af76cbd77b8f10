"""Alarms: their transitions, and what people do with them, with the answers."""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.message.check import Words
from control.bus.message.form import Message
from control.bus.message.run import OWN


@dataclass(frozen=True)
class Transition(Message):
    """An alarm from one state to the next. Value and limit are SI; ``unit`` is the key of the unit people see.

    ``by`` and ``comment`` are of this transition; what follows ``run`` is the alarm's life since it was raised last.
    ``aside`` names what sets it aside, ``SHLVD OOSRV`` say, of which ``state`` is the first.
    """

    id: str
    tag: str
    kind: str
    priority: int
    before: str
    state: str
    event: str
    time_ns: int
    value: float | None
    limit: float | None
    unit: str
    message: dict[str, str]  # by language
    field: str
    by: str | None = None
    comment: str | None = None
    run: str = OWN
    raised_ns: int | None = None
    returned_ns: int | None = None
    acknowledged_ns: int | None = None
    acknowledged_by: str | None = None
    acknowledged_comment: str | None = None
    shelved_ns: int | None = None
    shelved_until_ns: int | None = None
    shelved_by: str | None = None
    shelved_comment: str | None = None
    removed_ns: int | None = None
    removed_by: str | None = None
    removed_comment: str | None = None
    aside: str = ""


@dataclass(frozen=True)
class Handling(Message):
    """What somebody does with an alarm, named by its id or as ``TAG/KIND``: one of control.alarms.handling.VERBS."""

    alarm: Words
    verb: Words
    by: Words
    comment: str = ""
    for_s: float | None = None  # how long it is to be shelved; until its condition has gone where nothing is said


@dataclass(frozen=True)
class Handled(Message):
    """How the alarm stands then; ``changed`` unless there was nothing to do."""

    id: str
    state: str
    changed: bool
    time_ns: int
    by: str
