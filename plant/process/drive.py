"""What turns the pumps: drives that ramp, shafts that follow or spin back, and the current they take."""

from __future__ import annotations

import numpy as np

from plant.asset.field import Field
from plant.physics.motor import electrical_power, line_current
from plant.physics.pump import runaway_speed
from plant.process.parameter import Array, WellParameters
from plant.process.pump_table import PumpTable

SHAFT_LAG = 0.3  # of a driven shaft behind its drive, and about that of a free one behind the liquid [s]
COAST_LAG = 1.0
LEAST_RATIO = 0.02  # of frequency over rated: below, the current of a start is that of this ratio
WATER = 1000.0  # density in the factory test [kg/m³]


class Drives:
    """Frequency, shaft speed, voltage, current and power of every well."""

    def __init__(self, wells: WellParameters, pump: PumpTable, field: Field):
        self.wells, self.pump = wells, pump
        self._test_turn = 2.0 * np.pi * np.array([well.pump.speed for well in field.wells])
        self.frequency = np.zeros_like(wells.rho)
        self.speed = np.zeros_like(wells.rho)  # over test speed, negative in backspin
        self.voltage = np.zeros_like(wells.rho)
        self.current = np.zeros_like(wells.rho)
        self.heat = np.zeros_like(wells.rho)  # lost in the motor [W]

    def start(self, frequency: Array) -> None:
        """Set drives and shafts running at these frequencies."""
        self.frequency[:] = frequency
        self.speed[:] = frequency / self.wells.test_frequency

    def step(self, dt: float, energised: Array, target: Array, q: Array) -> None:
        """Ramp the drives, and let the shafts follow them or the liquid."""
        wells = self.wells
        ramp = np.where(self.frequency < wells.least_frequency, wells.start_ramp, wells.frequency_slew) * dt
        change = np.minimum(np.maximum(target - self.frequency, -ramp), ramp)
        self.frequency[:] = np.where(energised, self.frequency + change, 0.0)
        wanted = np.where(energised, self.frequency / wells.test_frequency, runaway_speed(q / self.pump.last_rate))
        follow = np.where(energised, 1.0 - np.exp(-dt / SHAFT_LAG), 1.0 - np.exp(-dt / COAST_LAG))
        self.speed += (wanted - self.speed) * follow

    def load(self, energised: Array, q: Array) -> None:
        """Work out voltage, current and heat at the present speed and rate."""
        wells = self.wells
        ratio = np.maximum(self.frequency / wells.test_frequency, LEAST_RATIO)
        torque = self.pump.torque(self.speed, q) * (wells.power_factor * wells.rho / WATER)
        shaft_power = np.maximum(torque * self.speed, 0.0) * self._test_turn
        active, reactive = electrical_power(shaft_power, ratio, wells.losses)
        self.voltage[:] = np.where(energised, ratio * wells.rated_voltage, 0.0)
        self.current[:] = np.where(energised, line_current(active, reactive, ratio * wells.rated_voltage), 0.0)
        self.heat[:] = np.where(energised, active - shaft_power, 0.0)
