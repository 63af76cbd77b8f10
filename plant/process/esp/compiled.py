"""The equations of a well compiled, for fields of many.

Numba costs a process a second and 130 MB, so it is imported only when somebody asks. What is compiled is the same
functions that NumPy runs, those of the physics library without their guards. A stride has neither branches nor
calls, and what it finds goes to a buffer on the stack that nothing else can point to: so the compiler takes eight
wells abreast. Wells for which the stride is too long are then taken through shorter ones, each by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from plant.physics import elementwise
from plant.process.esp.liquid import leaving, liquid_of
from plant.process.esp.row import Liquid, Motion, Outside, Parameters, Slow
from plant.process.esp.second import parts_of, present, stride
from plant.process.esp.seen import Seen, departure, seen_of

ABREAST = 64  # wells whose strides are kept before they are written back
KEPT = len(Motion._fields) + len(Slow._fields) + 1  # numbers of each


class Compiled(NamedTuple):
    """What a field of many wells calls: as in :mod:`.wells`, on whole matrices, which they change in place."""

    step: Callable[..., None]
    refresh: Callable[..., None]


@cache
def compiled() -> Compiled:
    """The loops over wells. Those of the first call take some seconds to compile."""
    import numba

    _register()
    buffer = _buffer()
    motion, slow, parameters = _take(Motion), _take(Slow), _take(Parameters)
    liquid, outside, seen = _take(Liquid), _take(Outside), _take(Seen)
    put_motion, put_slow, put_liquid, put_seen = _put(Motion), _put(Slow), _put(Liquid), _put(Seen)
    n_m, n_o = len(Motion._fields), len(Slow._fields)

    def renew(m, o, w, li_s, seen_s, i, z):  # type: ignore[no-untyped-def]
        li = present(liquid(li_s, i), o)
        put_liquid(liquid_of(m, o, w, li, leaving(m, o, w, li), z), li_s, 0, i)
        put_seen(seen_of(m, o, w), seen_s, 0, i)

    def is_old(m, o, w, seen_s, i, changed):  # type: ignore[no-untyped-def]
        return departure(seen_of(m, o, w), seen(seen_s, i), changed) > 0.0

    def step(m_s, o_s, w_s, li_s, seen_s, u_s, dt, parts, agreement, fresh, changed, table, z):  # type: ignore[no-untyped-def]
        kept = numba.carray(buffer(), (KEPT, ABREAST))
        for start in range(0, m_s.shape[1], ABREAST):
            count = min(ABREAST, m_s.shape[1] - start)
            for k in range(count):
                i = start + k
                w, li, u = parameters(w_s, i), liquid(li_s, i), outside(u_s, i)
                m, o, apart = stride(motion(m_s, i), slow(o_s, i), w, li, u, dt, table)
                put_motion(m, kept, 0, k)
                put_slow(o, kept, n_m, k)
                kept[n_m + n_o, k] = apart
            for k in range(count):
                needed = parts_of(kept[n_m + n_o, k], agreement, parts)
                if needed > 1:
                    i = start + k
                    m, o, w, u = motion(m_s, i), slow(o_s, i), parameters(w_s, i), outside(u_s, i)
                    each = max(int(fresh / dt * needed), 1)
                    for part in range(needed):
                        m, o, apart = stride(m, o, w, liquid(li_s, i), u, dt / needed, table)
                        if (part + 1) % each == 0 and is_old(m, o, w, seen_s, i, changed):
                            renew(m, o, w, li_s, seen_s, i, z)
                    put_motion(m, kept, 0, k)
                    put_slow(o, kept, n_m, k)
            for r in range(n_m):
                for k in range(count):
                    m_s[r, start + k] = kept[r, k]
            for r in range(n_o):
                for k in range(count):
                    o_s[r, start + k] = kept[n_m + r, k]

    def refresh(m_s, o_s, w_s, li_s, seen_s, changed, z):  # type: ignore[no-untyped-def]
        for i in range(m_s.shape[1]):
            m, o, w = motion(m_s, i), slow(o_s, i), parameters(w_s, i)
            if is_old(m, o, w, seen_s, i, changed):
                renew(m, o, w, li_s, seen_s, i, z)

    compile_ = numba.njit(nogil=True, error_model="numpy")
    renew, is_old = compile_(renew), numba.njit(forceinline=True, error_model="numpy")(is_old)
    return Compiled(compile_(step), compile_(refresh))


def _register() -> None:
    """Tell Numba of what is marked; it asks with the arguments' types, and by their names."""
    import numpy as np
    from numba.core import types
    from numba.extending import overload

    def clip(x, least, most):  # type: ignore[no-untyped-def]  # noqa: ARG001
        return (lambda x, least, most: min(max(x, least), most)) if isinstance(x, types.Float) else None

    overload(np.clip)(clip)
    inlined: Any = {"forceinline": True}
    overload(elementwise.choose, jit_options=inlined)(
        lambda condition, one, other: lambda condition, one, other: one if condition else other  # noqa: ARG005
    )
    for function in elementwise.MARKED:
        bare = elementwise.unguarded(function)
        overload(function, jit_options=inlined, strict=False)(lambda *args, bare=bare, **named: bare)  # noqa: ARG005


def _take(kind: Any) -> Callable:
    """Of a matrix with a row for each name, a column by names."""
    numbers = ", ".join(f"matrix[{r}, i]" for r in range(len(kind._fields)))
    return _inlined(f"def take(matrix, i):\n    return kind({numbers})\n", kind=kind)


def _put(kind: Any) -> Callable:
    """Names' numbers into a column of a matrix, from a row on."""
    lines = "\n".join(f"    matrix[row + {r}, i] = names.{name}" for r, name in enumerate(kind._fields))
    return _inlined(f"def put(names, matrix, row, i):\n{lines}\n", kind=kind)


def _inlined(source: str, **scope: Any) -> Callable:
    import numba

    exec(source, scope)
    function = scope["take" if "take" in scope else "put"]
    return numba.njit(forceinline=True, error_model="numpy")(function)


def _buffer() -> Callable:
    """Gives a function room on its stack."""
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    @intrinsic
    def room(typingctx):  # type: ignore[no-untyped-def]  # noqa: ARG001
        def generate(context, builder, signature, args):  # type: ignore[no-untyped-def]  # noqa: ARG001
            size = ir.Constant(ir.IntType(64), KEPT * ABREAST)
            return cgutils.alloca_once(builder, ir.DoubleType(), size=size)

        return types.CPointer(types.float64)(), generate

    return room
