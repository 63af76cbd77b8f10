"""Mapped messages: what a device says on topics of its maker's own, by the paths of its profile.

A message is JSON, or a bare number or text. What it does not speak of keeps its value.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import aiomqtt
import numpy as np

from control.acquisition.driver import Reading
from control.bus import quality
from plant.asset.profile.meaning import Absent
from plant.asset.profile.point import Point
from plant.asset.protocol.mqtt import STAMPS, Key, MqttSettings

MISSING = object()
LATEST = (1 << 63) - 1  # ns that fit into a time of ours


class Mapped:
    """Reads the messages of one device, and remembers what they said."""

    def __init__(self, points: Sequence[Point], settings: MqttSettings, device_id: str):
        self.malformed = 0  # messages and values that could not be understood
        self._points, self._settings, self._id = points, settings, device_id
        self._places = [
            (_filled(p.address.topic, device_id), p.address.name) for p in points if isinstance(p.address, Key)
        ]
        self.topics = sorted({topic for topic, _ in self._places if topic})
        is_command = np.array([p.signal.kind == "command" for p in points])
        self._value = np.where(is_command, 0.0, np.nan)  # a command is momentary, and shows nothing
        self._code = np.where(is_command, quality.GOOD, quality.BAD_NO_DATA).astype(np.uint32)

    def __call__(self, topic: aiomqtt.Topic, payload: bytes, now: int) -> list[Reading]:
        """What is known after a message that came at ``now`` [UTC ns]; nothing where it is of no point."""
        mine = [i for i, (where, _) in enumerate(self._places) if where and topic.matches(where)]
        if not mine:
            return []
        said = _said(payload)
        time = self._time(said, now)
        for i in mine:
            self._take(i, MISSING if time is None else _at(said, self._places[i][1]), time is None)
        n = len(self._points)
        moment = np.full(n, now if time is None else time, np.int64)
        return [Reading(moment, self._value.copy(), self._code.copy())]

    def target(self, point: Point) -> str | None:
        """The topic on which a point is written; None where it is written by RPC."""
        address = point.target.address
        return _filled(address.write_topic, self._id) or None if isinstance(address, Key) else None

    def _take(self, i: int, raw: Any, is_torn: bool) -> None:
        point = self._points[i]
        if raw is MISSING and not is_torn:
            is_known = point.signal.kind != "command" and not quality.is_bad(self._code[i])
            if is_known and self._settings.report == "whole":
                self._code[i] = quality.UNCERTAIN_LAST_USABLE
            return
        if isinstance(raw, str) and point.meaning.states is None:
            raw = _number(raw)
        value = point.si(raw) if isinstance(raw, (bool, int, float, str)) else Absent.NO_NUMBER
        if isinstance(value, Absent):
            self.malformed += value is not Absent.NO_VALUE
            bad = quality.BAD_SENSOR_FAILURE if value is Absent.NO_VALUE else quality.BAD_DEVICE_FAILURE
            self._value[i], self._code[i] = np.nan, bad
        else:
            self._value[i], self._code[i] = value, quality.GOOD

    def _time(self, said: Any, now: int) -> int | None:
        """The message's own time, or when it came where it has none; None where what stands there is no time."""
        stamp: Any = _at(said, self._settings.stamp) if self._settings.stamp else MISSING
        if stamp is MISSING:
            return now
        try:
            step = STAMPS[self._settings.counts]
            time = round(float(stamp) * step) if step else _iso(stamp)
        except (TypeError, ValueError, OverflowError):
            return None
        return time if 0 <= time <= LATEST else None


def _filled(topic: str, device_id: str) -> str:
    return topic.replace("{id}", device_id)


def _said(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return payload.decode(errors="replace").strip()


def _at(said: Any, path: str) -> Any:
    """What stands at a path of keys and positions, divided by dots."""
    for part in filter(None, path.split(".")):
        if isinstance(said, dict) and part in said:
            said = said[part]
        elif isinstance(said, list) and part.isdecimal() and int(part) < len(said):
            said = said[int(part)]
        else:
            return MISSING
    return said


def _iso(text: str) -> int:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1e6) * 1000


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
