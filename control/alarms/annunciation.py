"""Annunciations: what an operator was told, one for each time that an alarm was raised, out of a journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from control.alarms.state import ASIDE, Event, State

HELD = (State.UNACK, State.ACKED)


@dataclass(frozen=True)
class Annunciation:
    """One raising of an alarm. Times in UTC ns; ``None``: it has not happened."""

    alarm: str
    tag: str
    priority: int
    raised: int
    acknowledged: int | None = None
    ended: int | None = None  # its condition had gone, or it was set aside
    was_set_aside: bool = False


def annunciations(transitions: Iterable[Mapping[str, Any]]) -> list[Annunciation]:
    """Those that ``transitions``, in the order of time, tell of. What was raised before the first is not among them."""
    found: list[Annunciation] = []
    last: dict[str, int] = {}
    for said in transitions:
        name = said["id"]
        if said["state"] == State.UNACK:
            last[name] = len(found)
            found.append(Annunciation(name, said["tag"], said["priority"], said["time_ns"]))
        elif name in last:
            found[last[name]] = _told(found[last[name]], said)
    return found


def _told(one: Annunciation, said: Mapping[str, Any]) -> Annunciation:
    if said["event"] == Event.ACKNOWLEDGE and one.acknowledged is None:
        one = replace(one, acknowledged=said["time_ns"])
    if one.ended is None and said["state"] not in HELD:
        one = replace(one, ended=said["time_ns"], was_set_aside=said["state"] in ASIDE)
    return one
