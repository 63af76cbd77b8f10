"""Measured beside twin: what the meters read, what the model of the well believes, and what is between them."""

from __future__ import annotations

from typing import Any, ClassVar

import param

from ui.screens.context import Context
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.shown_value import plain, row_of, shown

SIGNALS = ("IntakePressure", "Flow", "Current")
LABELS = ("Signal", "Measured", "Twin", "Residual", "no twin")


class Comparison(Component):
    """``tick`` is, per signal, ``[values, trust]`` of measured, twin and residual."""

    script: ClassVar[str] = "comparison.js"
    labels = param.Dict()
    rows = param.List()
    tick = param.List()


class Beside:
    """One signal: measured, believed, and the residual between them as the twin says it."""

    def __init__(self, context: Context, asset: str, signal: str):
        names = (signal, f"Twin.{signal}", f"Twin.{signal}Residual")
        self.feed = context.feed
        self.tags = [context.site.tags[f"{asset}.{name}"] for name in names]
        self._rows = self.feed.rows([tag.name for tag in self.tags])

    def now(self) -> list[list[Any]]:
        """Values and how far each can be believed."""
        return [plain(shown(self.tags, self.feed.value[self._rows])), self.feed.trust(self._rows).tolist()]


def add_comparison(page: Page, asset: str) -> None:
    """Put the comparison of a well on a page."""
    context, text = page.context, page.text
    pairs = [Beside(context, asset, name) for name in SIGNALS]
    part = Comparison(
        labels=text.of(*LABELS), rows=[row_of(context, pair.tags[0], text) for pair in pairs],
        tick=[pair.now() for pair in pairs],
    )  # fmt: skip
    page.add("comparison", part)

    def update(_: list[Fresh]) -> None:
        part.tick = [pair.now() for pair in pairs]

    page.every_tick(update)
