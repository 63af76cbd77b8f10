"""Shown values: those of tags, rounded and in the units that people see, as the scripts get them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from plant.asset.amount import digits
from plant.asset.tag import Tag
from ui.screens.context import Context
from ui.screens.language import Language


def plain(values: np.ndarray) -> list[float | None]:
    """As a script may have them: a missing value is null, for JSON knows no NaN."""
    return [None if np.isnan(v) else float(v) for v in values]


def shown(tags: Sequence[Tag], values: np.ndarray) -> np.ndarray:
    """SI values (a row per tag) in the units that people see, a digit finer than written."""
    rows = [
        np.round(tag.signal.unit.from_si(np.asarray(row, dtype=float)), digits(tag.signal) + 1)
        for tag, row in zip(tags, values, strict=True)
    ]
    return np.array(rows)


def row_of(context: Context, tag: Tag, text: Language, short: bool = False) -> dict[str, Any]:
    """What a script must know of a tag before its values come."""
    band = context.site.band(tag.name)
    states = tag.signal.states
    return {
        "tag": tag.name, "label": text(f"{tag.signal.name}.short" if short else tag.signal.name),
        "title": text(tag.signal.name), "unit": tag.signal.unit.symbol, "digits": digits(tag.signal),
        "low": band.low, "high": band.high, "band": list(band.normal) if band.normal else None,
        "states": None if states is None else {str(n): text(name) for n, name in states.items()},
    }  # fmt: skip
