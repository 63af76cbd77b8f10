"""Telemetry: an MQTT device's message becomes a reading.

Messages are those of ThingsBoard's device API: ``{"ts": ms, "values": {key: value}}``, the values alone (then
the moment of arrival is their time), or a list of either; beside ``values`` there may be ``quality``, the OPC UA
status codes of keys that are not Good. docs/decisions/45-mqtt-messages.md has the rules in full.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from control.acquisition.driver import Reading
from control.bus import quality
from plant.asset.profile.point import Point
from plant.asset.protocol.mqtt import Key

MILLISECOND = 1_000_000  # ns
LATEST = (1 << 63) // MILLISECOND - 1  # ms that fit into a time of ours


class Entry(NamedTuple):
    """One moment of a message."""

    time: int  # UTC ns
    values: dict[str, Any]
    quality: dict[str, Any]


class Telemetry:
    """Reads the messages of one device; remembers each key's last value."""

    def __init__(self, points: Sequence[Point], tells_changes: bool = False):
        self.malformed = 0  # messages and values that could not be understood
        self._keys = [p.address.name for p in points if isinstance(p.address, Key)]
        self._unsaid = quality.GOOD if tells_changes else quality.UNCERTAIN_LAST_USABLE
        self._is_command = np.array([p.signal.kind == "command" for p in points])
        self._scale, self._offset = (np.array([getattr(p.unit, part) for p in points]) for part in ("scale", "offset"))
        self._last = np.where(self._is_command, 0.0, np.nan)  # a command is momentary and shows nothing

    def __call__(self, message: bytes, now: int) -> list[Reading]:
        """A reading for each moment in ``message``, which came at ``now`` (UTC ns). None of it can be trusted, and
        all is Bad, where the message is not understood."""
        entries = _entries(message, now)
        if entries is None:
            self.malformed += 1
            n = len(self._keys)
            return [_at(now, np.full(n, np.nan), np.full(n, quality.BAD_DEVICE_FAILURE, dtype=np.uint32))]
        return [self._reading(entry) for entry in entries]

    def _reading(self, entry: Entry) -> Reading:
        raw = np.array([_number(entry.values.get(key)) for key in self._keys])
        value = raw * self._scale + self._offset
        is_said = np.array([entry.values.get(key) is not None for key in self._keys])
        is_strange = is_said & np.isnan(raw)
        code = self._codes(entry, is_said)
        code[is_strange] = quality.BAD_DEVICE_FAILURE
        code[np.isinf(raw)] = quality.BAD_SENSOR_FAILURE
        self.malformed += int(is_strange.sum())
        value = np.where(is_said, value, self._last)
        is_bad = quality.is_bad(code)
        self._last = np.where(is_said & ~is_bad, value, self._last)
        return _at(entry.time, np.where(is_bad, np.nan, value), code, entry.time)

    def _codes(self, entry: Entry, is_said: np.ndarray) -> np.ndarray:
        """As the device says; a key that it leaves out keeps its last value, if it ever had one."""
        unsaid = np.where(np.isnan(self._last), quality.BAD_NO_DATA, self._unsaid)
        unsaid = np.where(self._is_command, quality.GOOD, unsaid)
        code = np.where(is_said, quality.GOOD, unsaid).astype(np.uint32)
        for i, key in enumerate(self._keys):
            said = entry.quality.get(key)
            if said is not None:
                code[i] = said if _is_code(said) else quality.BAD_DEVICE_FAILURE
                self.malformed += not _is_code(said)
        return code


def _entries(message: bytes, now: int) -> list[Entry] | None:
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    entries = [_entry(part, now) for part in (said if isinstance(said, list) else [said])]
    return [entry for entry in entries if entry is not None] if entries and all(entries) else None


def _entry(said: Any, now: int) -> Entry | None:
    if not isinstance(said, dict):
        return None
    if "values" not in said:
        return Entry(now, said, {})
    time, values, codes = said.get("ts", now // MILLISECOND), said["values"], said.get("quality", {})
    is_time = isinstance(time, int) and not isinstance(time, bool) and 0 <= time <= LATEST
    if not is_time or not isinstance(values, dict) or not isinstance(codes, dict):
        return None
    return Entry(time * MILLISECOND, values, codes)


def _number(said: Any) -> float:
    """As a float; NaN for what is no number, infinity for what is too large for one."""
    try:
        return float(said) if isinstance(said, (bool, int, float)) else np.nan
    except OverflowError:
        return np.inf


def _is_code(said: Any) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 1 << 32


def _at(time: int, value: np.ndarray, code: np.ndarray, clock: int | None = None) -> Reading:
    return Reading(np.full(len(value), time, dtype=np.int64), value, code, clock=clock)
