"""The snapshot: the newest sample of every tag, as arrays, and how it is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from control.bus.batch import Batch
from control.bus.clock import Clock
from control.bus.quality import BAD_NO_DATA
from control.bus.quality import name as quality_name
from plant.asset.signal import UNKNOWN
from plant.unit import UNITS
from ui import trust
from ui.api.catalogue import Catalogue
from ui.api.moment import SECOND, iso

Units = Literal["field", "si"]
SI = {unit.quantity: unit.symbol for unit in UNITS.values() if unit.scale == 1.0 and unit.offset == 0.0}


class Snapshot:
    """Rows are numbered as the catalogue numbers tags. A sample older than what is known changes nothing.

    What is known from the future is known from before a clock was set back: whatever comes after it is newer.
    """

    def __init__(self, catalogue: Catalogue, clock: Clock):
        self.catalogue, self.clock = catalogue, clock
        self._scan = max((device.scan for device in catalogue.site.bench.devices), default=1.0)
        self._rows_of: dict[tuple[str, ...], np.ndarray] = {}
        self.forget()

    def forget(self) -> None:
        """Know of no sample."""
        n = len(self.catalogue.served)
        self.time = np.zeros(n, np.int64)
        self.value = np.full(n, np.nan)
        self.quality = np.full(n, BAD_NO_DATA, np.uint32)
        self._is_stale = np.zeros(n, bool)
        self.source: list[str | None] = [None] * n
        self._text: dict[Units, dict[int, str]] = {"field": {}, "si": {}}

    def take(self, batch: Batch) -> np.ndarray:
        """Take the samples of tags that we know; the rows that changed."""
        rows = self._rows(batch.tags)[batch.tag]
        order = np.argsort(batch.time, kind="stable")  # of several samples of a tag, the newest is written last
        order = order[rows[order] >= 0]
        known = self.time[rows[order]]
        order = order[(batch.time[order] >= known) | (known > self.clock.now())]
        rows = rows[order]
        self.time[rows], self.value[rows], self.quality[rows] = (
            batch.time[order],
            batch.value[order],
            batch.quality[order],
        )
        for row, source in zip(rows.tolist(), batch.source[order].tolist(), strict=True):
            self.source[row] = batch.sources[source]
        changed = np.unique(rows)
        self._forget_text(changed)
        return changed

    def grown_stale(self) -> np.ndarray:
        """The rows that have become stale since this was last asked: nobody says so of them but the time."""
        levels = trust.of(self.quality, self.time, self.clock.now(), self._scan)
        is_stale, was_stale = levels == trust.STALE, self._is_stale
        self._is_stale = is_stale
        grown = np.flatnonzero(is_stale & ~was_stale)
        self._forget_text(grown)
        return grown

    def _forget_text(self, rows: np.ndarray) -> None:
        for text in self._text.values():
            for row in rows.tolist():
                text.pop(row, None)

    def shown(self, rows: Sequence[int], units: Units) -> list[dict[str, Any]]:
        """Values as they are sent, with the age and trust that they have now."""
        at = np.array(rows, np.int64)
        levels = trust.of(self.quality[at], self.time[at], self.clock.now(), self._scan).tolist()
        return [self._shown(row, units, trust.NAMES[level]) for row, level in zip(rows, levels, strict=True)]

    def event(self, rows: Sequence[int], units: Units) -> str:
        """Samples that have just come as one JSON array, each written once, for however many clients."""
        known = self._text[units]
        new = [row for row in rows if row not in known]
        known |= {row: json.dumps(shown) for row, shown in zip(new, self.shown(new, units), strict=True)}
        return f"[{','.join(known[row] for row in rows)}]"

    def _shown(self, row: int, units: Units, level: str) -> dict[str, Any]:
        """A value that is none is null, with the quality that says why."""
        one, si = self.catalogue.served[row], float(self.value[row])
        signal, code, time = one.tag.signal, int(self.quality[row]), int(self.time[row])
        value = None if si != si else si if units == "si" else signal.unit.from_si(si)
        shown = {
            "tag": one.name, "value": value,
            "unit": signal.unit.symbol if units == "field" else SI.get(signal.unit.quantity, ""),
            "quality": quality_name(code), "quality_code": code, "time": iso(time) if time else None,
            "time_ns": time or None, "age_s": self._age(time), "trust": level, "source": self.source[row],
        }  # fmt: skip
        if signal.states:
            is_known = value is not None and level in trust.KNOWN
            shown["state"] = signal.states.get(round(si), f"{si:g}") if is_known else UNKNOWN
        return shown

    def _age(self, time: int) -> float | None:
        """Below zero where a sample is dated later than now."""
        return round((self.clock.now() - time) / SECOND, 3) if time else None

    def _rows(self, tags: tuple[str, ...]) -> np.ndarray:
        rows = self._rows_of.get(tags)
        if rows is None:
            if len(self._rows_of) > 1000:  # batches normally come in few forms
                self._rows_of.clear()
            rows = self._rows_of[tags] = np.array([self.catalogue.row.get(tag, -1) for tag in tags], np.int64)
        return rows
