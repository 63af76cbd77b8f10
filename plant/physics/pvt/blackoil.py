"""Black oil: a well's fluids as three components, of which gas dissolves in oil; all their properties at once.

A few numbers describe the fluids (:class:`Fluid`); :func:`properties` gives everything else at a pressure and
temperature, by the author chosen. :mod:`.blackoil_table` does the same by interpolation where that is too slow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import ModuleType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.error import Unknown
from plant.physics.fluid import oil_viscosity
from plant.physics.pvt import al_marhoun, brine, glaso, pseudocritical, standing, tension, vasquez_beggs, viscosity
from plant.physics.pvt.formation_volume import (
    P_SC,
    RHO_AIR_SC,
    RHO_WATER_SC,
    T_SC,
    gas_density,
    gas_formation_volume,
    oil_density,
    undersaturated_formation_volume,
)
from plant.physics.pvt.legal import LEGAL, within
from plant.physics.pvt.z_factor import dranchuk_abou_kassem
from plant.physics.validity import require

Array = NDArray[np.float64]
AUTHORS: Mapping[str, ModuleType] = {
    "standing": standing,
    "vasquez_beggs": vasquez_beggs,
    "glaso": glaso,
    "al_marhoun": al_marhoun,
}


@dataclass(frozen=True)
class Fluid:
    """What is known of a well's fluids. Refuses a gravity, gas-oil ratio or salinity that no fluid has.

    All but the salinity may be arrays over wells, where only :func:`properties` and its like are asked.
    """

    gamma_o: ArrayLike  # gravity of the oil, water is 1 [-]
    gamma_g: ArrayLike  # gravity of the gas, air is 1 [-]
    gor: ArrayLike  # gas dissolved at the bubble point, at standard conditions [m³/m³]
    salinity: float = 0.0  # salt by mass of the brine [-]
    y_h2s: float = 0.0  # mole fractions of the gas [-]
    y_co2: float = 0.0
    y_n2: float = 0.0
    author: str = "standing"  # whose correlations for the oil
    pressure_factor: ArrayLike = 1.0  # measured bubble point over the author's
    mu_o_50: ArrayLike | None = None  # dead-oil viscosity at 50 °C where it was measured [Pa·s]

    def __post_init__(self) -> None:
        within(gamma_o=self.gamma_o, gamma_g=self.gamma_g, R_s=self.gor, salinity=self.salinity)
        pseudocritical.mccain(self.gamma_g, self.y_h2s, self.y_co2, self.y_n2)  # which knows impossible mixtures
        if self.author not in AUTHORS:
            raise Unknown("author of oil correlations", self.author)
        require(np.asarray(self.pressure_factor) > 0.0, "pressure_factor", self.pressure_factor, "must be positive [-]")
        if self.mu_o_50 is not None:
            within(mu=self.mu_o_50)

    @property
    def rho_o_sc(self) -> float:
        """Density of the oil at standard conditions. [kg/m³]"""
        return self.gamma_o * RHO_WATER_SC

    @property
    def rho_g_sc(self) -> float:
        """Density of the gas at standard conditions. [kg/m³]"""
        return self.gamma_g * RHO_AIR_SC

    @property
    def rho_w_sc(self) -> float:
        """Density of the brine at standard conditions. [kg/m³]"""
        return float(brine.spivey_density(P_SC, T_SC, self.salinity))


@dataclass(frozen=True)
class Properties:
    """Oil, gas and brine at a pressure and temperature, each an array of their shape."""

    R_s: Array  # gas dissolved in the oil [m³/m³]
    B_o: Array  # formation volume factors [-]
    B_g: Array
    B_w: Array
    rho_o: Array  # densities [kg/m³]
    rho_g: Array
    rho_w: Array
    mu_o: Array  # viscosities [Pa·s]
    mu_g: Array
    mu_w: Array
    sigma_o: Array  # tension of oil and of brine against gas [N/m]
    sigma_w: Array
    z: Array  # z-factor of the gas [-]


@dataclass(frozen=True)
class Core:
    """The properties that correlations give; the others follow from them and from mass."""

    R_s: Array
    B_o: Array
    rho_w: Array
    mu_o: Array
    mu_g: Array
    mu_w: Array
    sigma_o: Array
    sigma_w: Array
    z: Array


CORE = tuple(field.name for field in fields(Core))


def properties(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> Properties:
    r"""All properties of a well's fluids at a pressure and temperature.

    .. math::

        R_s = \min(R_s(p), R_{sb}), \quad B_o = B_o(R_s) \text{ up to } p_b, \text{ compressed beyond}, \quad
        \rho_o = (\rho_{o,sc} + R_s \rho_{g,sc}) / B_o

    Parameters
    ----------
    fluid : Fluid
        What is known of it.
    p, T : array_like
        Pressure and temperature. [Pa, K]

    Raises
    ------
    OutOfRange
        If the pressure or temperature lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Where a rich gas is colder or under more pressure than the equation for z knows, z is that of its nearest
    state. The gas keeps its gravity, brine dissolves none, and at the atmosphere the oil still holds the little
    that the author's correlation leaves in it.

    Examples
    --------
    >>> fluid = Fluid(gamma_o=0.85, gamma_g=0.75, gor=100.0)
    >>> at_reservoir = properties(fluid, 30e6, 360.0)
    >>> round(float(at_reservoir.R_s), 1), round(float(at_reservoir.B_o), 3)
    (100.0, 1.288)
    """
    p, T = np.broadcast_arrays(np.asarray(p, float), np.asarray(T, float))
    return from_core(fluid, core(fluid, p, T), p, T)


def core(fluid: Fluid, p: Array, T: Array, z: Array | None = None) -> Core:
    """What correlations give at pressures and temperatures of one shape; the rest follows by :func:`from_core`.

    Who has a quicker z (:mod:`.z_table`) gives it.
    """
    within(p=p, T=T)
    z = gas_z(fluid, p, T) if z is None else z
    R_s, p_b = dissolved(fluid, p, T)
    mu_b = viscosity.beggs_robinson_live(dead_viscosity(fluid, T), R_s)
    B_ob = AUTHORS[fluid.author].formation_volume(R_s, T, fluid.gamma_o, fluid.gamma_g)
    return Core(
        R_s=R_s,
        B_o=undersaturated_formation_volume(B_ob, p, p_b, R_s, T, fluid.gamma_o, fluid.gamma_g),
        rho_w=brine.spivey_density(p, T, fluid.salinity),
        mu_o=viscosity.vasquez_beggs_undersaturated(mu_b, p, p_b),
        mu_g=viscosity.lee_gonzalez_eakin(T, gas_density(p, T, z, fluid.gamma_g), fluid.gamma_g),
        mu_w=brine.mao_duan_viscosity(p, T, fluid.salinity),
        sigma_o=tension.abdul_majeed(R_s, T, fluid.gamma_o),
        sigma_w=tension.hough(p, T),
        z=z,
    )


def from_core(fluid: Fluid, core: Core, p: Array, T: Array) -> Properties:
    """The remaining properties, by the law of gases and the conservation of mass."""
    return Properties(
        **vars(core),
        B_g=gas_formation_volume(p, T, core.z),
        B_w=fluid.rho_w_sc / core.rho_w,
        rho_o=oil_density(core.B_o, core.R_s, fluid.gamma_o, fluid.gamma_g),
        rho_g=gas_density(p, T, core.z, fluid.gamma_g),
    )


def dissolved(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> tuple[Array, Array]:
    """Gas in solution [m³/m³] and bubble point [Pa] of an oil that has only so much gas."""
    author = AUTHORS[fluid.author]
    p_author = np.minimum(np.asarray(p) / fluid.pressure_factor, LEGAL["p"][1])
    most = author.solution_gor(p_author, T, fluid.gamma_o, fluid.gamma_g)
    p_b = author.bubble_point(fluid.gor, T, fluid.gamma_o, fluid.gamma_g) * fluid.pressure_factor
    return np.minimum(most, fluid.gor), np.minimum(p_b, LEGAL["p_b"][1])


def dead_viscosity(fluid: Fluid, T: ArrayLike) -> Array:
    """Viscosity of the oil without gas: by Andrade's law from the measured one, else by Beggs and Robinson. [Pa·s]"""
    if fluid.mu_o_50 is None:
        return viscosity.beggs_robinson_dead(T, fluid.gamma_o)
    return oil_viscosity(T, fluid.mu_o_50)


def gas_z(fluid: Fluid, p: ArrayLike, T: ArrayLike) -> Array:
    """z by Dranchuk and Abou-Kassem, held at the edge of the equation's range."""
    T_pc, p_pc = pseudocritical.mccain(fluid.gamma_g, fluid.y_h2s, fluid.y_co2, fluid.y_n2)
    p_pr, T_pr = np.asarray(p) / p_pc, np.asarray(T) / T_pc
    return dranchuk_abou_kassem(np.clip(p_pr, *LEGAL["p_pr"][:2]), np.clip(T_pr, *LEGAL["T_pr"][:2]))
