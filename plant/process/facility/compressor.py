"""Compressors in parallel between one suction drum and the gas header.

Gas has momentum in each machine, and pressure in the drum and behind the machine; so one that is throttled left
of its crest surges of itself, and deep surge, a trip and a start are one motion. What a machine's skid carries
comes with it: the recycle valve with its anti-surge control, the speed control that holds the suction pressure, and
the protections that trip it and hold it tripped until it is reset.
"""

from __future__ import annotations

import math

import numpy as np

from plant.asset.facility import Compressor
from plant.physics.compressor import discharge_temperature, pressure_ratio, shaft_power, surge_flow
from plant.physics.valve import P_SC, T_SC, gas_valve_rate
from plant.process.facility.actuator import ValveParameters, Valves
from plant.process.facility.drum import SuctionDrum
from plant.process.facility.machine import HEAT_RATIO, MOLAR_MASS, RHO_SC, SHAPE, MachineParameters, machine_parameters
from plant.process.facility.part import Part
from plant.process.facility.protection import Protection
from plant.process.parameter import Array

SUBSTEP = 0.1  # [s]
DUCT_TIME = 0.3  # in which the discharge pressure alone would bring the gas to its rated rate [s]
SPIN_TIME = 5.0  # in which the rated torque would bring it to its rated speed [s]
BEARINGS = 0.01  # of the rated torque
SPEED_GAIN = 20.0  # torque asked for, besides what the gas takes, per speed missing
LEAST_SPEED, MOST_SPEED = 0.6, 1.08  # of the speed control
PRESSURE_GAIN, PRESSURE_TIME = 0.8, 60.0  # of the suction pressure control: speed per pressure over set, and its reset
GUARD_START, GUARD_FULL = 0.15, 0.05  # surge margins at which the recycle valve begins to open, and is open
RECYCLE_STROKE = 2.0  # of the recycle valve [s]
COOLER_SHARE, T_AIR = 0.9, 305.0  # share of the heat above the air that a clean aftercooler takes out
HEAT_LAG = 20.0  # of casing and cooler [s]
MOTOR_EFFICIENCY = 0.95
NUDGE = 0.01  # of the discharge pressure, by which the change of a rate with it is found
MOST = 0.5  # share of the gas held that may leave in a substep
TINY = 1e-30
LEAST_PRESSURE = 2e4  # at which a suction is taken when it is drawn empty [Pa]


class Compressors(Part):
    """What moves in them, as arrays over the machines; the drum's are in ``drum``, the trips in ``protection``."""

    flow: Array  # through each, at standard conditions, negative in surge [m³/s]
    speed: Array  # over the rated one
    stored: Array  # gas between machine and check valve [m³ at standard conditions]
    reset: Array  # of the suction pressure control
    T_2: Array  # behind the machine
    T_3: Array  # behind its cooler
    power: Array  # electrical [W]
    delivered: Array  # to the header [m³/s at standard conditions]

    def __init__(self, compressors: tuple[Compressor, ...], T: float):
        p = self.parameters = machine_parameters(compressors)
        n = len(compressors)
        self.drum = SuctionDrum(sum(one.drum_volume for one in compressors), float(np.mean(p.suction_pressure)), T)
        self.recycle_valve = Valves(ValveParameters.sound(n, 1.0, RECYCLE_STROKE), 0.0)
        self.protection = Protection(n)
        super().__init__(
            flow=p.rate.copy(), speed=np.ones(n), stored=p.store * p.discharge_pressure * 1.05, reset=np.ones(n),
            T_2=np.full(n, T), T_3=np.full(n, T_AIR), power=np.zeros(n), delivered=p.rate.copy(),
        )  # fmt: skip

    @property
    def discharge_pressure(self) -> Array:
        """Behind each machine [Pa]."""
        return self.stored / self.parameters.store

    @property
    def suction_flow(self) -> Array:
        """At the drum's conditions [m³/s]."""
        return self.flow * P_SC * float(self.drum.T[0]) / (T_SC * max(self.drum.pressure, LEAST_PRESSURE))

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.drum.inventory() + np.array([0.0, 0.0, self.stored.sum()])

    def step(
        self, dt: float, stream: Array, T: float, p_header: float, header_gas: float, energised: Array, reset: Array,
        targets: Array, supply: float,
    ) -> tuple[float, Array]:  # fmt: skip
        """Take in a stream (3,) of temperature ``T`` for ``dt`` [s].

        ``header_gas`` is what the header can give back through leaking check valves [m³], ``targets`` the suction
        pressures to hold [Pa], ``supply`` the share of speed that the power allows, 0 without any. Returns the gas that
        went to the header and the liquid (3,) drained from the drum [m³/s].
        """
        running = self.protection.running(energised) * (supply > 0.0)
        self._control(dt, running, targets, supply)
        drained = self.drum.take_liquid(dt, stream)
        parts = max(math.ceil(dt / SUBSTEP - 1e-9), 1)
        given = np.zeros_like(self.flow)
        for _ in range(parts):
            given += self._advance(dt / parts, stream[2], T, p_header, header_gas / len(given) - np.minimum(given, 0.0))
        self.delivered[:] = given / dt
        self.protection.step(dt, self, running, energised, reset, supply)
        return float(given.sum()) / dt, drained

    def _control(self, dt: float, running: Array, targets: Array, supply: float) -> None:
        """The skid's own: speed by suction pressure, recycle by surge margin, open while it stands."""
        p, excess = self.parameters, self.drum.pressure / targets - 1.0
        self.reset += running * PRESSURE_GAIN * excess * dt / PRESSURE_TIME
        self.reset[:] = np.clip(self.reset, LEAST_SPEED, MOST_SPEED)
        self._target = running * np.clip(self.reset + PRESSURE_GAIN * excess, LEAST_SPEED, MOST_SPEED) * supply
        head = np.maximum(p.head_and_efficiency(self.suction_flow, self.speed)[0], 0.0) / p.crest_head
        margin = self.suction_flow / p.crest_flow - surge_flow(head, SHAPE)
        guard = (GUARD_START - margin) / (GUARD_START - GUARD_FULL) * p.surge_guard
        self.recycle_valve.step(dt, np.where(running > 0.0, guard, 1.0))

    def _advance(self, h: float, gas_in: float, T_in: float, p_header: float, spare: Array) -> Array:
        """One substep; returns what went to the header [m³]."""
        p, p_1, T_1 = self.parameters, max(self.drum.pressure, LEAST_PRESSURE), float(self.drum.T[0])
        before, slope, torque = self._machine(p, p_1, T_1)
        gain = h * p.rate / (DUCT_TIME * p.discharge_pressure)
        wanted = self.flow + gain * (before - self.discharge_pressure) / (1.0 - gain * np.minimum(slope, 0.0))
        through = np.clip(wanted * h, -0.2 * self.stored, 0.2 * self.drum.gas[0] / len(wanted))
        self.flow[:] = through / h
        back, given = self._let_out(h, through, p_1, p_header, spare)
        self.stored += through - back - given
        self.drum.mix(
            gas_in * h + (back + np.maximum(-through, 0.0)).sum() - np.maximum(through, 0.0).sum(),
            gas_in * h, T_in, back, self.T_3,
        )  # fmt: skip
        self._spin(h, torque)
        return given

    def _machine(self, p: MachineParameters, p_1: float, T_1: float) -> tuple[Array, Array, Array]:
        """Pressure behind the wheel, its change with the rate, and the torque it takes over the rated one."""
        nudge = 1e-3 * p.rate
        flows = np.stack((self.flow, self.flow + nudge))
        at_suction = flows * (P_SC * T_1 / (T_SC * p_1))
        head, efficiency = p.head_and_efficiency(at_suction, self.speed)
        suction = p_1 - p.strainer_loss / (1.0 - p.strainer) ** 2 * flows * np.abs(flows)
        ratio = pressure_ratio(head, T_1, MOLAR_MASS, efficiency, HEAT_RATIO)
        pressures = np.maximum(suction, LEAST_PRESSURE) * ratio
        settled = discharge_temperature(T_1, np.maximum(ratio[0], 0.5), efficiency[0], HEAT_RATIO)
        self._T_settled = np.where(self.speed > 0.1, settled, T_1)
        power = shaft_power(self.flow * RHO_SC, head[0], efficiency[0])
        torque = power / (p.rated_power * np.maximum(self.speed, 0.05)) + BEARINGS * np.minimum(50.0 * self.speed, 1.0)
        return pressures[0], (pressures[1] - pressures[0]) / nudge, torque

    def _let_out(self, h: float, through: Array, p_1: float, p_header: float, spare: Array) -> tuple[Array, Array]:
        """Back through the recycle valve, and through the check valve to the header, or from it where that leaks [m³].

        What lies behind a machine is emptied within a tenth of a second, so its pressure is taken at the substep's end.
        """
        p, here = self.parameters, self.discharge_pressure
        nudge = NUDGE * p.discharge_pressure
        at = np.stack((here, here + nudge))
        back = gas_valve_rate(self.recycle_valve.passing(), at, p_1, self.T_3, p.recycle_size)
        out = gas_valve_rate(1.0, at, p_header, self.T_3, p.delivery_size)
        out -= gas_valve_rate(p.check_leak, p_header, at, self.T_3, p.delivery_size)
        slopes = (back[1] - back[0]) / nudge, (out[1] - out[0]) / nudge
        rise = (through - h * (back[0] + out[0])) / (p.store + h * (slopes[0] + slopes[1]))
        returned = np.maximum(h * (back[0] + slopes[0] * rise), 0.0)
        given = h * (out[0] + slopes[1] * rise)
        given = np.maximum(given, np.where(p.check_leak > 0.0, -0.5 * np.maximum(spare, 0.0), 0.0))
        gone = returned + np.maximum(given, 0.0)
        share = np.minimum(MOST * (self.stored + through) / np.maximum(gone, TINY), 1.0)
        return returned * share, np.where(given > 0.0, given * share, given)

    def _spin(self, h: float, torque: Array) -> None:
        """The shaft between driver and gas; a driver gives no more than its power."""
        p, most = self.parameters, 1.1 * self.parameters.driver / np.maximum(self.speed, 0.5)
        driving = np.clip(torque + SPEED_GAIN * (self._target - self.speed), 0.0, most) * (self._target > 0.0)
        self.speed[:] = np.maximum(self.speed + (driving - torque) * h / SPIN_TIME, 0.0)
        self.power[:] = driving * self.speed * p.rated_power / MOTOR_EFFICIENCY
        share = -np.expm1(-h / HEAT_LAG)
        self.T_2 += (self._T_settled - self.T_2) * share
        self.T_3 += (self.T_2 - COOLER_SHARE * p.cooler * (self.T_2 - T_AIR) - self.T_3) * share
