"""The faceplate: every measurement of one asset, against its band, with what its quality is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import param

from plant.asset.signal import UNKNOWN
from plant.asset.tag import Tag
from ui import trust
from ui.screens.context import Context
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.shown_value import plain, row_of, shown


class Faceplate(Component):
    """``tick`` is ``[values, trust]``."""

    script: ClassVar[str] = "faceplate.js"
    labels = param.Dict()
    rows = param.List()
    tick = param.List()


def add_faceplate(page: Page, tags: Sequence[Tag]) -> None:
    """Put the faceplate of these tags on a page."""
    context, text = page.context, page.text
    rows = context.feed.rows([tag.name for tag in tags])

    def now() -> list[Any]:
        return [plain(shown(tags, context.feed.value[rows])), context.feed.trust(rows).tolist()]

    part = Faceplate(
        labels=text.of(*trust.NAMES, UNKNOWN), rows=[row_of(context, tag, text) for tag in tags], tick=now()
    )
    page.add("faceplate", part)

    def update(_: list[Fresh]) -> None:
        part.tick = now()

    page.every_tick(update)


def measurements(context: Context, asset: str) -> list[Tag]:
    """What is measured of an asset, and its states; setpoints and the twin's beliefs are shown elsewhere."""
    tags = [tag for tag in context.site.tags.values() if tag.asset == asset]
    return [tag for tag in tags if tag.signal.kind in ("state", "measurement") and "." not in tag.signal.name]
