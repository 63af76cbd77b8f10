"""Black oil by interpolation: the same properties, for those who ask a thousand wells a second.

Only what correlations give is tabulated; volumes of gas and densities follow exactly, so that mass is conserved
whatever the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.blackoil import CORE, Core, Fluid, Properties, core, from_core
from plant.physics.validity import require

LOGARITHMIC = "mu_o"  # falls by the same factor with every degree, so its logarithm is what is straight


@dataclass(frozen=True)
class Table:
    """Properties of one fluid on an even grid of pressure and temperature."""

    fluid: Fluid
    p: NDArray[np.float64]  # [Pa]
    T: NDArray[np.float64]  # [K]
    values: NDArray[np.float64]  # property of CORE, pressure, temperature; the oil's viscosity as its logarithm


def tabulate(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> Table:
    """Table of a fluid over evenly spaced, rising pressures [Pa] and temperatures [K], two of each at least.

    >>> table = tabulate(Fluid(0.85, 0.75, 100.0), np.linspace(0.0, 40e6, 81), np.linspace(280.0, 420.0, 29))
    >>> table.values.shape
    (9, 81, 29)
    """
    p, T = (_axis(name, axis) for name, axis in (("p", p), ("T", T)))
    known = core(fluid, *np.broadcast_arrays(p[:, None], T[None, :]))
    return Table(fluid, p, T, np.stack([_straight(name, getattr(known, name)) for name in CORE]))


def look_up(table: Table, p: ArrayLike, T: ArrayLike) -> Properties:
    r"""All properties at a pressure and temperature, between the four nearest points of a table.

    .. math:: y = (1 - a)(1 - b)\,y_{00} + a(1 - b)\,y_{10} + (1 - a)\,b\,y_{01} + a b\,y_{11}

    Parameters
    ----------
    table : Table
        From :func:`tabulate`.
    p, T : array_like
        Pressure and temperature; outside the table as at its edge. [Pa, K]

    Notes
    -----
    At the bubble point, where the properties have a corner, the error is that of half a step of pressure.

    Examples
    --------
    >>> table = tabulate(Fluid(0.85, 0.75, 100.0), np.linspace(0.0, 40e6, 81), np.linspace(280.0, 420.0, 29))
    >>> round(float(look_up(table, 30e6, 360.0).B_o), 3)
    1.288
    """
    p, T = np.broadcast_arrays(np.clip(p, table.p[0], table.p[-1]), np.clip(T, table.T[0], table.T[-1]))
    (i, a), (j, b) = _place(table.p, p), _place(table.T, T)
    corners = table.values
    near = corners[:, i, j] + a * (corners[:, i + 1, j] - corners[:, i, j])
    far = corners[:, i, j + 1] + a * (corners[:, i + 1, j + 1] - corners[:, i, j + 1])
    between = dict(zip(CORE, near + b * (far - near), strict=True))
    between[LOGARITHMIC] = np.exp(between[LOGARITHMIC])
    return from_core(table.fluid, Core(**between), p, T)


def _axis(name: str, values: ArrayLike) -> NDArray[np.float64]:
    axis = np.asarray(values, float)
    steps = np.diff(axis)
    even = steps.size > 0 and steps[0] > 0.0 and np.allclose(steps, steps[0], rtol=1e-6)
    require(even, name, axis.flat[0] if axis.size else np.nan, "must start an evenly rising axis of two or more")
    return axis


def _straight(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log(values) if name == LOGARITHMIC else values


def _place(axis: NDArray[np.float64], x: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    position = (x - axis[0]) / (axis[1] - axis[0])
    cell = np.minimum(position.astype(np.intp), axis.size - 2)
    return cell, position - cell
