"""What stands in a tubing, as pressure: gas, oil and water in a known volume.

The gas has the room that the liquid leaves it. It dissolves in the oil as pressure rises and the liquid gives a
little, so that a tubing full to the brim has a pressure like any other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.flowing.parameter import BULK_MODULUS, FlowingParameters
from plant.process.parameter import Array, G


class Column(NamedTuple):
    """Pressures in a tubing at rest, and what makes them [Pa]."""

    p_gas: Array
    give: Array  # volume by which a tubing yields to pressure, times pressure's inverse slope [m³]
    p_wh: Array
    p_foot: Array
    p_wf: Array
    rho_l: Array
    rho: Array  # mean, above the foot [kg/m³]
    gas_share: Array  # of the volume above the foot


def column(wells: FlowingParameters, gas: Array, oil: Array, water: Array, below: Array) -> Column:
    """The column of these contents, ``below`` being the share of gas under the tubing's foot."""
    liquid = oil + water
    total = wells.tubing_volume + wells.below_volume
    p_gas, give, free = gas_pressure(wells, gas, oil, liquid, total)
    rho_l = wells.liquid_density(water / np.maximum(liquid, 1e-12))
    rho_g = gas * wells.gas_density / np.maximum(free, 1e-9)

    liquid_below = np.minimum((1.0 - below) * wells.below_volume, liquid)
    gas_share = np.clip(1.0 - (liquid - liquid_below) / wells.tubing_volume, 0.0, 1.0)
    mass = gas * wells.gas_density + liquid * rho_l
    gas_below = (wells.below_volume - liquid_below) * np.minimum(rho_g, rho_l)
    rho_below = (liquid_below * rho_l + np.minimum(gas_below, mass - liquid_below * rho_l)) / wells.below_volume
    rho = (mass - rho_below * wells.below_volume) / wells.tubing_volume
    # gas stands at its own mean pressure, half its own weight under the wellhead
    p_wh = p_gas - 0.5 * G * wells.h_tubing * gas * wells.gas_density / total
    p_foot = p_wh + rho * G * wells.h_tubing
    return Column(p_gas, give, p_wh, p_foot, p_foot + rho_below * G * wells.h_below, rho_l, rho, gas_share)


def gas_pressure(
    wells: FlowingParameters, gas: Array, oil: Array, liquid: Array, total: Array
) -> tuple[Array, Array, Array]:
    """Pressure of the gas, how far contents yield to it, and the volume the gas has.

    p (V - V_l + V_l p / K + S V_o) = N, where S is the gas volume that a volume of oil dissolves.
    """
    content = np.maximum(gas * wells.tubing_gas, 1.0)
    room = total - liquid + wells.solubility * wells.tubing_gas * oil
    give_of_liquid = np.maximum(liquid, 1e-6) / BULK_MODULUS
    root = np.sqrt(room * room + 4.0 * give_of_liquid * content)
    # the form without cancellation on either side
    p = np.where(room > 0.0, 2.0 * content / (root + np.abs(room)), (root - room) / (2.0 * give_of_liquid))
    return p, root, total - liquid + give_of_liquid * p
