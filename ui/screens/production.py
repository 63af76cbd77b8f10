"""Production against target: what the wells' meters read, beside the rates measured when they were tested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import param

from plant.asset.field import Well
from plant.unit import UNITS
from ui import trust
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.mount import Component

RATE = UNITS["m3_d"]
LABELS = ("Production", "Measured", "Target", "Share", "not measured")


class Production(Component):
    """A table of bullet bars. ``tick`` is ``[[measured, target, missing], …]`` in the rate's unit."""

    script: ClassVar[str] = "production.js"
    labels = param.Dict()
    unit = param.String()
    names = param.List()
    tick = param.List()


@dataclass(frozen=True)
class Sum:
    """One row: meters that are added up."""

    name: str
    detail: str
    tags: tuple[str, ...]


class ProductionView:
    """The rows of a field: all liquid, each wellpad's, what leaves the separator, and each well's."""

    def __init__(self, context: Context):
        self.context = context
        field = context.site.field
        separator = f"Separator.{field.separator.code}"
        self.sums = [
            _wells("Liquid", "", field.wells),
            *(_wells("Liquid", pad.name, [w for w in field.wells if w.wellpad == pad.code]) for pad in field.wellpads),
            Sum("Oil", "Separator", (f"{separator}.OilFlow",)),
            Sum("Water", "Separator", (f"{separator}.WaterFlow",)),
            *(_wells("", well.code, [well]) for well in field.wells),
        ]
        self._targets = [_shown(sum(context.site.targets[tag] for tag in each.tags)) for each in self.sums]
        self._rows = [context.feed.rows(each.tags) for each in self.sums]

    def tick(self) -> list[list[float | int | None]]:
        """The message of this tick."""
        return [[*self._measured(rows), target] for rows, target in zip(self._rows, self._targets, strict=True)]

    def component(self, text: Language) -> Production:
        """The table for one session."""
        names = [[text(each.name) if each.name else "", text(each.detail) if each.detail else ""] for each in self.sums]
        return Production(labels=text.of(*LABELS), unit=RATE.symbol, names=names, tick=self.tick())

    def _measured(self, rows: np.ndarray) -> tuple[float | None, int]:
        """Sum of the meters that can be believed, and how many cannot."""
        valid = trust.is_known(self.context.feed.trust(rows))
        total = _shown(float(self.context.feed.value[rows[valid]].sum()))
        return (total if valid.any() else None), int((~valid).sum())


def _wells(name: str, detail: str, wells: Iterable[Well]) -> Sum:
    return Sum(name, detail, tuple(f"Well.{well.code}.Flow" for well in wells))


def _shown(rate: float) -> float:
    return round(float(RATE.from_si(rate)), 1)
