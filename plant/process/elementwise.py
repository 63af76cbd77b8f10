"""Marks functions that know neither arrays nor loops: they take numbers, of one well or of all at once.

Called from Python they run on NumPy's arrays; :mod:`plant.process.esp.compiled` compiles them for one well.
They may use arithmetic, :func:`choose`, NumPy's elementary functions, and each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

Function = TypeVar("Function", bound=Callable)
MARKED: list[Callable] = []


def elementwise(function: Function) -> Function:
    """The function itself, remembered for compilation."""
    MARKED.append(function)
    return function


def choose(condition: Any, one: Any, other: Any) -> Any:
    """``one`` where the condition holds, else the other; compiled, a branch and no array."""
    return np.where(condition, one, other)


def worst(x: Any) -> float:
    """The largest of many numbers; compiled, the one there is."""
    return float(np.max(x))
