"""The tile wall: for each asset its leading value, indicators against their normal bands, and its alarm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import param

from plant.asset.tag import Tag
from ui.screens.context import Context
from ui.screens.feed import STRIDE
from ui.screens.language import Language
from ui.screens.mount import Component
from ui.screens.site import digits

TILES: dict[str, tuple[str, ...]] = {  # the leading signal first
    "Well": ("Flow", "IntakePressure", "Frequency", "Current", "MotorTemperature"),
    "Separator": ("Pressure", "OilLevel", "WaterLevel", "OilFlow", "WaterFlow"),
    "Manifold": ("Flow", "Pressure"),
    "Tank": ("Level",),
}
RUN_STATE = "RunState"


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
        self._states = [context.feed.row.get(f"{asset}.{RUN_STATE}", -1) for asset in assets]
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
            kind=self.kind, labels=text.of("Priority", "Normal"), tick=self.tick(),
            meta=[self._meta(i, text) for i in range(len(self.assets))],
            recent=[_plain(self._shown(i, self.context.feed.recent[r[:1]])[0]) for i, r in enumerate(self._rows)],
        )  # fmt: skip

    def _tile(self, i: int, alarm: tuple[int, bool]) -> list[Any]:
        feed, rows = self.context.feed, self._rows[i]
        state = feed.value[self._states[i]] if self._states[i] >= 0 else np.nan
        values = self._shown(i, feed.value[rows, None])[:, 0]
        running = -1 if np.isnan(state) else int(state)
        return [running, alarm[0], int(alarm[1]), _plain(values), feed.trust(rows).tolist()]

    def _shown(self, i: int, values: np.ndarray) -> np.ndarray:
        """Values of a tile's tags in the units that people see, not finer than shown."""
        return np.array([
            np.round(tag.signal.unit.from_si(row.astype(float)), digits(tag) + 1)
            for tag, row in zip(self.tags[i], values, strict=False)
        ])  # fmt: skip

    def _meta(self, i: int, text: Language) -> dict[str, Any]:
        asset_type, _, code = self.assets[i].partition(".")
        state = self.context.site.tags.get(f"{self.assets[i]}.{RUN_STATE}")
        states = state.signal.states if state is not None else None
        return {
            "name": code, "title": text(asset_type), "href": f"/well/{code}" if asset_type == "Well" else None,
            "states": None if states is None else {str(n): text(name) for n, name in states.items()},
            "rows": [self._row(tag, text) for tag in self.tags[i]],
        }  # fmt: skip

    def _row(self, tag: Tag, text: Language) -> dict[str, Any]:
        band = self.context.site.band(tag.name)
        return {
            "label": text(f"{tag.signal.name}.short"), "title": text(tag.signal.name),
            "unit": tag.signal.unit.symbol, "digits": digits(tag),
            "low": band.low, "high": band.high, "band": list(band.normal) if band.normal else None,
        }  # fmt: skip


def _plain(values: np.ndarray) -> list[float | None]:
    """As a script may have them: a missing value is null, for JSON knows no NaN."""
    return [None if np.isnan(v) else float(v) for v in values]
