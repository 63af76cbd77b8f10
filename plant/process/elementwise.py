"""Marks functions that know neither arrays nor loops: they take numbers, of one well or of all at once.

Called from Python they run on NumPy's arrays; :mod:`plant.process.esp.compiled` compiles them for one well.
They may use arithmetic, :func:`numpy.where` and NumPy's elementary functions, and each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable)
MARKED: list[Callable] = []


def elementwise(function: Function) -> Function:
    """The function itself, remembered for compilation."""
    MARKED.append(function)
    return function
