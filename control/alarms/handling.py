"""Handling: what people do with alarms, a row each, and what it takes.

Setting an alarm aside blinds whoever works with it, so it is said why, and a shelf has an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from control.alarms.state import TO_DO, Alarm, Event
from control.bus.message.alarm import Handling
from plant.error import OutOfRange

LONGEST, SHORTEST = 86_400.0, 60.0  # s on a shelf


@dataclass(frozen=True)
class Verb:
    """One thing that people do: the event it is, whether it is said why, what is said where it may not be, who may."""

    event: Event
    is_explained: bool = False
    rule: str = ""  # where nothing is said, it does nothing then
    permission: str = "alarm.handle"


VERBS: Mapping[str, Verb] = {
    "acknowledge": Verb(Event.ACKNOWLEDGE),
    "reset": Verb(Event.RESET, rule="only a latched alarm that has returned and was acknowledged is reset"),
    "shelve": Verb(Event.SHELVE, True, "is shelved already; unshelve it first"),
    "unshelve": Verb(Event.UNSHELVE),
    "remove": Verb(Event.REMOVE, True, permission="alarm.remove"),
    "return": Verb(Event.RETURN, permission="alarm.remove"),
}


def read(asked: Handling, alarm: Alarm, alarm_id: str) -> Event:
    """The event that is asked for. Raises :class:`OutOfRange` where it may not be, as the alarm stands."""
    verb = VERBS.get(asked.verb)
    if verb is None:
        raise OutOfRange("verb", asked.verb, f"must be one of {', '.join(VERBS)}")
    if verb.rule and alarm.state not in TO_DO[verb.event]:
        raise OutOfRange(alarm_id, alarm.state, verb.rule)
    if verb.is_explained and not asked.comment.strip():
        raise OutOfRange("comment", asked.comment, f"must say why, to {asked.verb} an alarm")
    if verb.event is not Event.SHELVE:
        return verb.event
    if asked.for_s is None:
        return Event.SHELVE_ONCE
    if not SHORTEST <= asked.for_s <= LONGEST:
        raise OutOfRange(
            "for_s", asked.for_s, f"must be between {SHORTEST:g} and {LONGEST:g}; longer is out of service"
        )
    return Event.SHELVE
