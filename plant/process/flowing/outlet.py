"""What leaves a tubing at its top: how much the choke lets through, and how much of it is liquid.

Gas drifts up through the liquid. Where the mixture moves more slowly than liquid falls back, only gas leaves, and
the well loads up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.choke import choke_rate, choke_slope
from plant.physics.multiphase.drift_flux import drift_speed
from plant.physics.multiphase.stream import Stream
from plant.process.flowing.column import Column
from plant.process.flowing.parameter import FlowingParameters
from plant.process.parameter import Array

SIGMA = 0.03  # tension of liquid against gas [N/m]
MU_GAS = 1.5e-5
CRITICAL = 0.55  # pressure behind over before, of gas, at which no more flows
LEAST_SPEED = 1e-6


class Outlet(NamedTuple):
    """Mixture through the choke at the wellhead's pressure [m³/s], and its change with that pressure."""

    rate: Array
    slope: Array


def drift(wells: FlowingParameters, share: Array, rho_l: Array, rho_g: Array) -> Array:
    """Speed of gas through the mixture, where it fills this share of the tubing [m/s]."""
    angle = np.arcsin(np.clip(wells.h_tubing / wells.tubing_length, 0.05, 1.0))
    stream = Stream(0.0, 0.0, rho_l, np.minimum(rho_g, 0.9 * rho_l), wells.mu, MU_GAS, SIGMA)
    return wells.slip * drift_speed(share, stream, wells.tubing_diameter, angle)


def liquid_share(share_of_gas: Array, speed: Array, rise: Array) -> Array:
    """Of liquid in what leaves, from the gas in place, the mixture's speed and the gas's rise through it."""
    return np.clip(1.0 - share_of_gas * (1.0 + rise / np.maximum(speed, LEAST_SPEED)), 0.0, 1.0)


def outlet(wells: FlowingParameters, at: Column, carried: Array, p_line: Array, opening: Array) -> Outlet:
    """What the choke passes when a share ``carried`` of it is liquid; a check valve behind it holds."""
    rho_g = at.p_wh / wells.tubing_gas * wells.gas_density
    rho = np.maximum(carried * at.rho_l + (1.0 - carried) * rho_g, 0.1)
    coefficient = opening * wells.choke_full * wells.choke_factor / np.sqrt(rho)
    most = at.p_wh * (1.0 - (1.0 - carried) * CRITICAL)
    drop = np.maximum(np.minimum(at.p_wh - p_line, most), 0.0)
    return Outlet(choke_rate(drop, coefficient), choke_slope(drop, coefficient) * (drop > 0.0))
