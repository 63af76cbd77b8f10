"""Standing alarms: those with which there is something to do, by id, worst first; and those that are set aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from control.alarms.state import ASIDE, UNACKNOWLEDGED, State
from plant.asset.tag import asset_of

Alarm = dict[str, Any]  # as control publishes it

PRIORITIES = (1, 2, 3, 4)


class Standing:
    """The alarms that stand. ``version`` changes with every change, so that a page knows when to redraw."""

    def __init__(self) -> None:
        self._by_id: dict[str, Alarm] = {}
        self._aside: dict[str, Alarm] = {}
        self._times: dict[str, int] = {}
        self.version = 0

    def hear(self, alarm: Alarm) -> None:
        """A transition, or a state kept; one to normal takes the alarm off, an older one than known is passed over."""
        name, time = alarm["id"], alarm["time_ns"]
        if time < self._times.get(name, 0):
            return
        self.version += 1
        self._times[name] = time
        self._by_id.pop(name, None)
        self._aside.pop(name, None)
        if alarm["state"] != State.NORM:
            (self._aside if alarm["state"] in ASIDE else self._by_id)[name] = alarm

    def forget(self) -> None:
        """Know of none."""
        self._by_id.clear()
        self._aside.clear()
        self._times.clear()
        self.version += 1

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Alarm]:
        return iter(sorted(self._by_id.values(), key=_urgency))

    def aside(self) -> list[Alarm]:
        """Those that are shelved, suppressed by design or out of service: the newest first."""
        return sorted(self._aside.values(), key=lambda alarm: -alarm["time_ns"])

    def of(self, asset: str) -> list[Alarm]:
        """Those of one asset."""
        return [alarm for alarm in self if asset_of(alarm["tag"]) == asset]

    def worst(self) -> dict[str, tuple[int, bool]]:
        """Of every asset with alarms: its most urgent priority, and whether one of these is unacknowledged."""
        found: dict[str, tuple[int, bool]] = {}
        for alarm in self._by_id.values():
            asset, priority, is_open = asset_of(alarm["tag"]), alarm["priority"], alarm["state"] in UNACKNOWLEDGED
            worst, was_open = found.get(asset, (priority, False))
            if priority <= worst:
                found[asset] = (priority, is_open or (was_open and priority == worst))
        return found

    def counts(self) -> dict[int, tuple[int, int]]:
        """Per priority: how many stand, and how many of them are unacknowledged."""
        alarms = list(self._by_id.values())
        return {
            p: (
                sum(a["priority"] == p for a in alarms),
                sum(a["priority"] == p and a["state"] in UNACKNOWLEDGED for a in alarms),
            )
            for p in PRIORITIES
        }


def _urgency(alarm: Alarm) -> tuple[bool, int, int]:
    """Unacknowledged first, then by priority, then the newest."""
    return alarm["state"] not in UNACKNOWLEDGED, alarm["priority"], -raised(alarm)


def raised(alarm: Alarm) -> int:
    """When it was raised last (UTC ns); one of before says its last transition only."""
    return int(alarm.get("raised_ns") or alarm["time_ns"])
