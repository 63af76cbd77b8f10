"""The tile wall: for each asset its leading value, indicators against their normal bands, and its alarm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import param

from plant.asset.signal import UNKNOWN
from plant.asset.tag import Tag
from ui import trust
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.mount import Component
from ui.screens.page_feed import STRIDE
from ui.screens.shown_field import ShownField
from ui.screens.shown_value import plain, row_of, shown

TILES: dict[str, tuple[str, ...]] = {  # the leading signal first
    "Well": ("Flow", "IntakePressure", "Frequency", "Current", "MotorTemperature"),
    "Separator": ("Pressure", "OilLevel", "WaterLevel", "OilFlow", "WaterFlow"),
    "Manifold": ("Flow", "Pressure"),
    "Tank": ("Level",),
}
RUN_STATE = "RunState"
NO_STATE = -1  # a number that no drive's state has
LABELS = ("Priority", "Normal", UNKNOWN, *trust.NAMES)


class Wall(Component):
    """The tiles themselves. ``tick`` is ``[moment, [[state, priority, unacknowledged, values, trust], …]]``."""

    script: ClassVar[str] = "wall.js"
    kind = param.String()
    meta = param.List()
    labels = param.Dict()
    recent = param.List()
    tick = param.List()


class WallView:
    """What a wall of these assets shows, computed once a tick for all sessions that look at it."""

    def __init__(self, context: Context, kind: str, assets: Sequence[str]):
        self.context, self.kind, self.assets = context, kind, assets
        tags = [[context.site.tags[f"{a}.{s}"] for s in TILES[a.partition(".")[0]]] for a in assets]
        self.tags: list[list[Tag]] = tags
        self._rows = [context.feed.rows([tag.name for tag in of]) for of in tags]
        run_states = [f"{asset}.{RUN_STATE}" for asset in assets]
        self._states = [context.feed.rows([name] if name in context.feed.row else []) for name in run_states]
        self._made, self._tick = -1, [0, []]

    def tick(self) -> list[Any]:
        """The message of this tick."""
        feed = self.context.feed
        if self._made != feed.ticks:
            worst = feed.alarms.worst()
            tiles = [self._tile(i, worst.get(asset, (0, False))) for i, asset in enumerate(self.assets)]
            self._made, self._tick = feed.ticks, [feed.ticks // STRIDE, tiles]
        return self._tick

    def component(self, text: Language) -> Wall:
        """The wall for one session."""
        return Wall(
            kind=self.kind, labels=text.of(*LABELS), tick=self.tick(),
            meta=[self._meta(i, text) for i in range(len(self.assets))],
            recent=[self._recent(i) for i in range(len(self.assets))],
        )  # fmt: skip

    def _tile(self, i: int, alarm: tuple[int, bool]) -> list[Any]:
        feed, rows = self.context.feed, self._rows[i]
        values = shown(self.tags[i], feed.value[rows])
        state = feed.known(self._states[i])
        running = NO_STATE if not len(state) or np.isnan(state[0]) else int(state[0])
        return [running, alarm[0], int(alarm[1]), plain(values), feed.trust(rows).tolist()]

    def _recent(self, i: int) -> list[float | None]:
        return plain(shown(self.tags[i][:1], self.context.feed.recent[self._rows[i][:1]])[0])

    def _meta(self, i: int, text: Language) -> dict[str, Any]:
        asset_type, _, code = self.assets[i].partition(".")
        state = self.context.site.tags.get(f"{self.assets[i]}.{RUN_STATE}")
        states = state.signal.states if state is not None else None
        return {
            "name": code, "title": text(asset_type), "href": f"/well/{code}" if asset_type == "Well" else None,
            "states": None if states is None else {str(n): text(name) for n, name in states.items()},
            "rows": [row_of(self.context, tag, text, short=True) for tag in self.tags[i]],
        }  # fmt: skip


def leading(site: ShownField) -> list[Tag]:
    """The tags that have a sparkline."""
    return [site.tags[f"{asset}.{TILES[kind][0]}"] for kind in TILES for asset in site.assets(kind)]
