"""A nominal model of each well: what the field file says it should do at what is measured on the surface.

From frequency, choke opening, wellhead and flowline pressure it works out the rate through the choke, the
lift of the pump at that rate, and so the pressure at the intake and the current of the motor. It has the
field file's parameters, never the running field's, and where there is a choice another correlation than the
plant uses: Haaland's friction in place of Churchill's, Vasquez and Beggs' oil in place of Standing's, the tested
pump curve and motor efficiencies as they stand in place of a fitted surface and fitted losses, slip in proportion
to torque, the plain square root at the choke. Gas that is free at the intake is taken to leave by the casing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field, Well
from plant.physics.choke import choke_coefficient
from plant.physics.emulsion import emulsion_viscosity
from plant.physics.fluid import mixture_density, oil_viscosity, water_viscosity
from plant.physics.friction import haaland_loss
from plant.physics.heat import geothermal_temperature
from plant.physics.motor import current_by_test
from plant.physics.pvt import vasquez_beggs
from plant.physics.straight import straight
from plant.physics.survey import vertical_depth

Array = NDArray[np.float64]

G = 9.80665
STEEL_ROUGHNESS = 4.6e-5  # [m]
WATER = 1000.0  # density in a factory test [kg/m³]
GAS_GRAVITY = 0.7  # of a gas nobody analysed
AIR, FRESH_WATER = 1.225, 999.0  # at standard conditions, what gravities refer to [kg/m³]
SLIP_ROUNDS = 4  # between speed and torque
GAS_ROUNDS = 3  # between intake pressure and dissolved gas
ATMOSPHERE, HIGHEST = 101_325.0, 6e7  # pressures that the correlations are asked for [Pa]
STANDSTILL = 1.0  # below this frequency a pump is taken as stopped [Hz]


class Measured(NamedTuple):
    """What is measured on the surface of each well: arrays over the wells, SI."""

    frequency: Array
    choke: Array
    wellhead_pressure: Array
    flowline_pressure: Array


class Estimate(NamedTuple):
    """What the model says of each well: arrays over the wells, SI."""

    intake_pressure: Array
    flow: Array
    current: Array
    is_within_test: NDArray[np.bool_]  # whether the pump turns, at a rate that its factory test covers


class NominalModel:
    """The wells of a field, by their nominal parameters."""

    def __init__(self, field: Field):
        self._wells = field.wells
        rho = self._over(_density)
        self._rho, self._depth = rho, self._over(_pump_tvd)
        self._oil, self._gor = self._over(lambda w: 1.0 - w.fluid.water_cut), self._over(lambda w: w.fluid.gor)
        self._gamma_o = self._over(lambda w: w.fluid.oil_density) / FRESH_WATER
        self._T_pump = self._over(lambda w: _pump_temperature(w, field))
        self._T_mean = self._over(lambda w: _mean_temperature(w, field))
        bean = choke_coefficient(self._over(lambda w: w.choke.bean), rho)
        factor = self._over(lambda w: w.factors.choke.value)
        self._choke_full = bean * factor / self._over(lambda w: w.choke.opening)
        self._mu = self._over(lambda w: _viscosity(w, _mean_temperature(w, field)))
        self._length, self._diameter = self._over(lambda w: w.pump_depth), self._over(lambda w: w.tubing_diameter)
        self._head_factor = self._over(lambda w: w.factors.head.value)
        self._power_factor = self._over(lambda w: w.factors.power.value) * rho / WATER
        self._swell = np.ones_like(rho)
        usual = Measured(*(self._over(get) for get in (
            lambda w: w.measured.frequency, lambda w: w.choke.opening,
            lambda w: w.measured.wellhead_pressure, lambda w: w.measured.flowline_pressure,
        )))  # fmt: skip
        for _ in range(GAS_ROUNDS):  # with the gas that is dissolved where the wells run as they were measured
            self._rho, self._swell = self._live(self.estimate(usual).intake_pressure)

    def estimate(self, measured: Measured) -> Estimate:
        """Flow, intake pressure and current at what is measured. NaN in, NaN out."""
        drop = np.maximum(measured.wellhead_pressure - measured.flowline_pressure, 0.0)
        through = measured.choke * self._choke_full * np.sqrt(drop)  # with the gas that it holds in solution
        head, current, is_tested = self._pumps(measured.frequency, through)
        friction = haaland_loss(through, self._length, self._diameter, self._rho, self._mu, STEEL_ROUGHNESS)
        lift = self._rho * G * (self._depth - self._head_factor * head)
        return Estimate(measured.wellhead_pressure + lift + friction, through / self._swell, current, is_tested)

    def _live(self, p_in: Array) -> tuple[Array, Array]:
        """Density of the liquid in the tubings, and its volume over that at standard conditions."""
        p = np.clip(p_in, ATMOSPHERE, HIGHEST)
        soluble = vasquez_beggs.solution_gor(p, self._T_pump, self._gamma_o, GAS_GRAVITY)
        held = np.minimum(self._gor, soluble)
        B_o = vasquez_beggs.formation_volume(held, self._T_mean, self._gamma_o, GAS_GRAVITY)
        swell = self._oil * B_o + 1.0 - self._oil
        return (self._over(_density) + self._oil * held * GAS_GRAVITY * AIR) / swell, swell

    def _pumps(self, frequency: Array, flow: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
        """Head, current, and whether the test covers the point; a pump that stands makes and takes nothing."""
        turning = np.maximum(frequency, STANDSTILL)
        rows = [
            _pump(w, f, q, scale)
            for w, f, q, scale in zip(self._wells, turning.tolist(), flow.tolist(), self._power_factor, strict=True)
        ]
        head, current, is_tested = (np.array(column) for column in zip(*rows, strict=True))
        stands = frequency < STANDSTILL
        return np.where(stands, 0.0, head), np.where(stands, 0.0, current), is_tested & ~stands

    def _over(self, get: Callable[[Well], float]) -> Array:
        return np.array([get(well) for well in self._wells], float)


def _pump(well: Well, frequency: float, flow: float, power_factor: float) -> tuple[float, float, bool]:
    curve, ratio = well.pump, frequency / well.pump.frequency
    speed = ratio
    for _ in range(SLIP_ROUNDS):
        at = flow / speed
        shaft = speed**3 * max(float(straight(at, curve.rate, curve.shaft_power)), 0.0) * power_factor
        speed = _speed(well, ratio, shaft / speed)
    head = speed**2 * float(straight(at, curve.rate, curve.head))
    test = _by_power(curve.shaft_power, curve.motor_efficiency, curve.power_factor)
    current = current_by_test(shaft, ratio, ratio * well.motor.rated_voltage, *test)
    return head, float(current), curve.rate[0] <= at <= curve.rate[-1]


def _speed(well: Well, ratio: float, torque: float) -> float:
    """Of the shaft over that of the test: below the synchronous one by a slip in proportion to the torque."""
    test = well.pump
    synchronous = test.frequency / test.speed
    return ratio * synchronous - (synchronous - 1.0) * torque / well.motor.rated_power


def _by_power(*columns: tuple[float, ...]) -> tuple[Array, ...]:
    """The columns of a test by rising shaft power, which is the first."""
    order = np.argsort(columns[0])
    return tuple(np.asarray(column)[order] for column in columns)


def _density(well: Well) -> float:
    fluid = well.fluid
    return float(mixture_density(fluid.water_cut, fluid.oil_density, fluid.water_density))


def _pump_tvd(well: Well) -> float:
    return float(vertical_depth(well.pump_depth, well.survey.md, well.survey.tvd))


def _pump_temperature(well: Well, field: Field) -> float:
    return float(geothermal_temperature(_pump_tvd(well), field.surface_temperature, field.geothermal_gradient))


def _mean_temperature(well: Well, field: Field) -> float:
    return 0.5 * (_pump_temperature(well, field) + well.measured.wellhead_temperature)


def _viscosity(well: Well, T: float) -> float:
    fluid = well.fluid
    return float(emulsion_viscosity(fluid.water_cut, oil_viscosity(T, fluid.oil_viscosity), water_viscosity(T)))
