"""A stack of ten Novomet VNN5-125 stages on hot water, as PIPESIM has it."""

from __future__ import annotations

import numpy as np

from plant.physics.column import G
from plant.physics.esp.curve import SLIP, stack_head
from plant.physics.esp.viscosity import turzo_factors
from plant.unit import atm, day

# catalogue, one stage at 50 Hz
RATE = np.array([0.0, 45.0, 85.0, 105.0, 125.0, 145.0, 165.0, 185.0, 205.0]) / day
HEAD = np.array([6.73239, 6.71957, 6.61942, 6.28442, 5.71257, 4.90949, 3.90794, 2.76323, 1.54859])
POWER = 1e3 * np.array([0.10617, 0.12157, 0.13477, 0.14123, 0.14821, 0.15585, 0.16367, 0.17016, 0.17248])
HOT_WATER = 978.3  # at 80 °C and 150 bar, IAPWS [kg/m³]
INTAKE = 151.9875e5


def discharge_pressure(q: float) -> float:
    """Pressure behind ten slipped stages at 50 Hz [atm]."""
    return float(INTAKE + HOT_WATER * G * stack_head(q, SLIP, 10, RATE, HEAD)) / atm


def turzo_rate_factor(q_star: float) -> float:
    """Turzo's factor of the rate at a corrected capacity."""
    return float(turzo_factors(q_star).rate)
