"""The field's numbers as rows over its wells: what the process computes with.

Built from a :class:`~plant.asset.field.Field`; :mod:`plant.process.perturbation` then moves some of
them, and from there on they are the truth.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plant.asset.field import Field, Well
from plant.physics.choke import choke_coefficient
from plant.physics.fluid import mixture_density
from plant.physics.heat import arriving_temperature, cooling_rate, geothermal_temperature
from plant.physics.motor import fit_losses
from plant.physics.pvt import standing
from plant.physics.straight import straight
from plant.physics.survey import vertical_depth
from plant.process.esp.heat import HEAT_CAPACITY, ROCK_FLOW
from plant.process.esp.liquid import AIR, WATER, viscous_factors, well_viscosity
from plant.process.esp.pump_table import pump_tables
from plant.process.esp.row import Array, Parameters

TUBING_WALL = 0.013  # both walls together: what the tubing takes of the annulus [m]
MOTOR_DIAMETER = 0.114
MOTOR_AREA_PER_WATT = 4.5e-5  # housing surface over rated power: 8 m of 114 mm motor for 62 kW [m²/W]
MOTOR_HEAT_PER_WATT = 5.0  # heat capacity over rated power [J/K/W]
GAS_GRAVITY = 0.7
BREAKDOWN_RATIO = 2.5  # greatest torque over rated
RUN_UP = 0.6  # time in which rated torque brings the shaft to test speed [s]
BEARING_SHARE = 0.005  # of rated torque that bearings and seals take
LEAST_SLIP = 0.01
LOCKED_CURRENT, LOCKED_POWER_FACTOR = 5.0, 0.4  # of a rotor at standstill, current over rated
COPPER = 5.2e-4  # resistance of the cable's core at 20 °C: AWG 2 [Ω/m]
CASING_VALVE = 2e-7  # gas that it passes per pressure, at standard conditions [m³/s/Pa]
INSULATION = 2e9  # of a dry motor and its cable at 20 °C [Ω]
ECCENTRICITY = 1.5e-6  # of a balanced shaft [m]
DISTORTION = 0.03
INVERSION = 0.6


def well_parameters(field: Field) -> tuple[Parameters, Array]:
    """The nominal parameters of a field's wells, and the tables of their pumps."""
    table, pump_row = pump_tables(field)
    rows = {**_hole(field), **_liquid(field), **_surface(field), **_machine(field), "pump_row": pump_row}
    rows |= {name: np.full(len(field.wells), value) for name, value in NEUTRAL.items()}
    matrix = np.array([rows.get(name, np.ones(len(field.wells))) for name in Parameters._fields])
    w = Parameters(*matrix)
    _heat(field, w)
    _usual(field, w)
    return w, table


NEUTRAL = {
    "slugging": 0.0, "solids": 0.0, "viscosity_factor": 1.0, "inversion": INVERSION, "intake_loss": 0.0,
    "recirculation": 0.0, "coupling": 1.0, "direction": 1.0, "jam": 0.0, "tubing_leak": 0.0,
    "tubing_block": 0.0, "choke_wash": 0.0, "line_block": 0.0, "cooling": 1.0, "supply": 1.0,
    "contact_resistance": 0.0, "voltage_unbalance": 0.0, "distortion": DISTORTION, "insulation": INSULATION,
    "motor_water": 0.0, "bearing_wear": 0.0, "eccentricity": ECCENTRICITY, "friction_factor": 1.0,
    "flow_factor": 1.0, "casing_valve": CASING_VALVE,
}  # fmt: skip


def over_wells(field: Field, get: Callable[[Well], float]) -> Array:
    """One number of every well."""
    return np.array([get(well) for well in field.wells], float)


def _depth(field: Field, get: Callable[[Well], float]) -> Array:
    return over_wells(field, lambda well: float(vertical_depth(get(well), well.survey.md, well.survey.tvd)))


def _hole(field: Field) -> dict[str, Array]:
    pump, perforation = (
        over_wells(field, get) for get in (lambda one: one.pump_depth, lambda one: one.perforation_depth)
    )
    h_pump = _depth(field, lambda well: well.pump_depth)
    tubing, casing = (
        over_wells(field, get) for get in (lambda one: one.tubing_diameter, lambda one: one.casing_diameter)
    )
    around = 0.25 * np.pi * (casing**2 - (tubing + TUBING_WALL) ** 2)
    return {
        "h_pump": h_pump,
        "h_below": _depth(field, lambda well: well.perforation_depth) - h_pump,
        "tubing_length": pump,
        "casing_length": perforation - pump,
        "tubing_diameter": tubing,
        "casing_diameter": casing,
        "sump_volume": 0.25 * np.pi * casing**2 * (perforation - pump),
        "annulus_volume": around * pump,
        "annulus_area": around * pump / h_pump,
        "tubing_volume": 0.25 * np.pi * tubing**2 * pump,
        "motor_gap": 0.25 * np.pi * (casing**2 - MOTOR_DIAMETER**2),
        "reservoir_pressure": over_wells(field, lambda well: well.inflow.reservoir_pressure),
        "productivity": over_wells(field, lambda well: well.inflow.productivity),
    }


def _liquid(field: Field) -> dict[str, Array]:
    return {
        "rho_o": over_wells(field, lambda well: well.fluid.oil_density),
        "rho_w": over_wells(field, lambda well: well.fluid.water_density),
        "rho_g": np.full(len(field.wells), GAS_GRAVITY * AIR),
        "water_cut": over_wells(field, lambda well: well.fluid.water_cut),
        "gor": over_wells(field, lambda well: well.fluid.gor),
        "oil_viscosity": over_wells(field, lambda well: well.fluid.oil_viscosity),
    }


def _surface(field: Field) -> dict[str, Array]:
    rho = mixture_density(*(over_wells(field, get) for get in (
        lambda one: one.fluid.water_cut, lambda one: one.fluid.oil_density, lambda one: one.fluid.water_density,
    )))  # fmt: skip
    coefficient = choke_coefficient(over_wells(field, lambda well: well.choke.bean), rho)
    factor, opening = (
        over_wells(field, get) for get in (lambda one: one.factors.choke.value, lambda one: one.choke.opening)
    )
    return {
        "choke_full": coefficient * factor / opening,
        "choke_slew": over_wells(field, lambda well: well.choke.slew),
        "line_length": over_wells(field, lambda well: well.line.length),
        "line_diameter": over_wells(field, lambda well: well.line.diameter),
        "line_factor": over_wells(field, lambda well: well.factors.line.value),
        "casing_pressure": over_wells(field, lambda well: well.measured.casing_pressure),
    }


def _machine(field: Field) -> dict[str, Array]:
    power, voltage, frequency, speed = (over_wells(field, get) for get in (
        lambda one: one.motor.rated_power, lambda one: one.motor.rated_voltage,
        lambda one: one.pump.frequency, lambda one: one.pump.speed,
    ))  # fmt: skip
    turn, sync = 2.0 * np.pi * speed, np.maximum(frequency / speed, 1.0 + LEAST_SLIP)
    torque = power / turn
    fits = [fit_losses(w.pump.shaft_power, w.pump.motor_efficiency, w.pump.power_factor) for w in field.wells]
    constant, load, reactive, reactive_load = np.array(fits).T
    active = power + constant + load * power**2
    drawn = LOCKED_CURRENT * np.hypot(active, reactive + reactive_load * power**2)
    best = [int(np.argmax(np.multiply(w.pump.rate, w.pump.head) / w.pump.shaft_power)) for w in field.wells]
    return {
        "last_rate": over_wells(field, lambda well: well.pump.rate[-1]),
        "best_rate": np.array([well.pump.rate[k] for well, k in zip(field.wells, best, strict=True)]),
        "best_head": np.array([w.pump.head[k] / w.pump.stages for w, k in zip(field.wells, best, strict=True)]),
        "test_frequency": frequency,
        "test_turn": turn,
        "sync_ratio": sync,
        "head_factor": over_wells(field, lambda well: well.factors.head.value),
        "power_factor": over_wells(field, lambda well: well.factors.power.value),
        "inertia": RUN_UP * torque,
        "breakdown": BREAKDOWN_RATIO * torque,
        "breakdown_slip": (sync - 1.0) * (BREAKDOWN_RATIO + np.sqrt(BREAKDOWN_RATIO**2 - 1.0)),
        "friction_torque": BEARING_SHARE * torque,
        "loss_constant": constant,
        "loss_load": load,
        "reactive": reactive,
        "reactive_load": reactive_load,
        "locked_power": LOCKED_POWER_FACTOR * drawn,
        "locked_reactive": np.sqrt(1.0 - LOCKED_POWER_FACTOR**2) * drawn,
        "check_leak": over_wells(field, lambda well: not well.has_check_valve),
        "gas_separation": over_wells(field, lambda well: well.gas_separator),
        "rated_power": power,
        "rated_voltage": voltage,
        "frequency_slew": over_wells(field, lambda well: well.motor.frequency_slew),
        "start_ramp": over_wells(field, lambda well: well.motor.start_ramp),
        "least_frequency": over_wells(field, lambda well: well.motor.least_frequency),
        "cable_resistance": COPPER * over_wells(field, lambda well: well.pump_depth),
        "motor_area": MOTOR_AREA_PER_WATT * power,
        "motor_capacity": MOTOR_HEAT_PER_WATT * power,
    }


def _heat(field: Field, w: Parameters) -> None:
    w.T_surface[:] = field.surface_temperature
    w.T_reservoir[:] = geothermal_temperature(w.h_pump + w.h_below, w.T_surface, field.geothermal_gradient)
    w.T_pump[:] = geothermal_temperature(w.h_pump, w.T_surface, field.geothermal_gradient)
    rate, T_wh = (
        over_wells(field, get) for get in (lambda one: one.measured.rate, lambda one: one.measured.wellhead_temperature)
    )
    w.q_cooling[:] = cooling_rate(rate, T_wh, w.T_reservoir, w.T_surface)
    w.bubble_point[:] = bubble_point(w)


def bubble_point(w: Parameters) -> Array:
    """Pressure at which the reservoir's oil begins to lose gas [Pa]."""
    return np.maximum(standing.bubble_point(w.gor, w.T_reservoir, w.rho_o / WATER, w.rho_g / AIR), 1e5)


def _usual(field: Field, w: Parameters) -> None:
    """The factors of the liquid that the measurements were taken on."""
    T = usual_temperature(field, w)
    nu = well_viscosity(w, w.water_cut, T) / mixture_density(w.water_cut, w.rho_o, w.rho_w)
    for row, value in zip((w.usual_head, w.usual_rate, w.usual_torque), viscous_factors(w, nu), strict=True):
        row[:] = value


def usual_temperature(field: Field, w: Parameters) -> Array:
    """Of the liquid at the intake at the measured rate, warmed by the motor as its factory test means [K]."""
    rate, f = (over_wells(field, get) for get in (lambda one: one.measured.rate, lambda one: one.measured.frequency))
    tested = over_wells(field, lambda well: float(straight(well.measured.rate, well.pump.rate, well.pump.shaft_power)))
    power = np.maximum(tested, 0.0)
    loss = f / w.test_frequency * w.loss_constant + w.loss_load * power**2
    T = arriving_temperature(rate, w.T_reservoir, w.T_pump, w.q_cooling * w.casing_length / w.tubing_length)
    return np.asarray(T + loss / (HEAT_CAPACITY * (rate + ROCK_FLOW)))
