"""The well page: one well's trends, pump, twin, alarms and setpoints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import panel as pn
import param

from plant.error import ServiceError
from ui.screens.alarm_list import add_alarm_list
from ui.screens.comparison import add_comparison
from ui.screens.context import Context
from ui.screens.faceplate import add_faceplate, measurements
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_table import PAGES
from ui.screens.pump_chart import PumpChart
from ui.screens.setpoint import add_setpoints
from ui.screens.shell import add_shell
from ui.screens.trend import CHARTS, LINES, WINDOWS, Trends


class Span(Component):
    """How far back the trends go; it also says when there is no history."""

    script: ClassVar[str] = "span.js"
    labels = param.Dict()
    windows = param.List()
    window = param.Integer()
    note = param.String()


def well(context: Context) -> Callable[[], None]:
    """The page function; the well's code is in the address."""

    def build() -> None:
        code = pn.state.route_params["code"]
        page = Page(context, PAGES["well"], code)
        add_shell(page)
        asset = f"Well.{context.site.well(code).code}"
        add_faceplate(page, measurements(context, asset))
        add_trends(page, asset)
        chart = PumpChart(context, context.site.well(code), page.text)
        page.add("pump", chart.figure)
        page.every_tick(chart.update)
        add_comparison(page, asset)
        add_setpoints(page, asset)
        add_alarm_list(page, asset)
        page.show(charts=CHARTS, lines=LINES, well=context.site.well(code))

    return build


def add_trends(page: Page, asset: str) -> None:
    """Put the trends on a page; their history comes as soon as the historian answers."""
    trends = Trends(page.context, asset, page.text)
    span = Span(labels=page.text.of("Time span"), window=trends.window, windows=[[s, _span(s)] for s in WINDOWS])
    page.add("span", span)
    for number, figure in enumerate(trends.figures):
        page.add(f"trend{number}", figure)

    async def load(window: int) -> None:
        turns = page.context.feed.turns
        try:
            past = await trends.history(window)
        except ServiceError:
            page.later(lambda: span.param.update(note=page.text("no history: live values only")))
            return

        def show() -> None:
            if turns == page.context.feed.turns:  # else it is of a run that is shown no more
                trends.show(window, past)
            span.param.update(note="", window=window)

        page.later(show)

    def ask(event: Any) -> None:
        asked: Mapping[str, Any] = event.data
        if asked.get("window") in WINDOWS:
            page.run(load(asked["window"]))

    span.on_msg(ask)

    def turn() -> None:
        trends.forget()
        page.run(load(trends.window))

    page.every_turn(turn)
    page.every_tick(trends.update)
    page.run(load(trends.window))


def _span(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h"
