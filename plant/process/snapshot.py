"""A field in motion as plain arrays: saved, put back to the last bit, and cloned.

Besides ``state`` the arrays of parameters belong to it, since malfunctions move them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from plant.error import ConfigError, Mistake
from plant.process.parameter import Array
from plant.process.parameter_table import rows_of

if TYPE_CHECKING:
    from plant.process.field import FieldProcess

NAME = "saved field"


def save(process: FieldProcess) -> dict[str, Array]:
    """A copy of every array that moves, by name."""
    return {name: array.copy() for name, array in moving(process).items()}


def restore(process: FieldProcess, saved: Mapping[str, Array]) -> None:
    """Write what was saved into a process of the same field. Raises :class:`ConfigError` with all that does not fit."""
    live = moving(process)
    if mistakes := list(_misfits(live, saved)):
        raise ConfigError(mistakes)
    for name, array in live.items():
        array[...] = saved[name]


def cloned(process: FieldProcess, env: simpy.Environment | None) -> FieldProcess:
    """Another process in the same state, on an environment of its own, that shares only what never changes."""
    env = simpy.Environment(process.env.now) if env is None else env
    wells = process.wells
    shared = (process.field, wells.table)
    memo: dict[int, Any] = {id(one): one for one in shared} | {id(process.env): env}
    for rows in (wells.motion, wells.slow, wells.parameters, wells.liquid, wells.seen, wells.outside):
        _copy_rows(rows, memo)
    for part in process.station.parts.values():
        for board in part.boards:
            board.note_copy(memo)
    other = copy.deepcopy(process, memo)
    other.start(env, process.until_step)
    return other


def moving(process: FieldProcess) -> dict[str, Array]:
    """Every array that moves, by name."""
    found = {"time": process.time}
    for place, part in _parts(process):
        found |= {f"{place}.{name}": array for name, array in part.state.items()}
        found |= {f"{place}.parameters.{name}": array for name, array in _parameters(part).items()}
    found |= {f"gathering.lines.{name}": array for name, array in vars(process.gathering.lines).items()}
    return found | {f"inputs.{name}": array for name, array in process.inputs.items()}


def _parts(process: FieldProcess) -> Iterator[tuple[str, Any]]:
    for name in ("wells", "gas_lift", "natural", "injectors", "feed", "lift_line", "malfunctions"):
        if (part := getattr(process, name)) is not None:
            yield name, part
    for name, one in process.station.parts.items():
        yield f"station.{name}", one


def _parameters(part: Any) -> dict[str, Array]:
    parameters = getattr(part, "parameters", None)
    return {} if parameters is None else rows_of(parameters)


def _copy_rows(rows: tuple[Array, ...], memo: dict[int, Any]) -> None:
    """Note for a deep copy that these are views of one matrix, and that their copies are of its copy."""
    matrix = rows[0].base
    assert matrix is not None
    memo[id(matrix)] = copied = matrix.copy()
    memo |= {id(row): copied[i] for i, row in enumerate(rows)}


def _misfits(live: Mapping[str, Array], saved: Mapping[str, Array]) -> Iterator[Mistake]:
    for name, array in live.items():
        if name not in saved:
            yield Mistake(NAME, name, None, "is missing")
        elif np.shape(saved[name]) != array.shape:
            yield Mistake(NAME, name, np.shape(saved[name]), f"must have the shape {array.shape}")
    for name in set(saved) - set(live):
        yield Mistake(NAME, name, None, "is nothing of this field")
