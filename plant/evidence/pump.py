"""The twelve pumps: factory tests, the curves that affinity makes of them, and where the wells run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import PumpCurve, Well
from plant.evidence.case.well import at_rest, density, field, speed
from plant.physics.column import G
from plant.physics.pump import four_quadrant_head

Array = NDArray[np.float64]
POINTS = 41


@dataclass(frozen=True)
class PumpChart:
    """One pump's test, its curve at the test's and at the running frequency, and its well's operating point."""

    code: str
    tested: PumpCurve
    frequency: float  # running [Hz]
    rate: Array  # of the curve at the test's frequency, as far as was tested [m³/s]
    head: Array  # [m]
    running_rate: Array  # of the curve at the running frequency
    running_head: Array
    operating_rate: float  # measured
    operating_head: float  # what the well's measured pressures need of the pump, in the plant at rest


def pump_charts() -> list[PumpChart]:
    """A chart for each of the twelve wells, in the field's order."""
    return [_chart(well) for well in field().wells]


def _chart(well: Well) -> PumpChart:
    tested, ratio = well.pump, speed(well)
    share = np.linspace(0.0, 1.0, POINTS)
    rate, (head, running_head) = share * tested.rate[-1], (_head(well, n, share) for n in (1.0, ratio))
    rise = at_rest("DischargePressure", well.code) - at_rest("IntakePressure", well.code)
    return PumpChart(
        well.code, tested, well.measured.frequency, rate, head, ratio * rate, running_head, well.measured.rate,
        rise / (density(well) * G),
    )  # fmt: skip


def _head(well: Well, n: float, share: Array) -> Array:
    return four_quadrant_head(n, n * share, well.pump.rate, well.pump.head)
