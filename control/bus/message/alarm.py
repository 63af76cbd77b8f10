"""Alarms: their transitions, and acknowledgements with their answers."""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.message.check import Words
from control.bus.message.form import Message
from control.bus.message.run import OWN


@dataclass(frozen=True)
class Transition(Message):
    """An alarm from one state to the next. Value and limit are SI; ``unit`` is the key of the unit people see.

    ``by`` and ``comment`` are of this transition; what follows ``run`` is the alarm's life since it was raised last.
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


@dataclass(frozen=True)
class Acknowledge(Message):
    """Somebody has seen an alarm, named by its id or as ``TAG/KIND``."""

    alarm: Words
    by: Words
    comment: str = ""


@dataclass(frozen=True)
class Acknowledged(Message):
    """How the alarm stands then; ``changed`` unless there was nothing to acknowledge."""

    id: str
    state: str
    changed: bool
    time_ns: int
    by: str
