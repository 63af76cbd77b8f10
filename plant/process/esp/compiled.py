"""The equations of a well compiled for one well at a time, for fields of many.

Numba costs a process a second and 130 MB, so it is imported only when somebody asks. What is compiled is the
same functions that NumPy runs; the loops that hand them one well after another are written here, from the
names of the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from plant.process import elementwise
from plant.process.esp import second
from plant.process.esp.row import Liquid, Motion, Outside, Parameters, Slow

ROWS: dict[str, Any] = {"m": Motion, "o": Slow, "w": Parameters, "li": Liquid, "u": Outside}


@cache
def compiled_step() -> Callable[..., None]:
    """:func:`plant.process.esp.second.step` over the columns of the five matrices, changing the first two in place."""
    import numba
    from numba.extending import overload, register_jitable

    # Numba asks for these with the arguments' types, and by their names
    overload(elementwise.choose)(
        lambda condition, one, other: lambda condition, one, other: one if condition else other  # noqa: ARG005
    )
    overload(elementwise.worst)(lambda x: lambda x: x)  # noqa: ARG005
    for function in elementwise.MARKED:
        register_jitable(forceinline=True)(function)
    scope: dict[str, Any] = {"step": second.step, **{kind.__name__: kind for kind in ROWS.values()}}
    exec(_source(), scope)
    return numba.njit(scope["loop"], nogil=True, error_model="numpy")


def _source() -> str:
    gather = "\n".join(
        f"        {name} = {kind.__name__}({', '.join(f'{name}_s[{r}, i]' for r in range(len(kind._fields)))})"
        for name, kind in ROWS.items()
    )
    scatter = "\n".join(
        f"        {name}_s[{r}, i] = {name}.{field}"
        for name in ("m", "o")
        for r, field in enumerate(ROWS[name]._fields)
    )
    return (
        "def loop(m_s, o_s, w_s, li_s, u_s, dt, parts, table):\n"
        "    for i in range(m_s.shape[1]):\n"
        f"{gather}\n        m, o = step(m, o, w, li, u, dt, parts, table)\n{scatter}\n"
    )
