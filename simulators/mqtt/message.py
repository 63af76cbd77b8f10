"""What a device says and hears over MQTT: telemetry, and requests with their answers, as JSON.

Values are in the units of the profile. JSON has no NaN: what a dead sensor would show is left out, and the
key's status code says why.
"""

from __future__ import annotations

import json
import math
from typing import Any

from plant.asset.bench import Device as BenchDevice
from plant.asset.profile.point import Point
from plant.asset.protocol.mqtt import Key
from plant.error import GemeloError, OutOfRange, Unknown
from simulators.device import Device
from simulators.manner import moved

MILLISECOND = 1_000_000  # ns
WRITE = "write"  # the method that names its key: {"key": …, "value": …}


class Messages:
    """The messages of one device."""

    def __init__(self, place: BenchDevice, device: Device):
        self._device, self.requests = device, 0
        self._points = {_key(point).name: point for point in place.profile.points}
        self._methods = {_key(point).method: point for point in self._points.values() if _key(point).method}

    def hand_over(self, device: Device) -> None:
        """Be another device's from here on."""
        self._device = device

    def telemetry(self) -> bytes:
        """Everything that the device shows now, with its own time."""
        manner = self._device.manner
        readings = moved(self._device.readings(), manner.moved_by)
        values: dict[str, float] = {}
        quality: dict[str, int] = {}
        for key, point in self._points.items():
            reading = readings.get(_signal(point))  # None: a command is momentary and shows nothing
            if reading is not None and math.isfinite(reading.value):
                values[key] = _shown(point, reading.value)
            if reading is not None and (status := manner.status or reading.quality):
                quality[key] = status
        message: dict[str, Any] = {"ts": self._device.stamp // MILLISECOND, "values": values}
        return json.dumps(message | ({"quality": quality} if quality else {})).encode()

    def answer(self, request: bytes) -> bytes:
        """Do what is asked; ``{"ok": true}``, or ``{"error": why}`` where the device will not."""
        asked: Any = None
        self.requests += 1
        try:
            asked = _parsed(request)
            self._device.manner.check("request", self.requests)
            point, value = self._meant(asked)
            self._device.write(_signal(point), float(point.unit.to_si(value)))
            said: dict[str, Any] = {"ok": True}
        except GemeloError as error:
            said = {"error": str(error)}
        known = {"id": asked["id"]} if isinstance(asked, dict) and "id" in asked else {}
        return json.dumps(said | known).encode()

    def _meant(self, asked: dict[str, Any]) -> tuple[Point, float]:
        method, params = asked.get("method"), asked.get("params")
        if method == WRITE and isinstance(params, dict):
            point = self._points.get(str(params.get("key")))
            if point is None:
                raise Unknown("key", str(params.get("key")))
            return point, _number(params.get("value"))
        point = self._methods.get(str(method))
        if point is None:
            raise Unknown("method", str(method))
        if isinstance(params, dict):
            params = params.get("value")
        if params is None and point.signal.kind == "command":
            params = 1  # it is named; that is all there is to say
        return point, _number(params)


def _parsed(request: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(request)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise OutOfRange("request", repr(request[:80]), 'must be a JSON object with "method" and "params"')
    return asked


def _number(value: Any) -> float:
    try:
        number = float(value) if isinstance(value, (bool, int, float)) else math.nan
    except OverflowError:  # JSON's whole numbers have no end
        number = math.inf
    if not math.isfinite(number):
        raise OutOfRange("value", repr(value)[:80], "must be a finite number")
    return number


def _shown(point: Point, value: float) -> float:
    shown = float(point.unit.from_si(value))
    return round(shown) if point.signal.kind == "state" else shown


def _signal(point: Point) -> str:
    return f"{point.role}.{point.signal.name}"


def _key(point: Point) -> Key:
    assert isinstance(point.address, Key)
    return point.address
