"""Trends of one well: history first, then live, with the normal band behind and the twin beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from bokeh.models import ColumnDataSource, DataRange1d, DatetimeTickFormatter
from bokeh.plotting import figure

from control.bus.clock import SECOND
from historian.client import History
from plant.asset.tag import Tag
from ui.screens import palette, pivot
from ui.screens.chart import number_axis, plain_axes
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.page_feed import Fresh

POINTS = 900  # of a history, whatever its length
MOST = 6000  # points kept while it goes on
LINES = ((palette.VALUE, 1.8), ("#4F8296", 1.4), ("#8A7350", 1.4))  # of the first, second, third signal


@dataclass(frozen=True)
class Chart:
    """One chart: its title and the signals in it, all of one quantity."""

    title: str
    signals: tuple[str, ...]


CHARTS = (
    Chart("Flow", ("Flow",)),
    Chart("Pressure", ("IntakePressure", "DischargePressure", "WellheadPressure")),
    Chart("Frequency", ("Frequency",)),
    Chart("Current", ("Current",)),
    Chart("Temperature", ("MotorTemperature", "IntakeTemperature", "WellheadTemperature")),
)
BAND: dict[str, Any] = {
    "fill_color": palette.NORMAL,
    "fill_alpha": 0.4,
    "line_color": None,
    "level": "underlay",
}  # of a strip
HOURS: dict[str, Any] = {
    **dict.fromkeys(("milliseconds", "seconds", "minsec"), "%H:%M:%S"),
    **dict.fromkeys(("minutes", "hourmin", "hours"), "%H:%M"),
    "days": "%d/%m",
}
WINDOWS = (900, 3600, 28_800, 86_400)  # s


class Trends:
    """The charts of one well in one session. Measured and twin come at times of their own, so each has a source."""

    def __init__(self, context: Context, asset: str, text: Language):
        self.context, self.window = context, WINDOWS[0]
        signals = [name for chart in CHARTS for name in chart.signals]
        tags = context.site.tags
        self.measured = Series(context, [tags[f"{asset}.{name}"] for name in signals])
        twins = [tags.get(f"{asset}.Twin.{name}") for name in signals]
        self.twin = Series(context, [tag for tag in twins if tag is not None])
        self.range = DataRange1d(follow="end", follow_interval=self.window * 1000, range_padding=0)
        self.figures = [self._figure(chart, asset, text, chart is CHARTS[-1]) for chart in CHARTS]

    def update(self, fresh: list[Fresh]) -> None:
        """Append what came."""
        self.measured.update(fresh)
        self.twin.update(fresh)

    def forget(self) -> None:
        """Show nothing: another run goes on."""
        self.measured.forget()
        self.twin.forget()

    async def history(self, window: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the historian has of the last ``window`` seconds. Raises :class:`ServiceError`."""
        end = self.context.feed.clock.now()
        return await self.measured.history(end, window), await self.twin.history(end, window)

    def show(self, window: int, past: tuple[dict[str, Any], dict[str, Any]]) -> None:
        """Put history before what has come live since."""
        self.window = window
        self.range.follow_interval = window * 1000
        for series, data in zip((self.measured, self.twin), past, strict=True):
            series.put_before(data)

    def _figure(self, chart: Chart, asset: str, text: Language, is_last: bool) -> Any:
        first = self.context.site.tags[f"{asset}.{chart.signals[0]}"]
        drawn: Any = figure(
            sizing_mode="stretch_both", min_height=90, x_axis_type="datetime", x_range=self.range,
            y_range=DataRange1d(range_padding=0.12, min_interval=_least(self.context, first)),
            tools="xpan,xwheel_zoom,reset", active_scroll=None, toolbar_location=None,
            min_border_left=52, min_border_right=10, min_border_top=4, min_border_bottom=2,
        )  # fmt: skip
        plain_axes(drawn)
        number_axis(drawn.yaxis[0], text.code)
        drawn.yaxis.ticker.desired_num_ticks = 4
        drawn.xaxis.formatter = DatetimeTickFormatter(**HOURS)
        drawn.xaxis.major_label_text_font_size = "11px" if is_last else "0px"
        self._limits(drawn, first)
        drawn.y_range.renderers = []
        for name, (colour, width) in zip(chart.signals, LINES, strict=False):
            line = drawn.line("time", name, source=self.measured.source, line_color=colour, line_width=width)
            drawn.y_range.renderers.append(line)
            if f"Twin.{name}" in self.twin.source.data:
                look: dict[str, Any] = {"line_color": colour, "line_width": 1.4, "line_dash": [5, 3]}
                drawn.line("time", f"Twin.{name}", source=self.twin.source, **look)
        return drawn

    def _limits(self, drawn: Any, tag: Tag) -> None:
        band = self.context.site.band(tag.name)
        if band.normal:
            low, high = band.normal
            drawn.hstrip(y0=[low], y1=[high], **BAND)
        for rule in self.context.site.limits(tag.name):
            at = float(tag.signal.unit.from_si(rule.limit))
            drawn.hspan(y=[at], line_color=palette.PRIORITY[rule.priority], line_dash=[6, 4], line_width=1.2)


class Series:
    """Some tags over time, as one source for charts."""

    def __init__(self, context: Context, tags: Sequence[Tag]):
        self.tags = tuple(tags)
        self._context = context
        self._column = {context.feed.row[tag.name]: i for i, tag in enumerate(self.tags)}
        empty = np.zeros(0, np.int64), np.zeros((0, len(self.tags)))
        self.source = ColumnDataSource(pivot.source_data(*empty, self.tags))

    def update(self, fresh: list[Fresh]) -> None:
        """Append the samples of these tags."""
        time, values = pivot.of_fresh(fresh, self._column)
        if len(time):
            self.source.stream(pivot.source_data(time, values, self.tags), rollover=MOST)

    def forget(self) -> None:
        """Have nothing."""
        empty = np.zeros(0, np.int64), np.zeros((0, len(self.tags)))
        self.source.data = pivot.source_data(*empty, self.tags)

    async def history(self, end: int, window: int) -> dict[str, Any]:
        """Averages over the last ``window`` seconds before ``end`` (ns)."""
        if not self.tags:
            return pivot.source_data(np.zeros(0, np.int64), np.zeros((0, 0)), ())
        width = max(window // POINTS, 1) * SECOND
        names = [tag.name for tag in self.tags]
        history = History(self._context.bus, run=self._context.feed.run_shown)
        table = await history.buckets(names, max(end - window * SECOND, 0), end, width)
        return pivot.source_data(*pivot.of_buckets(table, self.tags), self.tags)

    def put_before(self, past: dict[str, Any]) -> None:
        """Put ``past`` before what came after its end."""
        until = past["time"][-1] if len(past["time"]) else -np.inf
        live = {name: np.asarray(column) for name, column in self.source.data.items()}
        later = live["time"] > until
        self.source.data = {name: np.concatenate([past[name], live[name][later]]) for name in live}


def _least(context: Context, tag: Tag) -> float:
    """The least height of a chart, so that noise looks like noise."""
    band = context.site.band(tag.name)
    return (band.high - band.low) * (0.35 if band.normal else 0.04)
