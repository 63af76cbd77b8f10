"""A chart: the trends of one signal, with what was done, what was expected and what the limits are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import numpy as np
from bokeh.models.annotations import BoxAnnotation, Label, Legend, Span
from bokeh.models.ranges import Range1d
from bokeh.models.tickers import FixedTicker
from bokeh.models.tools import HoverTool
from bokeh.plotting import figure

from control.bus import quality
from hil.record import Series
from hil.verdict import Row
from plant.asset.tag import Tag
from scenarios.run import Run

# Grey, and colour for the abnormal only; the lines of a few tags differ in shade and dash.
GROUND, PAPER, TEXT, BAND, WRONG = "#D4D4D4", "#E0E0E0", "#303030", "#B8C4CE", "#C8553D"
SHADES = ("#1F3A5F", "#6B4E71", "#2F6B5E", "#8A6D1F", "#4F6D8A", "#7A4B3A")
FEW = 6  # tags that still get a shade and a legend each


def chart(run: Run, signal: str, tags: Sequence[Tag], limits: Sequence[float], x_range: Range1d) -> figure:
    """The values of ``tags``, all of the same signal, over the story's time in minutes."""
    unit = tags[0].signal.unit
    title = tags[0].name if len(tags) == 1 else signal
    plot = _empty(f"{title} [{unit.symbol}]" if unit.symbol else title, tags[0], x_range)
    _bands(plot, run, tags)
    if 1 < len(tags) <= FEW:
        plot.add_layout(Legend(background_fill_color=GROUND, border_line_color=None, orientation="horizontal"), "above")
    for tag, shade in zip(tags, cycle(SHADES), strict=False):
        _line(plot, run.record.of(tag.name), tag, shade, bool(plot.legend))
    for limit in limits:
        plot.add_layout(Span(location=unit.from_si(limit), dimension="width", line_color=WRONG, line_dash="dashed"))
    _events(plot, run)
    return plot


def _empty(title: str, tag: Tag, x_range: Range1d) -> figure:
    plot = figure(
        title=title, height=230, sizing_mode="stretch_width", x_range=x_range, tools="xpan,xwheel_zoom,box_zoom,reset",
        background_fill_color=PAPER, border_fill_color=GROUND, min_border_left=130, min_border_right=20,
    )  # fmt: skip
    plot.add_tools(HoverTool(tooltips=[("", "$name"), ("min", "$x{0.00}"), ("", "$y")]))
    plot.toolbar.logo, plot.toolbar.autohide = None, True
    plot.xaxis.axis_label = "min"
    if states := tag.signal.states:
        plot.yaxis.ticker = FixedTicker(ticks=list(states))
        plot.yaxis.major_label_overrides = dict(states.items())
    return plot


def _line(plot: figure, series: Series, tag: Tag, shade: str, is_named: bool) -> None:
    """One tag's samples; a gap where they are Bad, and red from the first of those to the next good one."""
    bad = quality.is_bad(series.quality)
    shown = tag.signal.unit.from_si(np.where(bad, np.nan, series.value))
    minutes = series.time / 60
    look: dict[str, Any] = {"color": shade, "line_width": 1.5, "name": tag.name, "alpha": 0.8}
    if is_named:
        look["legend_label"] = tag.asset
    if tag.signal.states or tag.signal.kind == "setpoint":
        plot.step(minutes, shown, mode="after", **look)
    else:
        plot.line(minutes, shown, **look)
    for start, end in bad_spans(series):
        plot.add_layout(BoxAnnotation(left=start / 60, right=end / 60, fill_color=WRONG, fill_alpha=0.12))


def bad_spans(series: Series) -> list[tuple[float, float]]:
    """From when to when the tag was Bad: each time from the first such sample to the next that is not."""
    bad = np.r_[False, quality.is_bad(series.quality), False]
    starts, ends = np.flatnonzero(~bad[:-1] & bad[1:]), np.flatnonzero(bad[:-1] & ~bad[1:])
    time = np.r_[series.time, series.time[-1:]]
    return [(float(time[i]), float(time[j])) for i, j in zip(starts, ends, strict=True)]


def _bands(plot: figure, run: Run, tags: Sequence[Tag]) -> None:
    """The window and limits of each expectation of these tags: blue-grey where met, red where not."""
    names = {tag.name for tag in tags}
    for row in run.rows:
        if row.expectation.kind == "band" and names & {tag.name for tag in row.expectation.tags}:
            plot.add_layout(_band(row, run))


def _band(row: Row, run: Run) -> BoxAnnotation:
    expectation, window = row.expectation, row.expectation.window
    origin = (run.record.happened(window.after) if window.after else None) or 0.0
    unit = expectation.tags[0].signal.unit
    limits = {"bottom": expectation.low, "top": expectation.high}
    edges: dict[str, Any] = {edge: unit.from_si(limit) for edge, limit in limits.items() if not math.isinf(limit)}
    return BoxAnnotation(
        left=(origin + window.start) / 60, right=(origin + window.end) / 60, **edges,
        fill_color=BAND if row.passed else WRONG, fill_alpha=0.7 if row.passed else 0.25, level="underlay",
    )  # fmt: skip


def _events(plot: figure, run: Run) -> None:
    """A line where each event came to pass, with its name."""
    for i, name in enumerate(dict.fromkeys(o.event.name for o in run.record.occurrences)):
        minute = (run.record.happened(name) or 0.0) / 60
        plot.add_layout(Span(location=minute, dimension="height", line_color=TEXT, line_dash="dotted"))
        y = 4 + 50 * (i % 3)  # events that follow each other closely must not write over each other
        label = Label(x=minute, y=y, y_units="screen", text=name, angle=90, angle_units="deg", text_font_size="8pt")
        plot.add_layout(label)
