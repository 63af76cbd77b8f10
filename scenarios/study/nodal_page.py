"""A page of nodal analysis: one HTML file that needs nothing else, no network and no server; English or Spanish."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import cycle
from typing import Any

from bokeh.models import DataRange1d
from bokeh.plotting import figure

from scenarios.chart import GROUND, PAPER, SHADES
from scenarios.whole_page import table_of, whole_page

WORDS = {
    "en": {
        "title": "Nodal analysis", "inflow": "inflow", "outflow": "outflow",
        "bottomhole": "Pressure at the perforations",
        "rate": "Liquid rate", "lift": "Pressure that the pump adds", "pumped": "Rate through the pump",
        "stable": "stable", "unstable": "unstable", "case": "Case", "as_is": "as it is", "point": "Operating point",
        "none": "does not flow", "intake": "Intake", "discharge": "Discharge", "current": "Current", "power": "Power",
    },
    "es": {
        "title": "Análisis nodal", "inflow": "afluencia", "outflow": "demanda",
        "bottomhole": "Presión en las perforaciones",
        "rate": "Caudal de líquido", "lift": "Presión que añade la bomba", "pumped": "Caudal por la bomba",
        "stable": "estable", "unstable": "inestable", "case": "Caso", "as_is": "como está",
        "point": "Punto de operación",
        "none": "no fluye", "intake": "Entrada", "discharge": "Descarga", "current": "Corriente", "power": "Potencia",
    },
}  # fmt: skip
MOST_CURVES = 12  # cases that are drawn; the table has all


def page(told: Mapping[str, Any], language: str = "en") -> str:
    """What :func:`scenarios.study.nodal_report.as_json` gave, as a page."""
    words = WORDS[language]
    units = told["units"]
    curves = _plot(words["rate"], units["rate"], words["bottomhole"], units["bottomhole"])
    pump = _plot(words["pumped"], units["rate"], words["lift"], units["lift"])
    for case, shade in zip(told["cases"][:MOST_CURVES], cycle(SHADES), strict=False):
        _draw(curves, pump, case, shade, words)
    for plot in (curves, pump):
        plot.legend.click_policy, plot.legend.background_fill_alpha = "hide", 0.6
    head = [words["case"], words["point"], *(f"{words[key]} [{units[key]}]" for key in COLUMNS)]
    points = table_of(head, (line for case in told["cases"] for line in _lines(case, words)))
    return whole_page(language, f"{words['title']}: Well.{told['well']}", [curves, pump], after=points)


COLUMNS = ("rate", "bottomhole", "intake", "discharge", "current", "power")


def named(case: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What is varied in a case."""
    return (
        ", ".join(f"{one['name']} {one['value']:g} {one['unit']}".strip() for one in case["varied"]) or words["as_is"]
    )


def _plot(x: str, x_unit: str, y: str, y_unit: str) -> figure:
    plot = figure(
        height=380, sizing_mode="stretch_width", tools="pan,wheel_zoom,box_zoom,reset,hover",
        background_fill_color=PAPER, border_fill_color=GROUND,
        x_range=DataRange1d(start=0), y_range=DataRange1d(start=0),
        x_axis_label=f"{x} [{x_unit}]", y_axis_label=f"{y} [{y_unit}]",
    )  # fmt: skip
    plot.toolbar.logo = None
    return plot


def _draw(curves: figure, pump: figure, case: Mapping[str, Any], shade: str, words: Mapping[str, str]) -> None:
    name = named(case, words)
    nan = float("nan")
    inflow, outflow = ([nan if p is None else p for p in case[key]] for key in ("inflow", "outflow"))
    curves.line(case["rate"], inflow, color=shade, line_width=1.5, legend_label=f"{words['inflow']}, {name}")
    look: dict[str, Any] = {"color": shade, "line_width": 1.5, "line_dash": "dashed"}
    curves.line(case["rate"], outflow, legend_label=f"{words['outflow']}, {name}", **look)
    pump.line(case["pumped"], case["lift"], color=shade, line_width=1.5, legend_label=name)
    for point in case["points"]:
        mark: dict[str, Any] = {"size": 9, "line_color": shade, "fill_color": shade if point["stable"] else PAPER}
        curves.scatter([point["rate"]], [point["bottomhole"]], **mark)
        pump.scatter([point["pumped"]], [point["lift"]], **mark)


def _lines(case: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    name = named(case, words)
    rows = [
        [name, words["stable" if p["stable"] else "unstable"], *(f"{p[key]:.5g}" for key in COLUMNS)]
        for p in case["points"]
    ] or [[name, words["none"], *("" for _ in COLUMNS)]]
    return ["<tr>" + "".join(f'<td class="number">{escape(cell)}</td>' for cell in row) + "</tr>" for row in rows]
