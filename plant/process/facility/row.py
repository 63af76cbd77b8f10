"""The numbers of a line, a separator and a tank by name: each a row over all of them, or one's own in a compiled loop.

The equations of :mod:`.line`, :mod:`.outlet`, :mod:`.parting` and :mod:`.filling` are written once, on these.
"""

from __future__ import annotations

from typing import NamedTuple

from plant.process.parameter import Array


class LineState(NamedTuple):
    """What moves in a line from a manifold; explained in :class:`.Gathering`, :class:`.Dips`, :class:`.Deposits`."""

    stock_o: Array
    stock_w: Array
    stock_g: Array
    T: Array
    inflow: Array
    outflow: Array
    delivered_o: Array
    delivered_w: Array
    delivered_g: Array
    leaked_o: Array
    leaked_w: Array
    leaked_g: Array
    dip_o: Array
    dip_w: Array
    dip_g: Array
    blowing: Array
    hydrate: Array
    wax: Array


class LineKind(NamedTuple):
    """What a line is, and what is wrong with it: :class:`.FlowlineParameters` and :class:`.LineCondition`."""

    design_pressure: Array
    length: Array
    diameter: Array
    factor: Array
    oil_viscosity: Array
    oil_density: Array
    water_density: Array
    surroundings: Array
    heat_transfer: Array
    inhibitor: Array
    wax_content: Array
    wax_temperature: Array
    heat_loss: Array
    chill: Array
    plug: Array
    fouling: Array
    outlet_drop: Array
    leak_area: Array
    dip_volume: Array


class VesselState(NamedTuple):
    """What moves in a separator: oil and water in the oil and in the water compartment, gas, heat, and what leaves."""

    oil_o: Array
    oil_w: Array
    water_o: Array
    water_w: Array
    gas: Array
    T: Array
    oil_out_o: Array
    oil_out_w: Array
    oil_out_g: Array
    water_out_o: Array
    water_out_w: Array
    water_out_g: Array
    gas_out_o: Array
    gas_out_w: Array
    gas_out_g: Array
    flare_out_o: Array
    flare_out_w: Array
    flare_out_g: Array
    relief_out_o: Array
    relief_out_w: Array
    relief_out_g: Array
    lost_o: Array
    lost_w: Array
    lost_g: Array
    oil_opening: Array
    water_opening: Array
    gas_opening: Array


class Valve(NamedTuple):
    """What a control valve is, and what is wrong with it: :class:`.ValveParameters`."""

    stroke_time: Array
    fail_position: Array
    seized: Array
    stop_low: Array
    stop_high: Array
    leak: Array
    air: Array
    capacity: Array


class VesselKind(NamedTuple):
    """What a separator is, and what is wrong with it: :class:`.VesselParameters`, and what it was fitted with."""

    volume: Array
    oil_volume: Array
    water_volume: Array
    design_pressure: Array
    header_pressure: Array
    relief_pressure: Array
    length: Array
    shell: Array
    T_air: Array
    relief_stuck: Array
    relief_leak: Array
    relief_set: Array
    heat_loss: Array
    drop: Array
    mist: Array
    sand: Array
    weir_leak: Array
    hole: Array
    oil_size: Array  # of the valves and of the relief valve [m²]
    water_size: Array
    gas_size: Array
    relief_size: Array
    median_w: Array  # of the drops of water in oil, and of oil in water [m]
    median_o: Array
    height: Array  # in which drops settle [m]
    oil_density: Array
    water_density: Array
    oil_viscosity: Array


class TankState(NamedTuple):
    """What moves in a stock tank; :class:`.Tanks` says what it is."""

    content_o: Array
    content_w: Array
    content_g: Array
    pumping: Array
    shipped_o: Array
    shipped_w: Array
    shipped_g: Array
    spilled_o: Array
    spilled_w: Array
    spilled_g: Array
    vented_o: Array
    vented_w: Array
    vented_g: Array
    power: Array


class TankKind(NamedTuple):
    """What a tank is, and what is wrong with it and its pump: :class:`.TankParameters`."""

    leak_area: Array
    pump_wear: Array
    pump_power: Array
    outlet: Array
    volume: Array
    pump_rate: Array
    start: Array
    stop: Array
    is_oil: Array


class Stream(NamedTuple):
    """Oil, water and gas at standard conditions [m³/s, or m³]."""

    oil: Array
    water: Array
    gas: Array
