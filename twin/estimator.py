"""The estimator: from what is known of the surface to the twin's tags, with a quality for each.

An estimate is as good as the worst of its inputs. Where the pump stands, or runs at a rate that its factory
test does not cover, it is Uncertain at best; where an input is Bad there is none.
"""

from __future__ import annotations

import numpy as np

from control.bus import quality
from control.bus.batch import Batch
from plant.asset.field import Field
from twin.model import Measured, NominalModel
from twin.surface import Surface

DEVICE = "twin"  # as which the twin's batches travel
INPUTS = ("Frequency", "Choke", "WellheadPressure", "FlowlinePressure")
OUTPUTS = ("IntakePressure", "Flow", "Current")


class Estimator:
    """One field's twin. :meth:`hear` batches; :meth:`estimate` when it is time."""

    def __init__(self, field: Field):
        self._model = NominalModel(field)
        self._wells = [f"Well.{well.code}" for well in field.wells]
        self.forget()

    def forget(self) -> None:
        """Know of no measurement: the field has gone on from another moment."""
        self._surface = Surface((*INPUTS, *OUTPUTS), self._wells)
        self._said = np.zeros(len(self._wells), dtype=np.int64)

    def hear(self, batch: Batch) -> None:
        """Take what was measured."""
        self._surface.hear(batch)

    def estimate(self) -> Batch | None:
        """Estimates and residuals of every well that has newer inputs than last time; ``None`` where none has."""
        newest = self._surface.time[: len(INPUTS)].max(axis=0)
        news = np.flatnonzero(newest > self._said)
        if not news.size:
            return None
        self._said[news] = newest[news]
        value, code = self._columns()
        tags = [f"{self._wells[i]}.Twin.{name}" for name in _NAMES for i in news]
        return Batch(
            tuple(tags), np.arange(len(tags), dtype=np.int32), np.tile(newest[news], len(_NAMES)),
            value[:, news].ravel(), code[:, news].ravel(), (DEVICE,), np.zeros(len(tags), dtype=np.int32),
        )  # fmt: skip

    def _columns(self) -> tuple[np.ndarray, np.ndarray]:
        """Value and quality of every output and residual (rows) of every well (columns)."""
        seen, n = self._surface, len(INPUTS)
        worst = seen.quality[:n].max(axis=0)  # the severity is in the highest bits
        usable = np.where(quality.is_bad(worst), np.nan, seen.value[:n])
        said = self._model.estimate(Measured(*usable))
        shaky = np.where(said.is_within_test, quality.GOOD, quality.UNCERTAIN_SUBNORMAL)
        code = np.broadcast_to(np.maximum(worst, shaky).astype(np.uint32), (len(OUTPUTS), len(self._wells)))
        value = np.stack((said.intake_pressure, said.flow, said.current))
        residual_code = np.maximum(code, seen.quality[n:])
        residual = np.where(quality.is_bad(residual_code), np.nan, seen.value[n:] - value)
        return np.concatenate((value, residual)), np.concatenate((code, residual_code))


_NAMES = (*OUTPUTS, *(f"{name}Residual" for name in OUTPUTS))
