"""The field map: wellpads, wells, flowlines and station. Drawn, not fetched: no map tiles are needed."""

from __future__ import annotations

from typing import Any

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, HoverTool, OpenURL, TapTool
from bokeh.plotting import figure

from plant.asset.field import Field
from ui.screens import palette
from ui.screens.chart import plain_axes
from ui.screens.context import Context
from ui.screens.feed import Fresh
from ui.screens.language import Language
from ui.screens.page import Page

PAD = 900.0  # half the side of a wellpad's outline [m]
RUNNING = (1, 2)  # of the states of a well's drive


class FieldMap:
    """The map in one session. Only what changed is patched."""

    def __init__(self, context: Context, text: Language):
        self.context = context
        wells = context.site.field.wells
        self.assets = [f"Well.{well.code}" for well in wells]
        self._rows = context.feed.rows([f"{asset}.RunState" for asset in self.assets])
        self._looks = [self._look(i, {}) for i in range(len(wells))]
        self.source = ColumnDataSource({
            "x": [w.x for w in wells], "y": [w.y for w in wells], "name": [w.code for w in wells],
            **{key: [look[key] for look in self._looks] for key in ("fill", "marker", "size", "number", "ink")},
        })  # fmt: skip
        self.figure = _figure(context.site.field, self.source, text)

    def update(self, _: list[Fresh]) -> None:
        """Patch the wells whose look changed."""
        worst = self.context.feed.alarms.worst()
        patches: dict[str, list[tuple[int, Any]]] = {}
        for i, before in enumerate(self._looks):
            now = self._look(i, worst)
            for key in now:
                if now[key] != before[key]:
                    patches.setdefault(key, []).append((i, now[key]))
            self._looks[i] = now
        if patches:
            self.source.patch(patches)

    def _look(self, i: int, worst: dict[str, tuple[int, bool]]) -> dict[str, Any]:
        priority, _ = worst.get(self.assets[i], (0, False))
        state = self.context.feed.value[self._rows[i]]
        if priority:
            fill, marker = palette.PRIORITY[priority], palette.MARKER[priority]
            return {
                "fill": fill,
                "marker": marker,
                "size": 17,
                "number": str(priority),
                "ink": palette.ON_PRIORITY[priority],
            }
        fill = palette.RUNNING if state in RUNNING else palette.STOPPED if np.isfinite(state) else palette.PAPER
        return {"fill": fill, "marker": "circle", "size": 11, "number": "", "ink": palette.TEXT}


def add_map(page: Page) -> None:
    """Put the map on a page and keep it true."""
    drawn = FieldMap(page.context, page.text)
    page.add("map", drawn.figure)
    page.every_tick(drawn.update)


def station(field: Field) -> tuple[float, float]:
    """Where the station is drawn: beside the line between the wellpads, for its place is not in the file."""
    x, y = np.mean([pad.x for pad in field.wellpads]), np.mean([pad.y for pad in field.wellpads])
    return float(x), float(y) - 1400.0


def _figure(field: Field, source: ColumnDataSource, text: Language) -> Any:
    drawn: Any = figure(
        sizing_mode="stretch_both", min_height=300, match_aspect=True, tools="pan,wheel_zoom,reset",
        toolbar_location=None, active_scroll=None, active_drag="pan",
    )  # fmt: skip
    plain_axes(drawn)
    drawn.axis.visible = False
    drawn.grid.visible = False
    _pipes(drawn, field)
    _pads(drawn, field)
    wells = drawn.scatter(
        "x", "y", source=source, marker="marker", size="size", fill_color="fill", line_color=palette.STOPPED,
        line_width=1.5, nonselection_fill_alpha=1.0, nonselection_line_alpha=1.0,
    )  # fmt: skip
    drawn.text(
        "x", "y", text="number", source=source, text_align="center", text_baseline="middle", text_font_size="10px",
        text_font_style="bold", text_color="ink", text_font=value(palette.FONT),
    )  # fmt: skip
    drawn.text("x", "y", text="name", source=source, x_offset=10, y_offset=4, text_font_size="10px", **_ink())
    drawn.add_tools(HoverTool(renderers=[wells], tooltips=[(text("Well"), "@name")]))
    drawn.add_tools(TapTool(renderers=[wells], callback=OpenURL(url="/well/@name", same_tab=True)))
    return drawn


def _pipes(drawn: Any, field: Field) -> None:
    home = station(field)
    pads = {pad.code: pad for pad in field.wellpads}
    lines = [((w.x, w.y), (pads[w.wellpad].x, pads[w.wellpad].y)) for w in field.wells]
    trunks = [((pads[m.wellpad].x, pads[m.wellpad].y), home) for m in field.manifolds]
    for width, pipes in ((1.2, lines), (3.0, trunks)):
        drawn.multi_line(
            [[a[0], b[0]] for a, b in pipes], [[a[1], b[1]] for a, b in pipes],
            line_color=palette.LINE, line_width=width,
        )  # fmt: skip
    places = [*((p.x, p.y) for p in pads.values()), home]
    names = [*(m.code for m in field.manifolds), field.separator.code]
    drawn.scatter(
        [x for x, _ in places], [y for _, y in places], marker="square", size=13,
        fill_color=palette.SOFT, line_color=palette.STOPPED,
    )  # fmt: skip
    drawn.text(
        [x for x, _ in places], [y for _, y in places], text=names, x_offset=12, y_offset=5,
        text_font_size="11px", text_font_style="bold", **_ink(),
    )  # fmt: skip


def _pads(drawn: Any, field: Field) -> None:
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * PAD
    drawn.patches(
        [(pad.x + corners[:, 0]).tolist() for pad in field.wellpads],
        [(pad.y + corners[:, 1]).tolist() for pad in field.wellpads],
        fill_color=palette.SOFT, fill_alpha=0.55, line_color=palette.HAIR, level="underlay",
    )  # fmt: skip
    drawn.text(
        [pad.x - PAD for pad in field.wellpads], [pad.y + PAD for pad in field.wellpads],
        text=[pad.name for pad in field.wellpads], y_offset=-3, text_font_size="11px", text_font_style="bold", **_ink(),
    )  # fmt: skip


def _ink() -> dict[str, Any]:
    return {"text_color": palette.TEXT, "text_font": value(palette.FONT)}
