"""The field map: wellpads, wells, flowlines and station. Drawn, not fetched: no map tiles are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from bokeh.core.properties import value
from bokeh.models import (
    ColumnDataSource,
    DataRange1d,
    HoverTool,
    OpenURL,
    PanTool,
    Plot,
    ResetTool,
    TapTool,
    WheelZoomTool,
)
from bokeh.models.glyph import Glyph
from bokeh.models.glyphs import MultiLine, Patches, Scatter, Text

from plant.asset.field import Field
from ui.screens import palette
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.page import Page
from ui.screens.page_feed import Fresh

PAD = 900.0  # half the side of a wellpad's outline [m]
RUNNING = (1, 2)  # of the states of a well's drive
SQUARE: dict[str, Any] = {"fill_color": palette.SOFT, "line_color": palette.STOPPED}
INK: dict[str, Any] = {"text_font": value(palette.FONT), "text_font_size": value("10px")}


class FieldMap:
    """The map in one session. Only what changed is patched."""

    def __init__(self, context: Context, text: Language):
        self.context = context
        wells = context.site.field.wells
        self.assets = [f"Well.{well.code}" for well in wells]
        self._rows = context.feed.rows([f"{asset}.RunState" for asset in self.assets])
        states = context.feed.known(self._rows)
        self._looks = [self._look(i, {}, states) for i in range(len(wells))]
        self.source = ColumnDataSource({
            "x": [w.x for w in wells], "y": [w.y for w in wells], "name": [w.code for w in wells],
            **{key: [look[key] for look in self._looks] for key in ("fill", "marker", "size", "number", "ink")},
        })  # fmt: skip
        self.plot = _plot(context.site.field, self.source, text)

    def update(self, _: list[Fresh]) -> None:
        """Patch the wells whose look changed."""
        worst, states = self.context.feed.alarms.worst(), self.context.feed.known(self._rows)
        patches: dict[str, list[tuple[int, Any]]] = {}
        for i, before in enumerate(self._looks):
            now = self._look(i, worst, states)
            for key in now:
                if now[key] != before[key]:
                    patches.setdefault(key, []).append((i, now[key]))
            self._looks[i] = now
        if patches:
            self.source.patch(patches)

    def _look(self, i: int, worst: dict[str, tuple[int, bool]], states: np.ndarray) -> dict[str, Any]:
        priority, _ = worst.get(self.assets[i], (0, False))
        state = states[i]
        if priority:
            fill, marker = palette.PRIORITY[priority], palette.MARKER[priority]
            return {
                "fill": fill,
                "marker": marker,
                "size": 17,
                "number": str(priority),
                "ink": palette.ON_PRIORITY[priority],
            }
        if np.isnan(state):
            return {"fill": palette.PAPER, "marker": "circle", "size": 15, "number": "?", "ink": palette.TEXT}
        fill = palette.RUNNING if state in RUNNING else palette.STOPPED
        return {"fill": fill, "marker": "circle", "size": 11, "number": "", "ink": palette.TEXT}


def add_map(page: Page) -> None:
    """Put the map on a page and keep it true."""
    drawn = FieldMap(page.context, page.text)
    page.add("map", drawn.plot)
    page.every_tick(drawn.update)


def station(field: Field) -> tuple[float, float]:
    """Where the station is drawn: beside the line between the wellpads, for its place is not in the file."""
    x, y = np.mean([pad.x for pad in field.wellpads]), np.mean([pad.y for pad in field.wellpads])
    return float(x), float(y) - 1400.0


def _plot(field: Field, source: ColumnDataSource, text: Language) -> Plot:
    """A bare plot of few models: a figure with its axes would take a page longer than all the rest of it."""
    drawn = Plot(
        sizing_mode="stretch_both", min_height=300, match_aspect=True, toolbar_location=None, outline_line_color=None,
        background_fill_color=palette.PAPER, border_fill_color=palette.PAPER,
        x_range=DataRange1d(), y_range=DataRange1d(),
    )  # fmt: skip
    for data, glyph, level in _still(field):
        drawn.add_glyph(ColumnDataSource(data), glyph, level=level)
    wells = drawn.add_glyph(source, _wells(), nonselection_glyph=None)
    drawn.add_glyph(source, _numbers(), nonselection_glyph=None)
    hover = HoverTool(renderers=[wells], tooltips=[(text("Well"), "@name")])
    tap = TapTool(renderers=[wells], callback=OpenURL(url="/well/@name", same_tab=True))
    drawn.add_tools(PanTool(), WheelZoomTool(), ResetTool(), hover, tap)
    return drawn


def _still(field: Field) -> list[tuple[dict[str, list[Any]], Glyph, str]]:
    """What does not move: outlines of the wellpads, pipes, manifolds and station, and all names."""
    home, pads = station(field), {pad.code: pad for pad in field.wellpads}
    lines = [((w.x, w.y), (pads[w.wellpad].x, pads[w.wellpad].y), 1.2) for w in field.wells]
    trunks = [((pads[m.wellpad].x, pads[m.wellpad].y), home, 3.0) for m in field.manifolds]
    places = [
        *((pads[m.wellpad].x, pads[m.wellpad].y, m.code) for m in field.manifolds),
        (*home, field.separator.code),
    ]
    names = [
        *((w.x, w.y, w.code, 10, 4, "normal") for w in field.wells),
        *((x, y, code, 12, 5, "bold") for x, y, code in places),
        *((pad.x - PAD, pad.y + PAD, pad.name, 0, -3, "bold") for pad in field.wellpads),
    ]
    across, along = (-PAD, PAD, PAD, -PAD), (-PAD, -PAD, PAD, PAD)
    outlines = [([pad.x + dx for dx in across], [pad.y + dy for dy in along]) for pad in field.wellpads]
    pipes = [([a[0], b[0]], [a[1], b[1]], width) for a, b, width in (*lines, *trunks)]
    return [
        (
            _columns(("xs", "ys"), outlines),
            Patches(fill_color=palette.SOFT, fill_alpha=0.55, line_color=palette.HAIR),
            "underlay",
        ),
        (_columns(("xs", "ys", "width"), pipes), MultiLine(line_color=palette.LINE, line_width="width"), "glyph"),
        (_columns(("x", "y", "name"), places), Scatter(marker="square", size=13, **SQUARE), "glyph"),
        (_columns(("x", "y", "name", "dx", "dy", "style"), names), _names(), "glyph"),
    ]


def _wells() -> Glyph:
    return Scatter(marker="marker", size="size", fill_color="fill", line_color=palette.STOPPED, line_width=1.5)


def _numbers() -> Glyph:
    return Text(
        text="number", text_color="ink", text_align="center", text_baseline="middle", text_font_style="bold", **INK
    )


def _names() -> Glyph:
    return Text(text="name", x_offset="dx", y_offset="dy", text_font_style="style", text_color=palette.TEXT, **INK)


def _columns(keys: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {key: [row[i] for row in rows] for i, key in enumerate(keys)}
