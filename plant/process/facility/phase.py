"""How well a separator parts oil from water and liquid from gas.

The drops that a stay of this length lets settle are computed; how large the stream's drops are follows
from what the vessel did when it was commissioned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.physics.fluid import oil_viscosity, water_viscosity
from plant.physics.separation import SPREAD, floating_drop, share_of_smaller, stokes_drop
from plant.physics.valve import GAS_CONSTANT
from plant.process.parameter import Array

WATER_LEFT, OIL_LEFT = 5e-3, 5e-4  # at design: share of the water that stays in the oil, of the oil in the water
TORN = 0.02  # share of the liquid that the gas takes up as spray at the inlet
SPRAY_DROP = 8e-4  # median of that spray behind a whole demister [m]
SLENDERNESS = 4.0  # of a vessel, length over diameter
LEAST_DIFFERENCE = 5.0  # of densities that still part [kg/m³]


@dataclass(frozen=True)
class Liquids:
    """What a separator parts: densities [kg/m³], and the oil's viscosity at 50 °C [Pa·s]."""

    oil_density: float
    water_density: float
    oil_viscosity: float


def drop_sizes(liquids: Liquids, height: Array, time: Array, T: Array) -> Array:
    """Drops that just settle, of water in oil and of oil in water, shape (2, n) [m]."""
    mu = np.stack((oil_viscosity(T, liquids.oil_viscosity), water_viscosity(T)))
    difference = max(abs(liquids.water_density - liquids.oil_density), LEAST_DIFFERENCE)
    return stokes_drop(time, height, mu, difference)


def median_drops(settling: Array) -> Array:
    """Median sizes for which drops of ``settling`` size leave the design shares unparted."""
    shares = np.array([[WATER_LEFT], [OIL_LEFT]])
    return settling / (-np.log2(1.0 - shares)) ** (1.0 / SPREAD)


def unparted(settling: Array, median: Array) -> Array:
    """Shares that stay in the other liquid, shape (2, n)."""
    return share_of_smaller(settling, median)


def carried_share(gas: Array, p: Array, T: Array, area: Array, rho: float, mist: Array) -> Array:
    """Share of the liquid that gas at a volume rate [m³/s] through an area carries over, after Souders and Brown."""
    rho_gas = np.minimum(p / (GAS_CONSTANT * T), 0.5 * rho)
    return TORN * share_of_smaller(floating_drop(gas / area, rho, rho_gas), SPRAY_DROP * mist)
