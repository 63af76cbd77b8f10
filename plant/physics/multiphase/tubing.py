"""A tubing as the reservoir and the surface see it: what pressure at one end a rate needs for that at the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.multiphase.stream import LEAST_RATE, Array, black_oil_stream
from plant.physics.multiphase.traverse import cells, pressure_traverse
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.blackoil_table import Table
from plant.physics.validity import require


@dataclass(frozen=True)
class Tubing:
    """A producer's tubing, its temperature and its fluids. Refuses stations that do not lead down."""

    fluid: Fluid | Table
    md: ArrayLike  # of the stations, from the wellhead down [m]
    tvd: ArrayLike  # true vertical depth of each [m]
    T: ArrayLike  # of the stream at each [K]
    diameter: float  # inner [m]
    roughness: float = 0.0  # of the wall [m]
    author: str = "beggs_brill_payne"  # whose correlation

    def __post_init__(self) -> None:
        cells(self.md, self.tvd)
        require(np.asarray(self.diameter) > 0.0, "diameter", self.diameter, "must be positive [m]")

    def bottomhole_pressure(
        self, q_l: ArrayLike, p_wh: ArrayLike, f_w: ArrayLike, gor: ArrayLike, lift: ArrayLike = 0.0
    ) -> Array:
        r"""Pressure at the lowest station of rates and wellhead pressures of any one shape.

        .. math:: p_{wf} = p_{wh} + \int_0^L \left(-\frac{dp}{dL}\right) dL

        Parameters
        ----------
        q_l : array_like
            Liquid at standard conditions. [m³/s]
        p_wh : array_like
            At the highest station. [Pa]
        f_w : array_like
            Water in the liquid. [m³/m³]
        gor : array_like
            All gas of the formation over oil; the fluid's own is what the oil can dissolve. [m³/m³]
        lift : array_like
            Gas injected at the lowest station, at standard conditions. [m³/s]

        Notes
        -----
        In the form that :func:`plant.physics.vfp.lift_table` tabulates. At no rate it is the limit of small ones: a
        column of the well's own oil, water and gas.

        Examples
        --------
        >>> md = np.linspace(0.0, 2000.0, 21)
        >>> tubing = Tubing(Fluid(0.85, 0.75, 100.0), md, md, 310.0 + 0.02 * md, 0.062)
        >>> p_wf = tubing.bottomhole_pressure([1e-3, 2e-3], 2e6, 0.5, 100.0)
        >>> [round(float(p) / 1e6, 1) for p in p_wf]
        [15.0, 15.1]
        """
        return self._end(q_l, p_wh, f_w, gor, lift, down=True)

    def wellhead_pressure(
        self, q_l: ArrayLike, p_wf: ArrayLike, f_w: ArrayLike, gor: ArrayLike, lift: ArrayLike = 0.0
    ) -> Array:
        r"""Pressure that arrives at the highest station; 10 kPa where the column cannot be lifted so far.

        .. math:: p_{wh} = p_{wf} - \int_0^L \left(-\frac{dp}{dL}\right) dL

        Parameters
        ----------
        q_l, f_w, gor, lift : array_like
            As for :meth:`bottomhole_pressure`. [m³/s, m³/m³, m³/m³, m³/s]
        p_wf : array_like
            At the lowest station. [Pa]

        Examples
        --------
        >>> md = np.linspace(0.0, 2000.0, 21)
        >>> tubing = Tubing(Fluid(0.85, 0.75, 100.0), md, md, 310.0 + 0.02 * md, 0.062)
        >>> p_wf = tubing.bottomhole_pressure(1e-3, 2e6, 0.5, 100.0)
        >>> round(float(tubing.wellhead_pressure(1e-3, p_wf, 0.5, 100.0)), -5)
        2000000.0
        """
        return self._end(q_l, p_wf, f_w, gor, lift, down=False)

    def _end(
        self, q_l: ArrayLike, p: ArrayLike, f_w: ArrayLike, gor: ArrayLike, lift: ArrayLike, *, down: bool
    ) -> Array:
        given = (np.maximum(q_l, LEAST_RATE), p, f_w, gor, lift)
        q_l, p, f_w, gor, lift = np.broadcast_arrays(*(np.asarray(x, float) for x in given))
        q_o = q_l * (1.0 - f_w)
        stream_at = black_oil_stream(self.fluid, q_o, q_l * f_w, q_o * gor + lift, self.diameter)
        length, angle = cells(self.md, self.tvd)
        order = slice(None) if down else slice(None, None, -1)
        along = (-1, *(1,) * q_l.ndim)
        return pressure_traverse(
            p,
            np.asarray(self.T, float)[order].reshape(along),
            length[order].reshape(along),
            angle[order].reshape(along),
            stream_at,
            self.diameter,
            self.roughness,
            self.author,
            against_flow=down,
        )[-1]
