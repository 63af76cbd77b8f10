"""The pump chart: the pump's head at the speed it turns, its window, and the point where it works."""

from __future__ import annotations

from typing import Any

import numpy as np
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from plant.asset.field import Well
from plant.physics.column import column_height
from plant.physics.fluid import mixture_density
from plant.physics.pump import affinity_head
from plant.physics.window import operating_window
from plant.unit import UNITS
from ui.screens import palette
from ui.screens.chart import number_axis, plain_axes
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.page_feed import Fresh
from ui.screens.trend import BAND

RATE = UNITS["m3_d"]
SIGNALS = ("Frequency", "Flow", "IntakePressure", "DischargePressure")
FAMILY = (30.0, 40.0, 50.0, 60.0)  # Hz, drawn faintly for orientation


class PumpChart:
    """The chart of one well in one session."""

    def __init__(self, context: Context, well: Well, text: Language):
        self.feed, self.well = context.feed, well
        self._rows = context.feed.rows([f"Well.{well.code}.{name}" for name in SIGNALS])
        self._density = float(mixture_density(well.fluid.water_cut, well.fluid.oil_density, well.fluid.water_density))
        self._drawn_at = np.nan
        self.curve = ColumnDataSource({"rate": [], "head": []})
        self.point = ColumnDataSource({"rate": [], "head": []})
        self.window = ColumnDataSource({"low": [], "high": []})
        self.figure = self._figure(text)
        self.update([])

    def update(self, _: list[Fresh]) -> None:
        """Follow speed and operating point."""
        known = self.feed.known(self._rows)
        frequency, flow, intake, discharge = known
        at = float(np.nan_to_num(frequency))  # a speed that nobody knows has no curve, as a pump that stands has none
        if not abs(at - self._drawn_at) < 0.05:
            self._drawn_at = at
            self._follow_speed(at)
        head = float(column_height(discharge - intake, self._density))
        shows = bool(np.isfinite(known).all())
        self.point.data = {"rate": [RATE.from_si(flow)] if shows else [], "head": [head] if shows else []}

    def _follow_speed(self, frequency: float) -> None:
        pump = self.well.pump
        turns = frequency > 1.0
        self.curve.data = self._head(frequency) if turns else {"rate": [], "head": []}
        if not turns:
            self.window.data = {"low": [], "high": []}
            return
        low, high = operating_window(frequency / pump.frequency, pump.rate, pump.head, pump.shaft_power)
        self.window.data = {"low": [RATE.from_si(low)], "high": [RATE.from_si(high)]}

    def _head(self, frequency: float) -> dict[str, Any]:
        pump, n = self.well.pump, frequency / self.well.pump.frequency
        q = np.linspace(n * pump.rate[0], n * pump.rate[-1], 40)
        head = affinity_head(q, n, pump.rate, pump.head) * self.well.factors.head.value
        return {"rate": RATE.from_si(q), "head": head}

    def _figure(self, text: Language) -> Any:
        drawn: Any = figure(
            height=236, sizing_mode="stretch_width", tools="", toolbar_location=None, min_border_left=52,
            x_axis_label=f"{text('Flow')} ({RATE.symbol})", y_axis_label=f"{text('Head')} (m)",
        )  # fmt: skip
        plain_axes(drawn)
        for axis in drawn.axis:
            number_axis(axis, text.code)
        drawn.vstrip("low", "high", source=self.window, **BAND)
        for frequency in FAMILY:
            family = self._head(frequency)
            drawn.line(family["rate"], family["head"], line_color=palette.HAIR, line_width=1)
            drawn.text(
                [family["rate"][-1]], [family["head"][-1]], text=[f"{frequency:.0f}"], text_font_size="10px",
                text_color=palette.FAINT, x_offset=3, text_baseline="middle",
            )  # fmt: skip
        drawn.line("rate", "head", source=self.curve, line_color=palette.VALUE, line_width=2.2)
        drawn.scatter(
            "rate", "head", source=self.point, marker="circle_cross", size=13, line_color=palette.TEXT, line_width=1.5,
            fill_color=palette.RUNNING,
        )  # fmt: skip
        return drawn
