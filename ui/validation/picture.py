"""The validation page's pictures, as SVG files that come out the same each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from plant.asset.signal import signals
from plant.evidence.case import viscosity
from plant.evidence.case.well import at_rest, foretold_current, foretold_temperature, measured_electrically
from plant.evidence.number import topics
from plant.evidence.pump import PumpChart, pump_charts
from plant.evidence.restart import RESTART, TRIP, trip_and_restart
from plant.unit import UNITS, Unit

OURS, PEER, POINT, QUIET = "#1F3A5F", "#C8553D", "#202020", "#8A8A8A"
MARKS = dict(zip(viscosity.PUMPS, "osD", strict=True))
STYLE: Any = {
    "svg.hashsalt": "gemelo",  # ids within the file, otherwise drawn at random
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so that text is as wide everywhere
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 8,
    "axes.titleweight": "bold",
    "legend.frameon": False,
    "lines.linewidth": 1.2,
    "figure.constrained_layout.use": True,
}


def draw_all(folder: Path) -> None:
    """Draw every picture into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        with rc_context(STYLE):
            text = io.StringIO()
            draw().savefig(text, format="svg", metadata={"Date": None, "Creator": None}, facecolor="white")
        (folder / f"{name}.svg").write_text(_rounded(text.getvalue()), encoding="utf-8", newline="\n")


def pumps() -> Figure:
    """Twelve pumps: factory test, curves, and where their wells run."""
    figure = Figure(figsize=(9.0, 8.4))
    axes = figure.subplots(4, 3)
    for plot, chart in zip(axes.flat, pump_charts(), strict=True):
        _pump(plot, chart)
    for plot in axes[-1]:
        plot.set_xlabel("rate [m³/d]")
    for plot in axes[:, 0]:
        plot.set_ylabel("head [m]")
    _legend(figure, axes[0, 0], 4)
    return figure


def viscosity_factors() -> Figure:
    """Measured factors of three pumps against ours and the Hydraulic Institute's."""
    figure = Figure(figsize=(9.0, 3.5))
    axes = figure.subplots(1, 3)
    for plot, (factor, name) in zip(axes, viscosity.FACTORS.items(), strict=True):
        _factor(plot, factor)
        plot.set(title=f"factor of {name}", xlabel="measured", ylabel="computed", xlim=(0, 1.1), ylim=(0, 1.1))
        plot.set_aspect("equal")
    _legend(figure, axes[0], 6)
    return figure


def wells() -> Figure:
    """Nine wells: wellhead temperature, current and voltage, measured, foretold and in the plant at rest."""
    figure = Figure(figsize=(9.0, 3.9))
    rows = (
        ("wellhead temperature", "WellheadTemperature", UNITS["degC"], foretold_temperature),
        ("current", "Current", UNITS["A"], foretold_current),
        ("voltage", "Voltage", UNITS["V"], None),
    )
    axes = figure.subplots(1, 3)
    for plot, (name, signal, unit, foretold) in zip(axes, rows, strict=True):
        _wells(plot, name, signal, unit, foretold)
    _legend(figure, axes[0], 3)
    return figure


def restart() -> Figure:
    """A trip and a restart of one well, a panel a channel."""
    run = trip_and_restart()
    rows = -(-len(run.channels) // 3)
    figure = Figure(figsize=(9.0, 1.5 * rows + 0.5))
    axes = figure.subplots(rows, 3, sharex=True, squeeze=False)
    for plot in axes.flat[len(run.channels) :]:
        plot.remove()
    for plot in axes.flat[: len(run.channels)][-3:]:
        plot.tick_params(labelbottom=True)
        plot.set_xlabel("time [min]")
    for plot, (name, values) in zip(axes.flat, run.channels.items(), strict=False):
        known = signals().get(("Well", name))
        unit = known.unit if known else UNITS["1"]  # no device shows it: SI
        plot.plot(run.time / 60.0, unit.from_si(values), color=OURS)
        plot.set_title(f"{name} [{unit.symbol}]" if unit.symbol else name, loc="left")
        for moment in (TRIP, RESTART):
            plot.axvline(moment / 60.0, color=PEER, linewidth=0.6, linestyle=":")
    figure.suptitle(f"{run.code}: supply lost, and back (dotted)", fontsize=8)
    return figure


PICTURES: dict[str, Callable[[], Figure]] = {
    "pumps": pumps,
    "viscosity": viscosity_factors,
    "wells": wells,
    "restart": restart,
}


def _legend(figure: Figure, plot: Axes, columns: int) -> None:
    """One legend for all panels, from one of them."""
    handles, labels = plot.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def _rounded(svg: str) -> str:
    """Coordinates to 1/100 point: smaller, and the same wherever the last digits of a number differ."""
    return re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", svg)


def _pump(plot: Axes, chart: PumpChart) -> None:
    per_day = UNITS["m3_d"].from_si
    plot.plot(per_day(chart.rate), chart.head, color=QUIET, label="curve at 50 Hz")
    plot.plot(per_day(np.array(chart.tested.rate)), chart.tested.head, "o", color=POINT, ms=3, label="factory test")
    plot.plot(per_day(chart.running_rate), chart.running_head, color=OURS, label="curve at the running frequency")
    plot.plot(per_day(chart.operating_rate), chart.operating_head, "D", color=PEER, ms=5, label="well, measured rate")
    plot.set_title(f"{chart.code}, {chart.frequency:g} Hz", loc="left")
    plot.set_xlim(0.0)
    plot.set_ylim(0.0)


def _factor(plot: Axes, factor: str) -> None:
    measured, hi = viscosity.measured(factor), viscosity.by_hi(factor)
    ours = viscosity.left_out(factor) if factor in viscosity.ABSCISSAE else None
    plot.plot([0.0, 1.1], [0.0, 1.1], color=QUIET, linewidth=0.8)
    for pump, mark in MARKS.items():
        own = viscosity.MEASURED["pump"] == pump
        style: Any = {"linestyle": "none", "marker": mark, "markersize": 3.5}
        plot.plot(measured[own], hi[own], color=PEER, fillstyle="none", label=f"HI 9.6.7, {pump}", **style)
        if ours is not None:
            plot.plot(measured[own], ours[own], color=OURS, label=f"ours without {pump}", **style)


def _wells(plot: Axes, name: str, signal: str, unit: Unit, foretold: Callable[..., float] | None) -> None:
    given = [topics()["calibrated"].number(f"{well.code}: {name}").given for well in measured_electrically()]
    ends = [0.9 * min(given), 1.1 * max(given)]
    plot.plot(ends, ends, color=QUIET, linewidth=0.8)
    rest = [unit.from_si(at_rest(signal, well.code)) for well in measured_electrically()]
    plot.plot(given, rest, "o", color=OURS, ms=6, fillstyle="none", label="plant at rest, calibrated to the well")
    if foretold is not None:
        without = [unit.from_si(foretold(well)) for well in measured_electrically()]
        plot.plot(given, without, "D", color=PEER, ms=4, label="foretold without the well's own value")
    plot.set(title=f"{name} [{unit.symbol}]", xlabel="measured", ylabel="computed")
