"""The twelve wells of the demo field against what was measured on them: at rest in the plant, and foretold without it.

The plant is calibrated to each well's own rate, pressures, temperature and current, so that agreement at rest shows no
more than that the calibration holds. The foretellings use nothing that was measured of what they foretell.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from plant.asset.field import Field, Well
from plant.asset.field_file import load_field
from plant.physics.choke import NOMINAL_DISCHARGE
from plant.physics.column import G
from plant.physics.fluid import mixture_density
from plant.physics.heat import arriving_temperature, cooling_rate, geothermal_temperature
from plant.physics.motor import electrical_power, fit_losses, line_current
from plant.physics.pump import affinity_head
from plant.physics.straight import straight
from plant.physics.survey import vertical_depth
from plant.process.calibration import Calibration, calibrate
from plant.process.parameter import Array
from plant.process.settled import settled_field

WATER = 1000.0  # density in the factory test [kg/m³]


@cache
def field() -> Field:
    """The field of the twelve wells."""
    return load_field("shengli12")


def find(code: str) -> Well:
    """A well by its code."""
    return field().wells[field().index(f"Well.{code}")]


def measured_electrically() -> list[Well]:
    """The nine wells whose wellhead temperature, current and voltage were published."""
    return [well for well in field().wells if well.motor.is_measured]


def at_rest(signal: str, well: str) -> float:
    """A signal of a well in the plant that nobody has touched."""
    return _rest()[f"Well.{signal}"][field().index(f"Well.{well}")]


def speed(well: Well) -> float:
    """Measured frequency over the test's."""
    return well.measured.frequency / well.pump.frequency


def density(well: Well) -> float:
    """Of the liquid [kg/m³]."""
    fluid = well.fluid
    return float(mixture_density(fluid.water_cut, fluid.oil_density, fluid.water_density))


def catalogue_intake_pressure(well: str) -> float:
    """Pressure that the whole catalogue head would leave at the intake, at the measured rate and pressures [Pa]."""
    one, at = find(well), field().index(f"Well.{well}")
    lift = density(one) * G * affinity_head(one.measured.rate, speed(one), one.pump.rate, one.pump.head)
    return float(_calibrated().intake_pressure[at] - (1.0 - _calibrated().head[at]) * lift)


def discharge_coefficient(of: str) -> float:
    """The least or the greatest of the chokes' coefficients, by their beans and measured pressures."""
    return float(NOMINAL_DISCHARGE * getattr(_calibrated().choke, of)())


def foretold_current(well: Well) -> float:
    """Current by pump and motor as their factory tested them, on a liquid of this density, no factor applied [A]."""
    ratio = speed(well)
    tested = ratio**3 * straight(well.measured.rate / ratio, well.pump.rate, well.pump.shaft_power)
    losses = fit_losses(well.pump.shaft_power, well.pump.motor_efficiency, well.pump.power_factor)
    taken = electrical_power(tested * density(well) / WATER, ratio, losses)
    return float(line_current(*taken, ratio * well.motor.rated_voltage))


def foretold_temperature(well: Well) -> float:
    """Temperature at the wellhead with the median of the heat transfer that the other wells show [K]."""
    others = [_heat_transfer(one) for one in measured_electrically() if one is not well]
    q_cooling = np.median(others) * _area(well)
    bottom = _bottom_temperature(well)
    return float(arriving_temperature(well.measured.rate, bottom, field().surface_temperature, q_cooling))


@cache
def _rest() -> dict[str, Array]:
    signals = settled_field(field(), seed=None).signals
    return {name: values.copy() for name, values in signals.items()}


@cache
def _calibrated() -> Calibration:
    return calibrate(field())


def _heat_transfer(well: Well) -> float:
    """U over the liquid's heat capacity per volume, that the measured arrival means [m/s]."""
    measured = well.measured
    bottom, surface = _bottom_temperature(well), field().surface_temperature
    return float(cooling_rate(measured.rate, measured.wellhead_temperature, bottom, surface)) / _area(well)


def _bottom_temperature(well: Well) -> float:
    depth = vertical_depth(well.perforation_depth, well.survey.md, well.survey.tvd)
    return float(geothermal_temperature(depth, field().surface_temperature, field().geothermal_gradient))


def _area(well: Well) -> float:
    return np.pi * well.tubing_diameter * well.pump_depth
