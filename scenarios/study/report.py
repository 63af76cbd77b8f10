"""A study's answer told: as plain data with units, as rows for a spreadsheet, in the unit that was asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from plant.asset.signal import Signal
from plant.unit import Unit
from scenarios.study.what_if import Answer, Crossing, Row

Units = Mapping[str, Unit]  # by quantity, where another than the tag's own is wanted


def as_json(answer: Answer, units: Units) -> dict[str, Any]:
    """The answer as objects and lists."""
    return {
        "set": [_set(change.tag.name, change.value, change.tag.signal, units) for change in answer.changes],
        "rows": [row_of(row, units) for row in answer.rows],
        "limits": [_limit(crossing, units) for crossing in answer.crossings],
        "notes": list(answer.notes),
        "converged": answer.converged,
    }


def as_csv(told: Mapping[str, Any]) -> str:
    """The rows of what :func:`as_json` gave as a table."""
    out = io.StringIO()
    table = csv.DictWriter(out, list(told["rows"][0]))
    table.writeheader()
    table.writerows(told["rows"])
    return out.getvalue()


def row_of(row: Row, units: Units) -> dict[str, Any]:
    """One signal: before, after and the difference by the model; measured now, and expected to be measured after."""
    unit = _unit(row.tag.signal, units)
    values = {"before": row.before, "after": row.after, "measured": row.measured, "expected": row.expected}
    shown = {key: None if value is None else unit.from_si(value) for key, value in values.items()}
    difference = None if row.difference is None else row.difference / unit.scale
    head = {"tag": row.tag.name, "unit": unit.symbol}
    return head | {"before": shown.pop("before"), "after": shown.pop("after"), "difference": difference} | shown


def _set(tag: str, value: float, signal: Signal, units: Units) -> dict[str, Any]:
    unit = _unit(signal, units)
    return {"tag": tag, "value": unit.from_si(value), "unit": unit.symbol}


def _limit(crossing: Crossing, units: Units) -> dict[str, Any]:
    rule = crossing.rule
    unit = _unit(rule.tag.signal, units)
    values = {"limit": rule.limit, "value": crossing.value}
    return {
        "tag": rule.tag.name, "kind": rule.kind, "priority": rule.priority, "is_new": crossing.is_new,
        **{key: unit.from_si(value) for key, value in values.items()}, "unit": unit.symbol,
        "messages": dict(rule.message),
    }  # fmt: skip


def _unit(signal: Signal, units: Units) -> Unit:
    return units.get(signal.unit.quantity, signal.unit)
