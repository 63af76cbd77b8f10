"""Oil wells that flow by themselves: inflow at the bottom, a tubing above it, a pressure at the wellhead.

Any number of wells at once, each with its own fluid, tubing and reservoir.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.inflow import composite_pressure, composite_rate
from plant.physics.multiphase.march import end_pressure
from plant.physics.multiphase.stream import LEAST_RATE, black_oil_stream
from plant.physics.multiphase.traverse import LEAST_PRESSURE
from plant.physics.nodal import Floats
from plant.physics.performance import Delivery, deliver, refine, tabulate
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.z_table import quick_properties

SCAN_CELLS, CELLS = 4, 32  # of a tubing: for the scan, and for the rates


@dataclass(frozen=True)
class NaturalWells:
    """Wells, each quantity an array over them or a number that they share."""

    fluid: Fluid  # its gas-oil ratio is what the oil can dissolve
    f_w: ArrayLike  # water in the liquid at standard conditions [-]
    gor: ArrayLike  # all gas over oil [m³/m³]
    p_r: ArrayLike  # [Pa]
    p_b: ArrayLike
    J: ArrayLike  # of liquid at standard conditions [m³/s/Pa]
    md: ArrayLike  # of the perforations, along the tubing and vertically [m]
    tvd: ArrayLike
    diameter: ArrayLike
    roughness: ArrayLike
    T_r: ArrayLike  # at the perforations and at the wellhead [K]
    T_wh: ArrayLike
    author: str = "hagedorn_brown"

    @property
    def q_max(self) -> Floats:
        """Rate at no flowing pressure. [m³/s]"""
        return composite_rate(0.0, self.p_r, self.p_b, self.J, self.f_w)


def wellhead_pressure(wells: NaturalWells, q: ArrayLike, cells: int = CELLS) -> Floats:
    r"""Pressure that arrives at the wellheads with rates of a shape that ends with the wells'.

    .. math:: p_{wh} = p_{wf}(q) - \int_0^L \left(-\frac{dp}{dL}\right) dL

    Parameters
    ----------
    wells : NaturalWells
        The wells.
    q : array_like, shape (..., n)
        Liquid at standard conditions. [m³/s]
    cells : int
        Of the tubing, all of one length. [-]

    Notes
    -----
    Composite inflow; temperature straight from bottom to top. 10 kPa where the column cannot be lifted so far.

    Examples
    --------
    >>> wells = NaturalWells(Fluid(0.85, 0.75, 100.0), 0.2, 100.0, 25e6, 15e6, 5e-10, 2000.0, 2000.0, 0.062, 1e-5,
    ...                      350.0, 310.0)
    >>> round(float(wellhead_pressure(wells, [1e-3])[0]) / 1e6, 1)
    8.2
    """
    q = np.asarray(q, float)
    md, tvd = np.asarray(wells.md, float), np.asarray(wells.tvd, float)
    q_t = np.maximum(q, LEAST_RATE)  # in the tubing
    q_o = q_t * (1.0 - np.asarray(wells.f_w))
    stream = black_oil_stream(partial(quick_properties, wells.fluid), q_o, q_t - q_o, q_o * wells.gor, wells.diameter)
    p_wf = np.maximum(composite_pressure(q, wells.p_r, wells.p_b, wells.J, wells.f_w), LEAST_PRESSURE)
    return end_pressure(
        p_wf, (wells.T_r, wells.T_wh), md, np.arcsin(tvd / md), stream, wells.diameter, wells.roughness,
        cells=cells, author=wells.author,
    )  # fmt: skip


def operating_points(wells: NaturalWells, p_wh: ArrayLike) -> Delivery:
    r"""Highest stable rate of each well against a pressure at its wellhead.

    .. math:: p_{wh}(q) = p, \quad dp_{wh}/dq < 0

    Parameters
    ----------
    wells : NaturalWells
        The wells.
    p_wh : array_like, shape (n,)
        At the wellheads. [Pa]

    Notes
    -----
    Scanned in 33 rates on 4 cells a tubing, refined to 10 Pa on 32.

    Examples
    --------
    >>> wells = NaturalWells(Fluid(0.85, 0.75, 100.0), 0.2, 100.0, np.array([25e6, 15e6]), 15e6, 5e-10, 2000.0, 2000.0,
    ...                      0.062, 1e-5, 350.0, 310.0)
    >>> (operating_points(wells, 2e6).q * 86400).round().tolist()
    [461.0, 142.0]
    """
    q_max = np.atleast_1d(wells.q_max)
    scan = tabulate(lambda q: wellhead_pressure(wells, q, SCAN_CELLS), q_max)
    return refine(lambda q: wellhead_pressure(wells, q), deliver(scan, p_wh), p_wh, q_max)
