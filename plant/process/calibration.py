"""Derives what was not published of a field from what was measured on it.

Reservoir pressure is that of a water column, less a depletion; productivity is what then gives the
measured rate at the measured frequency. Where the catalogue contradicts the measurements, a factor per
well takes up the difference: of head where the intake pressure would fall below what the casing pressure
and a column of oil above the pump allow, of shaft power where the measured current differs, of choke
and line where the measured pressures do. ``plant/asset/fields/shengli12.toml`` holds the results, and a
test derives them again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from plant.asset.field import Field, Well
from plant.physics.choke import choke_coefficient, choke_rate
from plant.physics.friction import friction_loss
from plant.physics.motor import electrical_power, fit_losses, line_current
from plant.physics.pump import affinity_head
from plant.process.flowline import FlowlineParameters, flowline_parameters
from plant.process.parameter import (
    STEEL_ROUGHNESS,
    Array,
    G,
    WellParameters,
    line_viscosity,
    well_parameters,
    well_viscosity,
)
from plant.process.temperature import arriving

ATMOSPHERE = 101_325.0
DEPLETION = 0.9  # reservoir pressure over that of a water column from the surface
SUBMERGENCE = 100.0  # least height of oil above a pump that runs steadily [m]
WATER = 1000.0  # density in the factory test [kg/m³]


@dataclass(frozen=True)
class Calibration:
    """What was derived: an array over the wells each, and the factors of the flowlines."""

    intake_pressure: Array
    reservoir_pressure: Array
    productivity: Array
    head: Array
    power: Array
    choke: Array
    line: Array
    flowline: Array


def calibrate(field: Field) -> Calibration:
    """Derive inflow and factors of every well; those that ``field`` carries are not looked at."""
    wells = well_parameters(field)
    q = _measured(field, "rate")
    lift = wells.rho * G * _over(field, _catalogue_head)
    discharge = _discharge_pressure(field, wells, q)
    oil_above = G * SUBMERGENCE * _over(field, lambda well: well.fluid.oil_density)
    intake = np.maximum(discharge - lift, _measured(field, "casing_pressure") + oil_above)
    water_column = G * _over(field, lambda well: well.fluid.water_density) * (wells.h_pump + wells.h_below)
    reservoir = ATMOSPHERE + DEPLETION * water_column
    return Calibration(
        intake_pressure=intake,
        reservoir_pressure=reservoir,
        productivity=q / (reservoir - _flowing_pressure(wells, q, intake)),
        head=(discharge - intake) / lift,
        power=_over(field, lambda well: _power_factor(well)),
        choke=_over(field, _choke_factor),
        line=_line_factor(field, wells, q),
        flowline=_flowline_factor(flowline_parameters(field), field.separator.pressure),
    )


def _over(field: Field, get: Callable[[Well], float]) -> Array:
    return np.array([get(well) for well in field.wells], float)


def _measured(field: Field, name: str) -> Array:
    return _over(field, lambda well: getattr(well.measured, name))


def _catalogue_head(well: Well) -> float:
    speed = well.measured.frequency / well.pump.frequency
    return float(affinity_head(well.measured.rate, speed, well.pump.rate, well.pump.head))


def _discharge_pressure(field: Field, wells: WellParameters, q: Array) -> Array:
    T_intake, T_wh = arriving(wells, q)
    mu = well_viscosity(wells, 0.5 * (T_intake + T_wh))
    loss = friction_loss(q, wells.tubing_length, wells.tubing_diameter, wells.rho, mu, STEEL_ROUGHNESS)
    return _measured(field, "wellhead_pressure") + wells.rho * G * wells.h_pump + loss


def _flowing_pressure(wells: WellParameters, q: Array, intake: Array) -> Array:
    mu = well_viscosity(wells, arriving(wells, q)[0])
    loss = friction_loss(q, wells.casing_length, wells.casing_diameter, wells.rho, mu, STEEL_ROUGHNESS)
    return intake + wells.rho * G * wells.h_below + loss


def _power_factor(well: Well) -> float:
    """Shaft power that the measured current means, over the tested one on a liquid of this density."""
    if (current := well.measured.current) is None:
        return 1.0
    speed = well.measured.frequency / well.pump.frequency
    tested = speed**3 * np.interp(well.measured.rate / speed, well.pump.rate, well.pump.shaft_power)
    f_w, fluid = well.fluid.water_cut, well.fluid
    tested *= (f_w * fluid.water_density + (1.0 - f_w) * fluid.oil_density) / WATER
    losses = fit_losses(well.pump.shaft_power, well.pump.motor_efficiency, well.pump.power_factor)

    def excess(factor: float) -> float:
        taken = electrical_power(factor * tested, speed, losses)
        return float(line_current(*taken, speed * well.motor.rated_voltage)) - current

    return float(brentq(excess, 0.1, 5.0, xtol=1e-12))


def _choke_factor(well: Well) -> float:
    f_w, fluid, measured = well.fluid.water_cut, well.fluid, well.measured
    rho = f_w * fluid.water_density + (1.0 - f_w) * fluid.oil_density
    drop = measured.wellhead_pressure - measured.flowline_pressure
    return measured.rate / float(choke_rate(drop, choke_coefficient(well.choke.bean, rho)))


def _line_factor(field: Field, wells: WellParameters, q: Array) -> Array:
    mu = line_viscosity(wells, _measured(field, "wellhead_temperature"))
    loss = friction_loss(q, wells.line_length, wells.line_diameter, wells.rho, mu, STEEL_ROUGHNESS)
    manifold = {one.wellpad: one.design_pressure for one in field.manifolds}
    return (_measured(field, "flowline_pressure") - _over(field, lambda well: manifold[well.wellpad])) / loss


def _flowline_factor(lines: FlowlineParameters, separator_pressure: float) -> Array:
    loss = lines.friction(lines.rate, lines.water_cut, lines.temperature) / lines.factor * lines.rate
    return (lines.design_pressure - separator_pressure) / loss
