"""What Numba is told of the equations, and what it lacks to take several wells at once.

What it compiles it keeps where :mod:`.kernel_cache` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import config, njit
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

from plant.physics import elementwise
from plant.process import kernel_cache

inlined = njit(forceinline=True, error_model="numpy")


def loop(function: Callable) -> Any:
    """Compiled when it is first called, or taken from the cache."""
    settings: Any = config  # whose names come from the environment, unknown to mypy
    elsewhere, settings.CACHE_DIR = settings.CACHE_DIR, str(kernel_cache.folder())
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(function)
    finally:
        settings.CACHE_DIR = elsewhere


KNOWN: set[Callable] = set()


def register() -> None:
    """Tell it of every function that is marked by now; it asks with the arguments' types, and by their names."""
    if not KNOWN:
        _register_words()
    within: Any = {"forceinline": True}
    for function in elementwise.MARKED:
        if function in KNOWN:
            continue
        KNOWN.add(function)
        bare = elementwise.unguarded(function)
        overload(function, jit_options=within, strict=False)(lambda *args, bare=bare, **named: bare)  # noqa: ARG005


def _register_words() -> None:
    """What the functions may use besides each other."""

    def clip(x, least, most):  # type: ignore[no-untyped-def]  # noqa: ARG001
        return (lambda x, least, most: min(max(x, least), most)) if isinstance(x, types.Float) else None

    overload(np.clip)(clip)
    within: Any = {"forceinline": True}
    overload(elementwise.choose, jit_options=within)(
        lambda condition, one, other: lambda condition, one, other: one if condition else other  # noqa: ARG005
    )


def take(kind: Any) -> Callable:
    """Of a matrix with a row for each name, a column by names."""
    numbers = ", ".join(f"matrix[{r}, i]" for r in range(len(kind._fields)))
    return _made("take", f"def take(matrix, i):\n    return kind({numbers})\n", kind=kind)


def put(kind: Any) -> Callable:
    """Names' numbers into a column of a matrix, from a row on."""
    lines = "\n".join(f"    matrix[row + {r}, i] = names.{name}" for r, name in enumerate(kind._fields))
    return _made("put", f"def put(names, matrix, row, i):\n{lines}\n")


def _made(name: str, source: str, **scope: Any) -> Callable:
    exec(source, scope)
    return inlined(scope[name])


def room(numbers: int) -> Callable:
    """A function that gives its caller room for so many numbers on the caller's stack, to which nothing else points."""

    @intrinsic
    def given(typingctx: Any) -> Any:  # noqa: ARG001
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001
            return cgutils.alloca_once(builder, ir.DoubleType(), size=ir.Constant(ir.IntType(64), numbers))

        return types.CPointer(types.float64)(), generate

    return given
