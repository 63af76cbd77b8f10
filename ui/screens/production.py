"""Production against target: what the wells' meters read, beside the rates measured when they were tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import param

from plant.asset.field import Well
from plant.asset.unit import UNITS
from ui.screens import trust
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
    """One row: meters that are added up, and what they should come to."""

    name: str
    detail: str
    tags: tuple[str, ...]
    target: float


class ProductionView:
    """The rows of a field: all liquid, each wellpad's, what leaves the separator, and each well's."""

    def __init__(self, context: Context):
        self.context = context
        field = context.site.field
        self.sums = [
            _wells("Liquid", "", field.wells),
            *(_wells("Liquid", pad.name, [w for w in field.wells if w.wellpad == pad.code]) for pad in field.wellpads),
            Sum("Oil", "Separator", (f"Separator.{field.separator.code}.OilFlow",), _part(field.wells, oil=True)),
            Sum("Water", "Separator", (f"Separator.{field.separator.code}.WaterFlow",), _part(field.wells, oil=False)),
            *(_wells("", well.code, [well]) for well in field.wells),
        ]
        self._rows = [context.feed.rows(each.tags) for each in self.sums]

    def tick(self) -> list[list[float | int | None]]:
        """The message of this tick."""
        return [
            [*self._measured(rows), round(float(RATE.from_si(each.target)), 1)]
            for each, rows in zip(self.sums, self._rows, strict=True)
        ]

    def component(self, text: Language) -> Production:
        """The table for one session."""
        names = [[text(each.name) if each.name else "", text(each.detail) if each.detail else ""] for each in self.sums]
        return Production(labels=text.of(*LABELS), unit=RATE.symbol, names=names, tick=self.tick())

    def _measured(self, rows: np.ndarray) -> tuple[float | None, int]:
        """Sum of the meters that can be believed, and how many cannot."""
        valid = np.isin(self.context.feed.trust(rows), (trust.GOOD, trust.UNCERTAIN))
        total = float(RATE.from_si(self.context.feed.value[rows[valid]].sum()))
        return (round(total, 1) if valid.any() else None), int((~valid).sum())


def _wells(name: str, detail: str, wells: list[Well] | tuple[Well, ...]) -> Sum:
    return Sum(name, detail, tuple(f"Well.{w.code}.Flow" for w in wells), sum(w.measured.rate for w in wells))


def _part(wells: tuple[Well, ...], oil: bool) -> float:
    return sum(w.measured.rate * (1 - w.fluid.water_cut if oil else w.fluid.water_cut) for w in wells)
