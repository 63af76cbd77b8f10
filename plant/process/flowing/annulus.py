"""Lift gas: through the choke into the annulus, down it, and through the valves into the tubing.

Each way is a port between two pressures. Gas-lift valves hold a check, so that a port passes gas one way; a hole
passes it both ways.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.gas_lift import stem_position, thornhill_craver_rate
from plant.process.flowing.parameter import FlowingParameters
from plant.process.parameter import Array, G

NUDGE = 2e3  # of pressure, over which slopes are taken [Pa]
DISCHARGE = 1.0 / np.sqrt(2.0)  # so that a port passes its area times √(density × pressure drop)
OUTSIDE = 2e5  # behind a hole in the casing [Pa]
LEAST = 1e3  # pressure below which nothing is a source [Pa]
PORT_RATIO, STROKE = 0.1, 5e5  # of an unloading valve: port over bellows, and casing pressure to its full stroke [Pa]


class Annulus(NamedTuple):
    """Pressures in the annulus, and the gas that passes its ports [Pa, m³/s at standard conditions]."""

    p_casing: Array
    p_foot: Array
    supplied: Array
    supplied_slope: Array  # with the casing's pressure, not positive
    given: Array  # to the tubing, all ways together
    given_by_annulus: Array  # its change with the annulus' pressure, not negative
    given_by_tubing: Array  # and with the tubing's, not positive
    deep: Array  # of it, what the operating valve passes
    lost: Array


def annulus(
    wells: FlowingParameters, gas: Array, opening: Array, p_supply: Array, p_foot: Array, p_middle: Array
) -> Annulus:
    """The annulus that holds this gas, beside a tubing of these pressures at its foot and halfway."""
    p_mean = gas * wells.annulus_gas / wells.annulus_volume
    half = 0.5 * G * wells.h_tubing * gas * wells.gas_density / wells.annulus_volume
    p_casing, p_bottom = p_mean - half, p_mean + half
    # each way between annulus and tubing three times: as it is, and with either pressure nudged
    deep, high = _ways(p_bottom, p_foot), _ways(p_mean, p_middle)
    source, outside = p_supply * wells.supply_factor, np.full_like(gas, OUTSIDE)
    orifice, hole = wells.orifice * wells.orifice_factor, wells.tubing_leak
    stem = stem_position(p_mean, p_middle, wells.unloading_dome, PORT_RATIO, STROKE)
    unloading = wells.unloading_port * np.maximum(stem, wells.unloading_stuck)
    supply = wells.lift_choke_full * opening * wells.lift_choke_factor
    rows = (
        *((a, b, orifice) for a, b in deep),
        *((b, a, orifice * wells.check_leak) for a, b in deep),
        *((a, b, unloading + hole) for a, b in high),
        *((b, a, hole) for a, b in high),
        (source, p_casing, supply),
        (source, p_casing + NUDGE, supply),
        (p_casing, outside, wells.casing_leak),
    )
    rates = _port(wells, *(np.array(column) for column in zip(*rows, strict=True)))
    total = rates[0:3] - rates[3:6] + rates[6:9] - rates[9:12]
    return Annulus(
        p_casing,
        p_bottom,
        rates[12],
        np.minimum((rates[13] - rates[12]) / NUDGE, 0.0),
        total[0],
        np.maximum((total[1] - total[0]) / NUDGE, 0.0),
        np.minimum((total[2] - total[0]) / NUDGE, 0.0),
        rates[0],
        rates[14],
    )


def _ways(p_annulus: Array, p_tubing: Array) -> tuple[tuple[Array, Array], ...]:
    return (p_annulus, p_tubing), (p_annulus + NUDGE, p_tubing), (p_annulus, p_tubing + NUDGE)


def _port(wells: FlowingParameters, p_1: Array, p_2: Array, area: Array) -> Array:
    """Gas through ports; none flows backwards."""
    mass = thornhill_craver_rate(
        np.maximum(p_1, LEAST), p_2, area, wells.T_annulus, wells.molar_mass, wells.z_annulus, discharge=DISCHARGE
    )
    return mass / wells.gas_density
