"""The liquid of each well in motion: pressure at the perforations, liquid in the tubing, rate.

The three states are those of the published benchmark (:mod:`plant.physics.esp_three_state`), with two
differences. Friction is Churchill's. And instead of the wellhead pressure the state is the *excess* of
liquid in the tubing over what fills it without pressure: positive, it is compressed and the wellhead has
pressure; negative, the column has fallen and stands below the wellhead. So a well that stops drains,
spins its pump backwards, and fills again on restart, by the same three equations.

Rates and heads of real wells make these equations stiff (time constants from 0.03 s to minutes), so each
substep is an implicit Euler step linearised once, its 3 × 3 systems solved in closed form for all wells at
once. It is damped at any step, and comes to rest where the equations do.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from plant.physics.choke import choke_rate, choke_slope
from plant.physics.friction import friction_slope
from plant.physics.inflow import productivity_rate
from plant.process.parameter import ANNULUS_LENGTH, BULK_MODULUS, STEEL_ROUGHNESS, Array, G, WellParameters
from plant.process.pump_table import PumpTable

SUBSTEP = 0.2  # longest part of a step that is solved at once [s]
POCKET_PRESSURE = 1.2e5  # of the gas above a fallen column [Pa]
POCKET_VOLUME = 2e-4  # over which a full tubing becomes one with a pocket [m³]
CAVITATION_PRESSURE = 3e5  # of intake, at which a pump has lost a third of its head, and below which all [Pa]


class Drive(NamedTuple):
    """What acts on the liquid from outside during a step."""

    speed: Array  # of the pump, over test speed
    choke: Array  # flow coefficient at the present opening
    p_line: Array  # behind the choke
    mu: Array  # viscosity in casing and tubing, shape (2, n)


class Hydraulics:
    """Steps the three states of all wells."""

    def __init__(self, wells: WellParameters, pump: PumpTable):
        self.wells, self.pump = wells, pump
        storage = wells.casing_area * wells.casing_length + (wells.casing_area - wells.tubing_area) * ANNULUS_LENGTH
        self._compliance = storage / BULK_MODULUS
        self._stiffness = BULK_MODULUS / (wells.tubing_area * wells.tubing_length)
        self._weight = wells.rho * G
        self._length = np.stack((wells.casing_length, wells.tubing_length))
        self._diameter = np.stack((wells.casing_diameter, wells.tubing_diameter))
        self._inertia = wells.rho * (wells.tubing_length / wells.tubing_area + wells.casing_length / wells.casing_area)
        self.p_wf = np.empty_like(wells.rho)
        self.excess = np.empty_like(wells.rho)
        self.q = np.empty_like(wells.rho)

    def start(self, p_wf: Array, p_wh: Array, q: Array) -> None:
        """Set the states to given pressures and rates."""
        self.p_wf[:], self.q[:] = p_wf, q
        pressed = np.maximum(p_wh - POCKET_PRESSURE, 1.0) / self._stiffness
        self.excess[:] = pressed - POCKET_VOLUME**2 / (4.0 * pressed)

    def step(self, dt: float, drive: Drive) -> None:
        """Advance by ``dt`` [s] under what acts from outside."""
        parts = max(math.ceil(dt / SUBSTEP - 1e-9), 1)
        for _ in range(parts):
            self._advance(dt / parts, drive)

    def _advance(self, h: float, drive: Drive) -> None:
        """Solve (1 − h J) Δ = h f for every well, J having the shape [[a, 0, b], [0, c, 1], [d, e, f]]."""
        (in_1, in_2, in_3), (a, b, c, d, e, f) = self._slopes(drive)
        first, second = 1.0 / (1.0 - h * a), 1.0 / (1.0 - h * c)
        last = 1.0 / (1.0 - h * f - h * h * (d * b * first + e * second))
        change = h * (in_3 + h * (d * in_1 * first + e * in_2 * second)) * last
        self.p_wf += h * (in_1 + b * change) * first
        self.excess += h * (in_2 + change) * second
        self.q += change

    def wellhead_pressure(self) -> Array:
        """Before the choke [Pa]."""
        return POCKET_PRESSURE + self._stiffness * _positive(self.excess)[0]

    def pump_pressures(self, mu: Array) -> tuple[Array, Array]:
        """At the pump's intake and discharge, from the columns below and above it [Pa]."""
        below, above = self._friction(self.q, mu)
        intake = self.p_wf - self._weight * self.wells.h_below - below * self.q
        column = self._weight * self._column(self.excess)[0]
        return intake, self.wellhead_pressure() + column + above * self.q

    def _friction(self, q: Array, mu: Array) -> Array:
        slope = friction_slope(q, self._length, self._diameter, self.wells.rho, mu, STEEL_ROUGHNESS)
        return self.wells.friction_factor * slope

    def _column(self, excess: Array) -> tuple[Array, Array]:
        """Height of the liquid above the pump, and its change with the excess."""
        missing, share = _positive(-excess)
        area = self.wells.tubing_area
        return np.maximum(self.wells.h_pump - missing / area, 0.0), share / area

    def _slopes(self, drive: Drive) -> tuple[tuple, tuple]:
        """Rates of change, and the six entries of the Jacobian that are not zero."""
        wells, p_wf, excess, q = self.wells, self.p_wf, self.excess, self.q
        pressed, filling = _positive(excess)
        p_wh, p_wh_slope = POCKET_PRESSURE + self._stiffness * pressed, self._stiffness * filling
        column, column_slope = self._column(excess)
        below, above = self._friction(q, drive.mu)
        p_intake = p_wf - self._weight * wells.h_below - below * q

        forward = np.maximum(p_wh - drive.p_line, 0.0)  # a check valve stands behind the choke
        out, out_slope = choke_rate(forward, drive.choke), choke_slope(forward, drive.choke) * (forward > 0.0)
        head, head_slope = self.pump.head_and_slope(drive.speed, q)
        primed, primed_slope = _primed(p_intake)
        lift = self._weight * wells.head_factor * head
        force = p_intake + lift * primed - p_wh - self._weight * column - above * q

        slopes = (
            (productivity_rate(p_wf, wells.reservoir_pressure, wells.productivity) - q) / self._compliance,
            q - out,
            force / self._inertia,
        )
        lift_slope = self._weight * wells.head_factor * head_slope * primed
        jacobian = (
            -wells.productivity / self._compliance,
            -1.0 / self._compliance,
            -out_slope * p_wh_slope,
            (1.0 + np.maximum(lift, 0.0) * primed_slope) / self._inertia,
            -(p_wh_slope + self._weight * column_slope) / self._inertia,
            # a slope that would feed itself is left explicit, lest the implicit step divide by nothing
            np.minimum(lift_slope - 2.0 * (below + above), 0.0) / self._inertia,
        )
        return slopes, jacobian


def _positive(x: Array) -> tuple[Array, Array]:
    """A smooth max(x, 0) of a volume, and its slope."""
    root = np.sqrt(x * x + POCKET_VOLUME * POCKET_VOLUME)
    return 0.5 * (x + root), 0.5 + 0.5 * x / root


def _primed(p_intake: Array) -> tuple[Array, Array]:
    """Share of its head that a pump makes at an intake pressure, and its change with it: it starves near vacuum."""
    ratio = np.maximum(p_intake, 0.0) / CAVITATION_PRESSURE
    starved = np.exp(-ratio * ratio)
    return 1.0 - starved, 2.0 * ratio * starved / CAVITATION_PRESSURE
