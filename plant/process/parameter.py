"""The field's numbers as arrays over its wells and lines: what the process computes with.

Built from a :class:`~plant.asset.field.Field`; :mod:`plant.process.perturbation` then moves some of
them, and from there on they are the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field, Well
from plant.physics.choke import choke_coefficient
from plant.physics.emulsion import broken_viscosity, emulsion_viscosity
from plant.physics.fluid import mixture_density, oil_viscosity, water_viscosity
from plant.physics.heat import cooling_rate, geothermal_temperature
from plant.physics.motor import MotorLosses, fit_losses
from plant.physics.survey import vertical_depth

Array = NDArray[np.float64]

G = 9.80665
BULK_MODULUS = 1e9  # of liquid with a little gas in it, and of the steel around it [Pa]
ANNULUS_LENGTH = 100.0  # of liquid between pump and packer, which adds to the storage below the pump [m]
STEEL_ROUGHNESS = 4.6e-5
MOTOR_DIAMETER = 0.114
MOTOR_AREA_PER_WATT = 4.5e-5  # housing surface over rated power: 8 m of 114 mm motor for 62 kW [m²/W]
MOTOR_HEAT_PER_WATT = 5.0  # heat capacity over rated power [J/K/W]


@dataclass
class WellParameters:
    """One array per parameter, one element per well, SI."""

    # hole and tubing
    h_pump: Array  # true vertical depth of the pump
    h_below: Array  # from the pump down to the perforations
    tubing_length: Array
    casing_length: Array
    tubing_diameter: Array
    casing_diameter: Array
    # liquid
    rho: Array
    water_cut: Array
    gor: Array
    oil_viscosity: Array
    # reservoir
    reservoir_pressure: Array
    productivity: Array
    # pump and motor; a pump model is one row of the tables, shared by wells with the same test
    test_frequency: Array
    head_factor: Array
    power_factor: Array
    losses: MotorLosses
    rated_power: Array
    rated_voltage: Array
    frequency_slew: Array
    start_ramp: Array
    least_frequency: Array
    # surface
    choke_full: Array  # flow coefficient of the fully open choke
    choke_slew: Array
    line_length: Array
    line_diameter: Array
    line_factor: Array
    friction_factor: Array  # of tubing and casing, over the formula's
    # heat
    T_reservoir: Array
    T_pump: Array  # of the rock at the pump
    T_surface: Array
    q_cooling: Array  # of the tubing, from the measured arrival
    motor_area: Array
    motor_heat: Array

    @property
    def tubing_area(self) -> Array:
        """Flow area of the tubing [m²]."""
        return 0.25 * np.pi * self.tubing_diameter**2

    @property
    def casing_area(self) -> Array:
        """Flow area of the casing [m²]."""
        return 0.25 * np.pi * self.casing_diameter**2

    @property
    def motor_gap(self) -> Array:
        """Flow area past the motor [m²]."""
        return 0.25 * np.pi * (self.casing_diameter**2 - MOTOR_DIAMETER**2)


def well_parameters(field: Field) -> WellParameters:
    """The nominal parameters of a field's wells."""

    def column(get: Callable[[Well], float]) -> Array:
        return np.array([get(well) for well in field.wells], float)

    def depth(get: Callable[[Well], float]) -> Array:
        return column(lambda well: float(vertical_depth(get(well), well.survey.md, well.survey.tvd)))

    h_pump, h_perforation = depth(lambda well: well.pump_depth), depth(lambda well: well.perforation_depth)
    water_cut = column(lambda well: well.fluid.water_cut)
    rho = mixture_density(
        water_cut, column(lambda well: well.fluid.oil_density), column(lambda well: well.fluid.water_density)
    )
    T_surface = np.full(len(field.wells), field.surface_temperature)
    T_reservoir = geothermal_temperature(h_perforation, T_surface, field.geothermal_gradient)
    opening = column(lambda well: well.choke.opening)
    bean = column(lambda well: well.choke.bean)
    rated_power = column(lambda well: well.motor.rated_power)
    return WellParameters(
        h_pump=h_pump,
        h_below=h_perforation - h_pump,
        tubing_length=column(lambda well: well.pump_depth),
        casing_length=column(lambda well: well.perforation_depth - well.pump_depth),
        tubing_diameter=column(lambda well: well.tubing_diameter),
        casing_diameter=column(lambda well: well.casing_diameter),
        rho=rho,
        water_cut=water_cut,
        gor=column(lambda well: well.fluid.gor),
        oil_viscosity=column(lambda well: well.fluid.oil_viscosity),
        reservoir_pressure=column(lambda well: well.inflow.reservoir_pressure),
        productivity=column(lambda well: well.inflow.productivity),
        test_frequency=column(lambda well: well.pump.frequency),
        head_factor=column(lambda well: well.factors.head.value),
        power_factor=column(lambda well: well.factors.power.value),
        losses=motor_losses(field),
        rated_power=rated_power,
        rated_voltage=column(lambda well: well.motor.rated_voltage),
        frequency_slew=column(lambda well: well.motor.frequency_slew),
        start_ramp=column(lambda well: well.motor.start_ramp),
        least_frequency=column(lambda well: well.motor.least_frequency),
        choke_full=choke_coefficient(bean, rho) * column(lambda well: well.factors.choke.value) / opening,
        choke_slew=column(lambda well: well.choke.slew),
        line_length=column(lambda well: well.line.length),
        line_diameter=column(lambda well: well.line.diameter),
        line_factor=column(lambda well: well.factors.line.value),
        friction_factor=np.ones(len(field.wells)),
        T_reservoir=T_reservoir,
        T_pump=geothermal_temperature(h_pump, T_surface, field.geothermal_gradient),
        T_surface=T_surface,
        q_cooling=cooling_rate(
            column(lambda well: well.measured.rate),
            column(lambda well: well.measured.wellhead_temperature),
            T_reservoir,
            T_surface,
        ),
        motor_area=MOTOR_AREA_PER_WATT * rated_power,
        motor_heat=MOTOR_HEAT_PER_WATT * rated_power,
    )


def motor_losses(field: Field) -> MotorLosses:
    """The losses of each well's motor, from its factory test, as arrays."""
    fits = [fit_losses(w.pump.shaft_power, w.pump.motor_efficiency, w.pump.power_factor) for w in field.wells]
    constant, load, reactive, reactive_load = np.array(fits).T
    return MotorLosses(constant, load, reactive, reactive_load)


def well_viscosity(wells: WellParameters, T: Array) -> Array:
    """Viscosity of the liquid in a well: an emulsion, for the pump has stirred it [Pa·s]."""
    return emulsion_viscosity(wells.water_cut, oil_viscosity(T, wells.oil_viscosity), water_viscosity(T))


def line_viscosity(wells: WellParameters, T: Array) -> Array:
    """Viscosity of the liquid in a surface line, behind the demulsifier [Pa·s]."""
    return broken_viscosity(wells.water_cut, oil_viscosity(T, wells.oil_viscosity), water_viscosity(T))
