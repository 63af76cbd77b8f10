"""z by interpolation: the one property that takes iterations, for those who ask a thousand wells at once.

In reduced pressure and temperature one table serves all gases, so that every well may have its own.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.pvt import pseudocritical
from plant.physics.pvt.blackoil import Fluid, Properties, core, from_core
from plant.physics.pvt.legal import LEGAL
from plant.physics.pvt.z_factor import dranchuk_abou_kassem

Array = NDArray[np.float64]
(P_LEAST, P_MOST, _), (T_LEAST, T_MOST, _) = LEGAL["p_pr"], LEGAL["T_pr"]
PRESSURES, TEMPERATURES = 601, 79  # a step of 0.05 in reduced pressure, of 0.025 in reduced temperature


def quick_properties(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> Properties:
    r"""All properties of wells' fluids, as :func:`plant.physics.pvt.blackoil.properties`, with z from the table.

    .. math:: z = z(p / p_{pc}, T / T_{pc})

    Parameters
    ----------
    fluid : Fluid
        What is known of it; its numbers may be arrays over wells.
    p, T : array_like
        Pressure and temperature, of a shape that ends with the wells'. [Pa, K]

    Notes
    -----
    Three to four times as fast, and within 0.1 % in z above a reduced temperature of 1.3.

    Examples
    --------
    >>> at = quick_properties(Fluid(gamma_o=0.85, gamma_g=0.75, gor=np.array([100.0, 50.0])), 10e6, 360.0)
    >>> at.R_s.round(1).tolist(), round(float(at.z[0]), 3)
    ([55.7, 50.0], 0.878)
    """
    shape = np.broadcast_shapes(np.shape(p), np.shape(T), np.shape(fluid.gor))
    p, T = (np.broadcast_to(np.asarray(x, float), shape) for x in (p, T))
    return from_core(fluid, core(fluid, p, T, z_look_up(fluid, p, T)), p, T)


def z_look_up(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> Array:
    """z of a fluid's gas, between the four nearest points; at the table's edge outside it.

    >>> round(float(z_look_up(Fluid(0.85, 0.75, 100.0), 10e6, 360.0)), 3)
    0.878
    """
    T_pc, p_pc = pseudocritical.mccain(fluid.gamma_g, fluid.y_h2s, fluid.y_co2, fluid.y_n2)
    return tabulated_z(np.asarray(p) / p_pc, np.asarray(T) / T_pc)


def tabulated_z(p_pr: ArrayLike, T_pr: ArrayLike) -> Array:
    """z at reduced pressure and temperature, between the four nearest points; at the table's edge outside it.

    >>> round(float(tabulated_z(4.0, 2.0)), 3)
    0.943
    """
    return between(z_table(), np.asarray(p_pr, float), np.asarray(T_pr, float))


@cache
def z_table() -> Array:
    """The table itself, a row of temperatures after the other."""
    p_pr, T_pr = np.linspace(P_LEAST, P_MOST, PRESSURES), np.linspace(T_LEAST, T_MOST, TEMPERATURES)
    return dranchuk_abou_kassem(p_pr[:, None], T_pr[None, :]).ravel()


@elementwise
def between(table: Array, p_pr: Array, T_pr: Array) -> Array:
    """:func:`tabulated_z` of those who have the table in hand."""
    x = np.clip((p_pr - P_LEAST) * ((PRESSURES - 1) / (P_MOST - P_LEAST)), 0.0, PRESSURES - 1.0)
    y = np.clip((T_pr - T_LEAST) * ((TEMPERATURES - 1) / (T_MOST - T_LEAST)), 0.0, TEMPERATURES - 1.0)
    i, j = np.minimum(np.floor(x), PRESSURES - 2.0), np.minimum(np.floor(y), TEMPERATURES - 2.0)
    at, a, b = np.intp(i * TEMPERATURES + j), x - i, y - j
    near = table[at] + a * (table[at + TEMPERATURES] - table[at])
    far = table[at + 1] + a * (table[at + TEMPERATURES + 1] - table[at + 1])
    return near + b * (far - near)
