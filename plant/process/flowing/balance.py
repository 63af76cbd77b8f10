"""What passes through a flowing well during one substep, solved together.

Pressure in a full tubing or behind a nearly shut check is stiff, so the pressures of tubing and annulus are taken at
the end of the substep, linearised, two equations in closed form. What flows is what these pressures drive.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.friction import friction_slope
from plant.process.flowing.annulus import Annulus
from plant.process.flowing.column import Column
from plant.process.flowing.outlet import MU_GAS, Outlet
from plant.process.flowing.parameter import FlowingParameters
from plant.process.flowing.reservoir import inflow
from plant.process.parameter import STEEL_ROUGHNESS, Array

LEAST_PRESSURE = 1e4
NEARLY_SHUT = 1e-4  # opening of the safety valve below which it counts as this


class Pipe(NamedTuple):
    """The tubing as a resistance: pressure lost, per rate of the mixture, and volume that a unit of inflow fills."""

    loss: Array
    slope: Array
    per_inflow: Array


class Leaving(NamedTuple):
    """Oil, water and gas in a unit of mixture that leaves."""

    oil: Array
    water: Array
    gas: Array


class Flow(NamedTuple):
    """What passes: main inflow, gas to the tubing, mixture out, gas into the annulus and out of its casing."""

    inflow: Array
    given: Array
    out: Array
    supplied: Array
    lost: Array


def pipe(wells: FlowingParameters, at: Column, coming: Array, main: Array, deep: Array) -> Pipe:
    """The tubing at this inflow of composition ``coming``, and gas let in at its foot."""
    mean = np.maximum(0.5 * (at.p_wh + at.p_foot), LEAST_PRESSURE)
    free = np.maximum(coming[2] - coming[0] * wells.solubility * mean, 0.0) * wells.tubing_gas / mean
    liquid = coming[0] + coming[1]
    rate = free * np.maximum(main, 0.0) + liquid * main + deep * wells.tubing_gas / mean
    mu = wells.viscosity_factor * wells.mu * (1.0 - at.gas_share) + MU_GAS
    slope = friction_slope(rate, wells.tubing_length, wells.tubing_diameter, at.rho, mu, STEEL_ROUGHNESS)
    shut = np.maximum(wells.safety_valve, NEARLY_SHUT) ** -2.0 - 1.0
    valve = 0.5 * at.rho * np.abs(rate) * shut / wells.tubing_area**2
    slope = wells.restriction * slope + valve
    return Pipe(slope * rate, slope, free + liquid)


def entering(wells: FlowingParameters, at: Column, tube: Pipe, now: Array) -> tuple[Array, Array]:
    """Main inflow and its change with the tubing's pressure, friction included as a resistance in series."""
    rate, slope = inflow(wells, at.p_wf + tube.loss)
    series = 1.0 - 2.0 * slope * tube.slope * tube.per_inflow
    return now + (rate - now) / series, slope / series


def balance(
    wells: FlowingParameters,
    h: float,
    at: Column,
    coming: Array,
    main: tuple[Array, Array],
    beside: Annulus,
    through: Outlet,
    leaving: Leaving,
) -> Flow:
    """The flows of a substep of ``h`` [s]."""
    by_inflow = _swelling(wells, at, coming[0], coming[1], coming[2])
    by_outflow = _swelling(wells, at, *leaving)
    in_annulus, in_tubing = h * wells.annulus_gas, h * wells.tubing_gas

    a = wells.annulus_volume + in_annulus * (beside.given_by_annulus - beside.supplied_slope)
    b = in_annulus * beside.given_by_tubing
    c = -in_tubing * beside.given_by_annulus
    d = at.give - h * (by_inflow * main[1] - by_outflow * through.slope) - in_tubing * beside.given_by_tubing
    first = in_annulus * (beside.supplied - beside.given - beside.lost)
    second = h * (by_inflow * main[0] - by_outflow * through.rate) + in_tubing * beside.given
    determinant = a * d - b * c
    rise_a, rise_t = (first * d - b * second) / determinant, (a * second - c * first) / determinant
    return Flow(
        main[0] + main[1] * rise_t,
        beside.given + beside.given_by_annulus * rise_a + beside.given_by_tubing * rise_t,
        np.maximum(through.rate + through.slope * rise_t, 0.0),
        np.maximum(beside.supplied + beside.supplied_slope * rise_a, 0.0),
        beside.lost,
    )


def _swelling(wells: FlowingParameters, at: Column, oil: Array, water: Array, gas: Array) -> Array:
    """By how much these contents fill the tubing, times its pressure; gas dissolves in the oil that comes along."""
    dissolving = wells.solubility * wells.tubing_gas * oil
    return gas * wells.tubing_gas + at.p_gas * (oil + water - dissolving)
