"""What a driver reads beside its points: scales that stand in registers of their own, and the device's clock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from control.acquisition.modbus.block import Place
from control.bus import quality
from plant.asset.profile.point import Point
from plant.asset.protocol.modbus import ModbusClock
from plant.asset.register import Register

SECOND = 1_000_000_000


class Extras:
    """They stand behind the points' values, in one array with them."""

    def __init__(self, points: Sequence[Point], clock: ModbusClock | None):
        self._points, self._clock = points, clock
        self._scaled = [i for i, p in enumerate(points) if p.scale_at and isinstance(p.scale_at.address, Register)]
        registers = [scale.address for i in self._scaled if (scale := points[i].scale_at)]
        registers += [clock.register] if clock else []
        self.places = [Place(len(points) + i, r) for i, r in enumerate(registers) if isinstance(r, Register)]
        self.scales: dict[int, float] = {}  # as last read, by the point's position

    def apply(self, value: np.ndarray, code: np.ndarray) -> None:
        """Multiply values by the scales that came with them; without its scale a value is none."""
        for at, i in enumerate(self._scaled, len(self._points)):
            point, said = self._points[i], value[at]
            assert point.scale_at is not None
            if quality.is_bad(code[at]) or not np.isfinite(said):
                value[i], code[i] = np.nan, max(int(code[i]), int(code[at]), quality.BAD_CONFIGURATION)
                continue
            self.scales[i] = 10.0**said if point.scale_at.is_power else float(said)
            meant = point.unit.from_si(value[i]) - point.meaning.offset
            value[i] = point.unit.to_si(meant * self.scales[i] + point.meaning.offset)

    def time(self, value: np.ndarray, code: np.ndarray) -> int | None:
        """What the device's clock shows, UTC ns; None where it shows none."""
        if self._clock is None or quality.is_bad(code[-1]) or not np.isfinite(value[-1]):
            return None
        return round(value[-1] * self._clock.step * 1000) * (SECOND // 1000)
