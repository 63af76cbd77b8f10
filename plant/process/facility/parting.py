"""How a separator takes in a stream: what parts, what stays too briefly to part, what the gas carries along.

And where what one compartment cannot hold goes: into the other, and from both to the gas.
"""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import elementwise
from plant.physics.fluid import oil_viscosity, water_viscosity
from plant.physics.valve import P_SC, T_SC
from plant.process.facility.line import OIL_HEAT, TINY, WATER_HEAT, liquid_heat
from plant.process.facility.outlet import emptied, gas_space, let_out, vessel_pressure, weir_share
from plant.process.facility.phase import carried_share, settling_drop, unparted
from plant.process.facility.row import Stream, Valve, VesselKind, VesselState
from plant.process.facility.valve import stroked
from plant.process.parameter import Array

SHELL_LOSS = 2.0  # of an insulated shell [W/m²/K]


@elementwise
def warmed(s: VesselState, k: VesselKind, dt: float, stream: Stream, T: Array) -> Array:
    """The stream's heat into the liquid held, less what the shell loses; exact for a constant stream [K]."""
    brings = liquid_heat(stream.oil, stream.water)
    held = OIL_HEAT * (s.oil_o + s.water_o) + WATER_HEAT * (s.oil_w + s.water_w)
    loses = SHELL_LOSS * k.shell * k.heat_loss
    settled = (brings * T + loses * k.T_air) / (brings + loses)
    return s.T + (settled - s.T) * -np.expm1(-dt * (brings + loses) / np.maximum(held, OIL_HEAT * 1e-2 * k.volume))


@elementwise
def settling_drops(s: VesselState, k: VesselKind, stream: Stream) -> tuple[Array, Array]:
    """Drops that just settle: of water in the oil, and of oil in the water [m]."""
    in_oil = settling_drop(s.oil_o + s.oil_w, stream.oil, oil_viscosity(s.T, k.oil_viscosity), k)
    return in_oil, settling_drop(s.water_o + s.water_w, stream.water, water_viscosity(s.T), k)


@elementwise
def left_in_oil(s: VesselState, k: VesselKind, stream: Stream) -> Array:
    """Share of the water that stays in the oil."""
    return unparted(settling_drops(s, k, stream)[0], k.median_w * k.drop)


@elementwise
def left_in_water(s: VesselState, k: VesselKind, stream: Stream) -> Array:
    """Share of the oil that stays in the water."""
    return unparted(settling_drops(s, k, stream)[1], k.median_o * k.drop)


@elementwise
def moved(
    s: VesselState, k: VesselKind, oil_valve: Valve, water_valve: Valve, gas_valve: Valve, dt: float, stream: Stream,
    T: Array, oil_target: Array, water_target: Array, gas_target: Array, p_gas: Array | float,
    to_flare: Array | float, gas_way: Array | float,
) -> VesselState:  # fmt: skip
    """The separator ``dt`` later: its valves stroke, the stream warms it, what leaves makes room for what comes."""
    s = VesselState(
        s.oil_o, s.oil_w, s.water_o, s.water_w, s.gas, warmed(s, k, dt, stream, T),
        s.oil_out_o, s.oil_out_w, s.oil_out_g, s.water_out_o, s.water_out_w, s.water_out_g,
        s.gas_out_o, s.gas_out_w, s.gas_out_g, s.flare_out_o, s.flare_out_w, s.flare_out_g,
        s.relief_out_o, s.relief_out_w, s.relief_out_g, s.lost_o, s.lost_w, s.lost_g,
        stroked(s.oil_opening, oil_target, oil_valve, dt), stroked(s.water_opening, water_target, water_valve, dt),
        stroked(s.gas_opening, gas_target, gas_valve, dt),
    )  # fmt: skip
    out = let_out(s, k, oil_valve, water_valve, gas_valve, dt, p_gas, to_flare, gas_way)
    return spilled(taken_in(emptied(s, out, dt), k, dt, stream), k, dt)


@elementwise
def taken_in(s: VesselState, k: VesselKind, dt: float, stream: Stream) -> VesselState:
    """Part what arrives; the gas takes some of it along on its way out."""
    wet, oily = left_in_oil(s, k, stream), left_in_water(s, k, stream)
    p = vessel_pressure(s, k)
    leaving = (s.gas_out_g + s.flare_out_g + s.relief_out_g) * P_SC * s.T / (T_SC * p)
    share = carried_share(leaving, p, s.T, gas_space(s, k) / k.length, k.oil_density, k.mist)
    oil, water = (stream.oil - stream.oil * share) * dt, (stream.water - stream.water * share) * dt
    held = replaced(
        s, s.oil_o + oil * (1.0 - oily), s.oil_w + water * wet, s.water_o + oil * oily,
        s.water_w + water * (1.0 - wet), s.gas + stream.gas * dt,
    )  # fmt: skip
    return carrying(held, stream.oil * share, stream.water * share)


@elementwise
def spilled(s: VesselState, k: VesselKind, dt: float) -> VesselState:
    """Through the weir and over it: what one compartment cannot hold goes to the other, and from both to the gas."""
    oil_room, water_room = k.oil_volume * (1.0 - k.sand), k.water_volume * (1.0 - k.sand)
    oil, water = s.oil_o + s.oil_w, s.water_o + s.water_w
    to_water = weir_share(oil / oil_room, water / water_room, oil, k.height, dt, k)
    to_oil = weir_share(water / water_room, oil / oil_room, water, k.height, dt, k)
    oil_o, oil_w = s.oil_o - s.oil_o * to_water + s.water_o * to_oil, s.oil_w - s.oil_w * to_water + s.water_w * to_oil
    water_o = s.water_o + s.oil_o * to_water - s.water_o * to_oil
    water_w = s.water_w + s.oil_w * to_water - s.water_w * to_oil
    over = over_share(oil_o, oil_w, oil_room)
    water_o, water_w = water_o + oil_o * over, water_w + oil_w * over
    oil_o, oil_w = oil_o - oil_o * over, oil_w - oil_w * over
    over = over_share(water_o, water_w, water_room)
    oil_o, oil_w = oil_o + water_o * over, oil_w + water_w * over
    water_o, water_w = water_o - water_o * over, water_w - water_w * over
    over = over_share(oil_o, oil_w, oil_room)  # which now has nowhere to go but out with the gas
    gone_o, gone_w = oil_o * over / dt, oil_w * over / dt
    kept = replaced(s, oil_o - oil_o * over, oil_w - oil_w * over, water_o, water_w, s.gas)
    return carrying(
        kept,
        s.gas_out_o + s.flare_out_o + s.relief_out_o + gone_o,
        s.gas_out_w + s.flare_out_w + s.relief_out_w + gone_w,
    )


@elementwise
def over_share(oil: Array, water: Array, room: Array) -> Array:
    """Share of a compartment's liquid that is more than it can hold."""
    held = oil + water
    return np.maximum(held - room, 0.0) / np.maximum(held, TINY)


@elementwise
def carrying(s: VesselState, oil: Array, water: Array) -> VesselState:
    """Liquid [m³/s] that leaves with the gas, by each way as much as gas goes there."""
    all_gas = s.gas_out_g + TINY + s.flare_out_g + s.relief_out_g
    gas, flare, relief = (s.gas_out_g + TINY) / all_gas, s.flare_out_g / all_gas, s.relief_out_g / all_gas
    return VesselState(
        s.oil_o, s.oil_w, s.water_o, s.water_w, s.gas, s.T,
        s.oil_out_o, s.oil_out_w, s.oil_out_g, s.water_out_o, s.water_out_w, s.water_out_g,
        oil * gas, water * gas, s.gas_out_g, oil * flare, water * flare, s.flare_out_g,
        oil * relief, water * relief, s.relief_out_g, s.lost_o, s.lost_w, s.lost_g,
        s.oil_opening, s.water_opening, s.gas_opening,
    )  # fmt: skip


@elementwise
def replaced(s: VesselState, oil_o: Array, oil_w: Array, water_o: Array, water_w: Array, gas: Array) -> VesselState:
    """The same with other contents."""
    return VesselState(
        oil_o, oil_w, water_o, water_w, gas, s.T,
        s.oil_out_o, s.oil_out_w, s.oil_out_g, s.water_out_o, s.water_out_w, s.water_out_g,
        s.gas_out_o, s.gas_out_w, s.gas_out_g, s.flare_out_o, s.flare_out_w, s.flare_out_g,
        s.relief_out_o, s.relief_out_w, s.relief_out_g, s.lost_o, s.lost_w, s.lost_g,
        s.oil_opening, s.water_opening, s.gas_opening,
    )  # fmt: skip
