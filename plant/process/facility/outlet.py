"""What leaves a separator: liquid through its valves, gas wherever it may go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.choke import choke_rate
from plant.physics.elementwise import choose, elementwise
from plant.physics.valve import P_SC, T_SC, gas_valve_rate, liquid_valve_rate
from plant.process.facility.line import ATMOSPHERE, TINY
from plant.process.facility.row import Valve, VesselKind, VesselState
from plant.process.facility.valve import passed
from plant.process.parameter import Array

TANK_PRESSURE = 1.2e5  # at the tanks' inlets [Pa]
DRY = 0.02  # level below which the outlet draws gas and passes less and less liquid
LEAST_GAS_SPACE = 0.02  # of the volume, when both compartments are full
LIFT = 0.1  # share of the set pressure in which a relief valve opens fully
LEVEL_HEAD = 1000.0 * 9.81 * 2.0  # of a full weir's height [Pa/m]


class Outflow(NamedTuple):
    """What leaves in a step: liquid of each compartment [m³], gas by each way [m³/s at standard conditions]."""

    oil_o: Array
    oil_w: Array
    water_o: Array
    water_w: Array
    gas_by_oil: Array
    gas_by_water: Array
    gas: Array
    flare: Array
    relief: Array
    hole: Array


@elementwise
def gas_space(s: VesselState, k: VesselKind) -> Array:
    """That the liquids leave to the gas [m³]."""
    filled = s.oil_o + s.oil_w + s.water_o + s.water_w + k.sand * (k.oil_volume + k.water_volume)
    return np.maximum(k.volume - filled, LEAST_GAS_SPACE * k.volume)


@elementwise
def vessel_pressure(s: VesselState, k: VesselKind) -> Array:
    """Of the gas [Pa]."""
    return s.gas * P_SC * s.T / T_SC / gas_space(s, k)


@elementwise
def lifted(pressure: Array, k: VesselKind) -> Array:
    """How open the relief valve is."""
    ends = k.relief_pressure * k.relief_set
    lift = np.minimum(np.maximum((pressure - ends) / (LIFT * ends), 0.0), 1.0) * (1.0 - k.relief_stuck)
    return np.maximum(lift, k.relief_leak)


@elementwise
def let_out(
    s: VesselState, k: VesselKind, oil_valve: Valve, water_valve: Valve, gas_valve: Valve,
    dt: float, p_gas: Array | float, to_flare: Array | float, gas_way: Array | float,
) -> Outflow:  # fmt: skip
    """Through valves as they stand; no compartment gives more than it has, however long the step."""
    p, T = vessel_pressure(s, k), s.T
    oil, water = s.oil_o + s.oil_w, s.water_o + s.water_w
    oil_way, water_way = (
        passed(s.oil_opening, oil_valve) * k.oil_size,
        passed(s.water_opening, water_valve) * k.water_size,
    )
    oil_wet = np.minimum(np.maximum(oil / (k.oil_volume * (1.0 - k.sand)) / DRY, 0.0), 1.0)
    water_wet = np.minimum(np.maximum(water / (k.water_volume * (1.0 - k.sand)) / DRY, 0.0), 1.0)
    q_oil = liquid_valve_rate(oil_way, p, TANK_PRESSURE, k.oil_density, 1.0) * oil_wet
    q_water = liquid_valve_rate(water_way, p, TANK_PRESSURE, k.water_density, 1.0) * water_wet
    oil_share = -np.expm1(-q_oil * dt / np.maximum(oil, TINY))
    water_share = -np.expm1(-q_water * dt / np.maximum(water, TINY))
    by_oil = gas_valve_rate(oil_way * (1.0 - oil_wet), p, TANK_PRESSURE, T, 1.0)
    by_water = gas_valve_rate(water_way * (1.0 - water_wet), p, TANK_PRESSURE, T, 1.0)
    by_gas = gas_valve_rate(passed(s.gas_opening, gas_valve) * gas_way, p, p_gas, T, k.gas_size)
    flare = gas_valve_rate(1.0, p, ATMOSPHERE, T, to_flare)
    relief = gas_valve_rate(lifted(p, k), p, ATMOSPHERE, T, k.relief_size)
    hole = gas_valve_rate(1.0, p, ATMOSPHERE, T, k.hole)
    asked = by_oil + by_water + by_gas + flare + relief + hole
    given = s.gas * -np.expm1(-asked * dt / s.gas) / np.maximum(asked * dt, TINY)
    return Outflow(
        s.oil_o * oil_share, s.oil_w * oil_share, s.water_o * water_share, s.water_w * water_share,
        by_oil * given, by_water * given, by_gas * given, flare * given, relief * given, hole * given,
    )  # fmt: skip


@elementwise
def emptied(s: VesselState, out: Outflow, dt: float) -> VesselState:
    """The vessel without what left it, which is noted by each way."""
    gone = out.gas_by_oil + out.gas_by_water + out.gas + out.flare + out.relief + out.hole
    return VesselState(
        s.oil_o - out.oil_o, s.oil_w - out.oil_w, s.water_o - out.water_o, s.water_w - out.water_w,
        s.gas - gone * dt, s.T,
        out.oil_o / dt, out.oil_w / dt, out.gas_by_oil, out.water_o / dt, out.water_w / dt, out.gas_by_water,
        s.gas_out_o, s.gas_out_w, out.gas, s.flare_out_o, s.flare_out_w, out.flare,
        s.relief_out_o, s.relief_out_w, out.relief, s.lost_o, s.lost_w, s.lost_g + out.hole * dt,
        s.oil_opening, s.water_opening, s.gas_opening,
    )  # fmt: skip


@elementwise
def weir_share(higher: Array, lower: Array, held: Array, height: Array, dt: float, k: VesselKind) -> Array:
    """Share of a compartment that passes a corroded weir in a step, where its level stands higher."""
    drop = higher - lower
    q = choke_rate(np.abs(LEVEL_HEAD * height * drop), k.weir_leak / np.sqrt(500.0))
    share = np.minimum(-np.expm1(-q * dt / np.maximum(held, TINY)), 0.2 * np.abs(drop))
    return choose(drop > 0.0, share, 0.0)
