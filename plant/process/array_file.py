"""Arrays in one file, by name, with what is to be said about them: written in one stroke, and never unpickled.

All numbers stand in one row, and an index says where each array begins: hundreds of small arrays would take a hundred
times as long as members of their own.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from plant.error import ConfigError, Mistake
from plant.process.parameter import Array

Arrays = dict[str, Array]
_DAMAGES = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


def write_arrays(path: Path, arrays: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Write a file that is whole or, where the process is killed meanwhile, as it was before.

    Numbers are kept as float64, which holds every flag and every count of ours exactly.
    """
    rows = {name: np.asarray(array, np.float64) for name, array in arrays.items()}
    index = json.dumps({"about": dict(about), "shapes": {name: row.shape for name, row in rows.items()}})
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    values = np.concatenate([row.ravel() for row in rows.values()])
    with fresh.open("wb") as file:
        np.savez(file, index=np.frombuffer(index.encode(), np.uint8), values=values)
    fresh.replace(path)


def read_arrays(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """The arrays of a file, and what is said about them.

    Raises :class:`ConfigError` where it is none, torn or changed (``FileNotFoundError`` where there is none).
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            index, values = json.loads(file["index"].tobytes().decode()), file["values"]
        return _cut(index["shapes"], values), dict(index["about"])
    except FileNotFoundError:
        raise
    except _DAMAGES as error:
        raise ConfigError([Mistake(str(path), "file", None, f"is torn or no file of arrays: {error}")]) from None


def read_about(path: Path) -> dict[str, Any]:
    """What is said about the arrays of a file, without reading them. Raises as :func:`read_arrays` does."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(json.loads(file["index"].tobytes().decode())["about"])
    except FileNotFoundError:
        raise
    except _DAMAGES as error:
        raise ConfigError([Mistake(str(path), "file", None, f"is torn or no file of arrays: {error}")]) from None


def _cut(shapes: Mapping[str, list[int]], values: Array) -> Arrays:
    found, at = {}, 0
    for name, shape in shapes.items():
        count = int(np.prod(shape, dtype=int))
        found[name] = values[at : at + count].reshape(shape)
        at += count
    if at != len(values):
        raise ValueError(f"{len(values)} numbers where the index has {at}")
    return found
