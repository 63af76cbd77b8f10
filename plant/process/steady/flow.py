"""What steady flow costs in pressure on its way from the perforations to the manifold, by either kind of flow."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from plant.physics.choke import SMALL_DROP, choke_rate
from plant.process.parameter import Array, G, WellParameters
from plant.process.pump_table import PumpTable

LEAST_COEFFICIENT = 1e-30  # of a closed choke: whatever flows leaves nothing behind it

ROOM = 1.2  # over what the choke passes, for liquid that shrinks on its way to the tank


class Way(NamedTuple):
    """The pressures that a rate leaves along its way [Pa], and its temperature at the wellhead [K]."""

    p_wf: Array
    intake: Array
    discharge: Array
    wellhead: Array
    line: Array  # behind the choke
    manifold: Array
    T_wellhead: Array


class Flow(Protocol):
    """Wells as ways of pressure, for rates of liquid at standard conditions whose shape ends with the wells'."""

    q_max: Array  # more than any well can give [m³/s]

    def way(self, q: Array, cells: int) -> Way:
        """All pressures along the way, pipes cut into some multiple of ``cells``."""
        ...


def choke_drop(q: Array, coefficient: Array, small: float = SMALL_DROP) -> Array:
    """Pressure drop at which :func:`plant.physics.choke.choke_rate` gives a rate that is not negative: its inverse."""
    square = np.square(q / np.maximum(coefficient, LEAST_COEFFICIENT))
    # Δp⁴ = (q/C)⁴ (Δp² + δ²), a quadratic in Δp²; the root that is not negative, free of overflow
    return np.sqrt(0.5 * square * (square + np.hypot(square, 2.0 * small)))


def greatest_rate(wells: WellParameters, pump: PumpTable, speed: Array, coefficient: Array) -> Array:
    """The rate at no flowing pressure, or what the choke passes under all that reservoir and pump could bring."""
    inflow = wells.productivity * wells.reservoir_pressure
    shut_off = np.maximum(pump.head_and_slope(speed, np.zeros_like(speed))[0], 0.0)
    brought = wells.reservoir_pressure + wells.rho * G * wells.head_factor * shut_off
    return np.where(coefficient > 0.0, np.minimum(inflow, ROOM * choke_rate(brought, coefficient)), inflow)
