"""How well a separator parts oil from water and liquid from gas.

The drops that a stay of this length lets settle are computed; how large the stream's drops are follows
from what the vessel did when it was commissioned.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import elementwise
from plant.physics.separation import SPREAD, floating_drop, residence_time, share_of_smaller, stokes_drop
from plant.physics.valve import GAS_CONSTANT
from plant.process.facility.row import VesselKind
from plant.process.parameter import Array

WATER_LEFT, OIL_LEFT = 5e-3, 5e-4  # at design: share of the water that stays in the oil, of the oil in the water
TORN = 0.02  # share of the liquid that the gas takes up as spray at the inlet
SPRAY_DROP = 8e-4  # median of that spray behind a whole demister [m]
SLENDERNESS = 4.0  # of a vessel, length over diameter
LEAST_DIFFERENCE = 5.0  # of densities that still part [kg/m³]


class Liquids(NamedTuple):
    """What a separator parts: densities [kg/m³], and the oil's viscosity at 50 °C [Pa·s]."""

    oil_density: float
    water_density: float
    oil_viscosity: float


@elementwise
def settling_drop(held: Array, rate: Array, mu: Array, k: VesselKind) -> Array:
    """Drop that just settles in a compartment's liquid, which stays for as long as a rate leaves it [m]."""
    time = np.minimum(residence_time(np.maximum(held, 1e-6), np.maximum(rate, 0.0)), 1e9)
    difference = np.maximum(np.abs(k.water_density - k.oil_density), LEAST_DIFFERENCE)
    return stokes_drop(time, k.height, mu, difference)


def median_drop(settling: Array, left: float) -> Array:
    """Median size for which drops of ``settling`` size leave this share unparted."""
    return settling / (-np.log2(1.0 - left)) ** (1.0 / SPREAD)


@elementwise
def unparted(settling: Array, median: Array) -> Array:
    """Share that stays in the other liquid."""
    return share_of_smaller(settling, median)


@elementwise
def carried_share(gas: Array, p: Array, T: Array, area: Array, rho: Array | float, mist: Array) -> Array:
    """Share of the liquid that gas at a volume rate [m³/s] through an area carries over, after Souders and Brown."""
    rho_gas = np.minimum(p / (GAS_CONSTANT * T), 0.5 * rho)
    return TORN * share_of_smaller(floating_drop(gas / area, rho, rho_gas), SPRAY_DROP * mist)
