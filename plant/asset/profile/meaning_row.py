"""Meanings as the rows of points say them, with every mistake told."""

from __future__ import annotations

from typing import Any

from plant.asset.profile.meaning import Meaning
from plant.asset.signal import Signal
from plant.asset.table import Table

KEYS = ("scale", "offset", "bit", "mask", "states", "otherwise", "no_value")


def read_meaning(row: Table, signal: Signal) -> Meaning:
    """What a point's row says of its raw values."""
    scale, offset = row.number("scale", default=1.0), row.number("offset", default=0.0)
    if scale == 0:
        row.mistake("scale", 0, "must not be zero")
    states = _states(row, signal) if "states" in row.data else None
    if states is not None and (scale, offset) != (1.0, 0.0):
        row.mistake("states", None, "must not stand beside scale or offset: a state is named, not computed")
    otherwise = _state(row, "otherwise", signal, row.data["otherwise"]) if "otherwise" in row.data else None
    row.leave("otherwise")
    if otherwise is not None and states is None:
        row.mistake("otherwise", row.data["otherwise"], "must stand beside states")
    return Meaning(scale, offset, _mask(row), states, otherwise, _no_value(row))


def _mask(row: Table) -> int | None:
    mask, bit = row.integer("mask", 0, 1, 2**64 - 1), row.integer("bit", -1, 0, 63)
    if mask and bit >= 0:
        row.mistake("bit", bit, "must not stand beside mask")
    return mask or (1 << bit if bit >= 0 else None)


def _states(row: Table, signal: Signal) -> dict[int | str, float]:
    said = row.mapping("states")
    if not said:
        row.mistake("states", said, "must name at least one raw value")
    found = {_raw(key): _state(row, f"states.{key}", signal, state) for key, state in said.items()}
    return {raw: state for raw, state in found.items() if state is not None}


def _raw(key: str) -> int | str:
    try:
        return int(key, 0)
    except ValueError:
        return key


def _state(row: Table, key: str, signal: Signal, said: Any) -> float | None:
    names = {name: float(number) for number, name in (signal.states or {}).items()}
    if isinstance(said, str) and said in names:
        return names[said]
    if isinstance(said, (int, float)) and (signal.states is None or said in signal.states):
        return float(said)
    row.mistake(key, said, f"must be one of {', '.join(names)}" if names else "must be a number")
    return None


def _no_value(row: Table) -> tuple[Any, ...] | None:
    said = row.data.get("no_value")
    row.leave("no_value")
    if said is None:
        return None
    if not isinstance(said, list) or not all(isinstance(one, (int, float, str)) for one in said):
        row.mistake("no_value", said, "must be a list of raw numbers or texts")
        return None
    return tuple(said)
