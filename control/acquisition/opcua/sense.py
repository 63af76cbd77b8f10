"""What a notified value says: its number in SI, its quality, and its time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
from asyncua import ua

from control.acquisition.complaint import Complaints
from control.acquisition.opcua.notification import Sample
from control.bus import quality
from plant.asset.profile.meaning import Absent
from plant.asset.profile.point import Point
from plant.asset.protocol.opcua import Node

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # a source time before it is one that nobody has set
CODE = 0xFFFF_0000  # of a status; the rest says how the value was sampled


class Sense:
    """Of the points of one device, and of the nodes that hold their scales, which stand behind them."""

    def __init__(self, tags: tuple[str, ...], points: tuple[Point, ...], complaints: Complaints):
        self._tags, self._points, self._complaints = tags, points, complaints
        self._scaled = [i for i, point in enumerate(points) if point.scale_at is not None]
        self.scales: dict[int, float] = {}  # as last said, by the point's position
        self._last: dict[int, tuple[int, Any]] = {}  # time and raw value, by position
        self.raw: dict[int, Any] = {}
        self.texts: dict[int, str] = {}

    def forget(self) -> None:
        """Begin anew, as a new session does."""
        self._last, self.scales = {}, {}

    @property
    def addresses(self) -> list[Node]:
        """Of the nodes of scales, in their order behind those of the points."""
        return [scale.address for i in self._scaled if (scale := self._points[i].scale_at) is not None]  # type: ignore[misc]

    def scale(self, position: int, said: ua.DataValue) -> int:
        """Take in what the node of a scale says; the position of the point that it is of."""
        point = self._scaled[position - len(self._points)]
        where = self._points[point].scale_at
        assert where is not None
        assert isinstance(where.address, Node)
        value = _element(said, where.address.index)
        if isinstance(value, (int, float)) and np.isfinite(value):
            self.scales[point] = 10.0**value if where.is_power else float(value)
        else:
            self.scales.pop(point, None)
        return point

    def sample(self, position: int, said: ua.DataValue, now: int, tolerance: float) -> Sample:
        """What a value says; ``now`` [UTC ns] is when it came, and its clock may be off by ``tolerance`` [ns]."""
        point = self._points[position]
        assert isinstance(point.address, Node)
        raw = _element(said, point.address.index)
        self.raw[position] = raw
        code = said.StatusCode.value & CODE if said.StatusCode else quality.GOOD
        if code == ua.StatusCodes.BadNodeIdUnknown:
            code = quality.BAD_CONFIGURATION
        value = np.nan
        if not quality.is_bad(code):
            value, meant = self._meant(position, raw)
            code = max(code, meant) if meant else code
        time, is_doubtful = self._time(position, raw, said, now, tolerance)
        if is_doubtful and not quality.is_bad(code):
            code = max(code, quality.UNCERTAIN_SUBNORMAL)
        return Sample(time, position, value, code)

    def _meant(self, position: int, raw: Any) -> tuple[float, int]:
        point = self._points[position]
        self.texts.pop(position, None)
        if isinstance(raw, str) and point.meaning.states is None:
            self.texts[position] = raw
            raw = _number(raw)
        if not isinstance(raw, (bool, int, float, str)):
            return np.nan, quality.BAD_CONFIGURATION
        value = point.si(raw)
        if isinstance(value, Absent):
            no_value = value is Absent.NO_VALUE
            return np.nan, quality.BAD_SENSOR_FAILURE if no_value else quality.BAD_CONFIGURATION
        if point.scale_at is None:
            return value, quality.GOOD
        if (scale := self.scales.get(position)) is None:
            return np.nan, quality.BAD_CONFIGURATION
        own = float(point.unit.from_si(value)) - point.meaning.offset
        return float(point.unit.to_si(own * scale + point.meaning.offset)), quality.GOOD

    def _time(self, position: int, raw: Any, said: ua.DataValue, now: int, tolerance: float) -> tuple[int, bool]:
        """When it was so, and whether that is in doubt: a source whose time is not set, or stands while its value
        moves, or is long past as it does, dates nothing, and the moment of arrival counts."""
        moment = said.SourceTimestamp or said.ServerTimestamp
        if moment is None:
            return now, False
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        time, before = nanoseconds(aware), self._last.get(position)
        self._last[position] = (time, raw)
        if aware < EARLIEST:
            self._complaints.add(f"its source times are not set: {aware:%Y-%m-%d}")
            return now, True
        if before is None or before[1] == raw:
            return time, False
        if before[0] == time:
            self._complaints.add("its source times stand still while values change")
            return now, True
        if now - time > tolerance:
            self._complaints.add(f"its source clock is behind by about {float(f'{(now - time) / 1e9:.1g}'):g} s")
            return now, True
        return time, False


def nanoseconds(moment: datetime) -> int:
    """UTC ns of a moment."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    span = aware - EPOCH
    return (span.days * 86_400 + span.seconds) * 1_000_000_000 + span.microseconds * 1000


def _element(said: ua.DataValue, index: int | None) -> Any:
    value = said.Value.Value if said.Value else None
    if index is None:
        return value
    return value[index] if isinstance(value, list) and index < len(value) else None


def _number(text: str) -> float | None:
    try:
        return float(text.strip())
    except ValueError:
        return None
