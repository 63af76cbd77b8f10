"""Gas and liquid at a place in a pipe: speeds, densities, viscosities, tension and pressure, everything a
correlation of multiphase flow asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.blackoil import Fluid, Properties, properties
from plant.physics.pvt.blackoil_table import Table, look_up
from plant.physics.validity import require

Array = NDArray[np.float64]
Known = Callable[[Array, Array], Properties]  # of a fluid, at a pressure and temperature
LEAST_SPEED = 1e-6  # of the mixture, below which its numbers are those of this one [m/s]
LEAST_RATE = 1e-9  # of a well at rest: what it holds is what it would give if it began to flow [m³/s]


@dataclass(frozen=True)
class Stream:
    """Gas and liquid at a place in a pipe, each quantity a number or an array; all broadcast together.

    Speeds are superficial: as if the phase had the pipe to itself.
    """

    v_sl: ArrayLike  # superficial speed of the liquid, not negative [m/s]
    v_sg: ArrayLike  # and of the gas [m/s]
    rho_l: ArrayLike  # densities [kg/m³]
    rho_g: ArrayLike
    mu_l: ArrayLike  # viscosities [Pa·s]
    mu_g: ArrayLike
    sigma: ArrayLike  # tension of the liquid against the gas [N/m]
    p: ArrayLike = 101_325.0  # pressure [Pa]

    @property
    def v_m(self) -> Array:
        """Speed of the mixture. [m/s]"""
        return np.maximum(np.asarray(self.v_sl, float) + self.v_sg, LEAST_SPEED)

    @property
    def lambda_l(self) -> Array:
        """Share of the liquid in the rate, which it would have in the pipe if nothing slipped; 1 at rest. [-]"""
        v_sl, v_sg = np.broadcast_arrays(np.asarray(self.v_sl, float), np.asarray(self.v_sg, float))
        total = v_sl + v_sg
        return np.divide(v_sl, total, out=np.ones(total.shape), where=total > 0.0)

    @property
    def rho_n(self) -> Array:
        """Density without slip. [kg/m³]"""
        return self.rho_g + (np.asarray(self.rho_l) - self.rho_g) * self.lambda_l

    @property
    def mu_n(self) -> Array:
        """Viscosity without slip. [Pa·s]"""
        return self.mu_g + (np.asarray(self.mu_l) - self.mu_g) * self.lambda_l

    @property
    def is_alone(self) -> NDArray[np.bool_]:
        """Whether one of the phases is absent."""
        return (np.asarray(self.v_sl) <= 0.0) | (np.asarray(self.v_sg) <= 0.0)


def legal(stream: Stream) -> Stream:
    """The stream itself; refuses one that cannot be.

    >>> legal(Stream(1.0, -1.0, 800.0, 50.0, 1e-3, 1e-5, 0.02))
    Traceback (most recent call last):
    plant.error.OutOfRange: v_sg = -1.0: must not be negative [m/s]
    """
    for name in ("v_sl", "v_sg"):
        require(np.asarray(getattr(stream, name)) >= 0.0, name, getattr(stream, name), "must not be negative [m/s]")
    for name in ("rho_l", "rho_g", "mu_l", "mu_g", "sigma", "p"):
        require(np.asarray(getattr(stream, name)) > 0.0, name, getattr(stream, name), "must be positive [SI]")
    return stream


def black_oil_stream(
    fluid: Fluid | Table | Known, q_o_sc: ArrayLike, q_w_sc: ArrayLike, q_g_sc: ArrayLike, diameter: ArrayLike
) -> Callable[[ArrayLike, ArrayLike], Stream]:
    r"""What a well's rates at standard conditions are in a pipe, as a function of pressure and temperature.

    .. math::

        v_{sl} = (q_o B_o + q_w B_w) / A, \quad v_{sg} = (q_g - R_s q_o) B_g / A

    Parameters
    ----------
    fluid : Fluid, Table or callable
        Oil, gas and brine, by correlations or, several times faster, tabulated from them; or what gives their
        properties at a pressure and temperature.
    q_o_sc, q_w_sc, q_g_sc : array_like
        Rates of oil, water and all gas at standard conditions. [m³/s]
    diameter : array_like
        Inner, of the pipe. [m]

    Notes
    -----
    Oil and water move together: their densities, viscosities and tensions are weighted by volume. The oil dissolves
    no more gas than there is. Rates of nothing at all say neither water cut nor gas: who knows them asks with
    :data:`LEAST_RATE`, in whose limit every correlation has the column of a well at rest.

    Examples
    --------
    >>> fluid = Fluid(gamma_o=0.85, gamma_g=0.75, gor=100.0)
    >>> stream = black_oil_stream(fluid, 1e-3, 1e-3, 0.1, 0.062)(10e6, 350.0)
    >>> round(float(stream.v_sl), 3), round(float(stream.v_sg), 3)
    (0.734, 0.147)
    """
    area = 0.25 * np.pi * np.asarray(diameter, float) ** 2
    q_o_sc, q_w_sc, q_g_sc = (np.asarray(q, float) for q in (q_o_sc, q_w_sc, q_g_sc))

    known = fluid if callable(fluid) else partial(look_up if isinstance(fluid, Table) else properties, fluid)

    def stream(p: ArrayLike, T: ArrayLike) -> Stream:
        at = known(p, T)
        q_o, q_w = q_o_sc * at.B_o, q_w_sc * at.B_w
        q_g = np.maximum(q_g_sc - at.R_s * q_o_sc, 0.0) * at.B_g
        q_l = q_o + q_w
        water = np.divide(q_w, q_l, out=np.zeros(q_l.shape), where=q_l > 0.0)
        return Stream(
            v_sl=q_l / area,
            v_sg=q_g / area,
            rho_l=at.rho_o + (at.rho_w - at.rho_o) * water,
            rho_g=at.rho_g,
            mu_l=at.mu_o + (at.mu_w - at.mu_o) * water,
            mu_g=at.mu_g,
            sigma=at.sigma_o + (at.sigma_w - at.sigma_o) * water,
            p=p,
        )

    return stream
