"""The numbers of wells that flow by themselves or by lift gas, as arrays over them.

A naturally flowing well is a gas-lifted one with nothing to inject. What malfunctions act on stands at the end,
neutral as built.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from plant.physics.fluid import mixture_density
from plant.physics.gas_lift import R_GAS
from plant.physics.valve import P_SC, T_SC
from plant.process.parameter import Array

SKIN_FREE = 7.0  # ln(r_e/r_w) - 3/4 of an ordinary drainage area, against which a skin weighs
BULK_MODULUS = 1e9  # of liquid and the steel around it [Pa]


@dataclass
class FlowingParameters:
    """One array per parameter, one element per well, SI."""

    # hole: the tubing from the wellhead to its foot, where the gas-lift valve is, and the casing below
    h_tubing: Array  # true vertical
    h_below: Array
    tubing_length: Array
    tubing_diameter: Array
    tubing_volume: Array
    below_volume: Array
    annulus_volume: Array
    # fluids
    rho_o: Array
    rho_w: Array
    molar_mass: Array  # of the gas, that of the reservoir and that for lift alike
    mu: Array  # of the liquid
    z_tubing: Array
    z_annulus: Array
    T_tubing: Array
    T_annulus: Array
    solubility: Array  # gas dissolved per oil and pressure [1/Pa]
    # reservoir: an oil well gives liquid, a gas well gas with what comes along
    is_gas: Array  # 1 of a gas well
    water_cut: Array
    gor: Array
    water_gas: Array  # water and condensate per gas of a gas well
    oil_gas: Array
    reservoir_pressure: Array
    productivity: Array
    bubble_point: Array
    back_pressure: Array  # of a gas well, C of its test [m³/s/Pa²ⁿ]
    exponent: Array
    # surface
    choke_full: Array  # mass rate over √(density × pressure drop), open [m²]
    choke_slew: Array
    line_length: Array
    line_diameter: Array
    line_factor: Array
    # gas lift
    lift_choke_full: Array  # [m²]
    lift_choke_slew: Array
    orifice: Array  # of the operating valve [m²]
    unloading_port: Array  # of the valve halfway down, shut when the well is unloaded [m²]
    unloading_dome: Array  # pressure in its dome, below which the casing's lets it shut [Pa]
    # heat
    T_reservoir: Array
    T_surface: Array
    q_cooling: Array
    # malfunctions, neutral
    slip: Array  # multiplies the drift of gas through liquid; 0 for models without
    orifice_factor: Array
    check_leak: Array  # share of the orifice that passes gas backwards
    unloading_stuck: Array  # how far the unloading valve stands open at least
    tubing_leak: Array  # hole between tubing and annulus, halfway down [m²]
    casing_leak: Array  # hole to the outside [m²]
    supply_factor: Array  # of the lift gas's pressure
    lift_choke_factor: Array
    restriction: Array  # multiplies friction in the tubing
    safety_valve: Array  # opening of the subsurface valve
    skin: Array
    reservoir_factor: Array  # of reservoir pressure
    water_rise: Array  # share of an oil well's oil that has become water
    gor_factor: Array
    water_gas_factor: Array
    viscosity_factor: Array
    choke_factor: Array
    choke_leak: Array  # least opening

    @property
    def tubing_area(self) -> Array:
        """Flow area of the tubing, from what it holds [m²]."""
        return self.tubing_volume / self.tubing_length

    @property
    def below_area(self) -> Array:
        """Flow area of the casing below the tubing's foot [m²]."""
        return self.below_volume / np.maximum(self.h_below, 1.0)

    @property
    def gas_density(self) -> Array:
        """Of the gas at standard conditions [kg/m³]."""
        return P_SC * self.molar_mass / (R_GAS * T_SC)

    @property
    def tubing_gas(self) -> Array:
        """Pressure times volume that a standard volume of gas has in the tubing [Pa]."""
        return P_SC * self.z_tubing * self.T_tubing / T_SC

    @property
    def annulus_gas(self) -> Array:
        """The same in the annulus [Pa]."""
        return P_SC * self.z_annulus * self.T_annulus / T_SC

    def liquid_density(self, water_share: Array) -> Array:
        """Of oil with a share of water [kg/m³]."""
        return mixture_density(water_share, self.rho_o, self.rho_w)

    def composition(self) -> Array:
        """Oil, water and gas that come with a unit of what the reservoir gives, shape (3, n)."""
        water_cut = self.water_cut + (1.0 - self.water_cut) * self.water_rise
        oil, gas_well = 1.0 - water_cut, self.is_gas > 0.0
        water = np.where(gas_well, self.water_gas * self.water_gas_factor, water_cut)
        gas = np.where(gas_well, 1.0, oil * self.gor * self.gor_factor)
        return np.stack((np.where(gas_well, self.oil_gas, oil), water, gas))


NEUTRAL = {
    "slip": 1.0, "orifice_factor": 1.0, "check_leak": 0.0, "unloading_stuck": 0.0, "tubing_leak": 0.0,
    "casing_leak": 0.0, "supply_factor": 1.0, "lift_choke_factor": 1.0, "restriction": 1.0, "safety_valve": 1.0,
    "skin": 0.0, "reservoir_factor": 1.0, "water_rise": 0.0, "gor_factor": 1.0, "water_gas_factor": 1.0,
    "viscosity_factor": 1.0, "choke_factor": 1.0, "choke_leak": 0.0,
}  # fmt: skip
ABSENT = {  # of a well that is not lifted, is not a gas well, or has nothing dissolved in its oil
    "lift_choke_full": 0.0, "lift_choke_slew": 1.0, "orifice": 0.0, "unloading_port": 0.0, "unloading_dome": 1e9,
    "solubility": 0.0, "is_gas": 0.0, "water_cut": 0.0, "gor": 0.0, "water_gas": 0.0, "oil_gas": 0.0,
    "productivity": 0.0, "bubble_point": 1.0, "back_pressure": 0.0, "exponent": 1.0, "z_tubing": 1.0, "z_annulus": 1.0,
}  # fmt: skip


def flowing_parameters(given: Mapping[str, Array | list[float] | float], count: int) -> FlowingParameters:
    """Parameters of ``count`` wells; what is not given is absent or neutral."""
    values = {**ABSENT, **NEUTRAL, **given}
    names = (field.name for field in fields(FlowingParameters))
    return FlowingParameters(**{name: np.full(count, values[name], float) for name in names})
