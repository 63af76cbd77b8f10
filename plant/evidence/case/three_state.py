"""The published benchmark of an ESP-lifted well: where it comes to rest, and how fast."""

from __future__ import annotations

from functools import cache

import numpy as np

from plant.physics.esp_three_state import ThreeStateWell, derivative, friction
from plant.physics.esp_three_state import viscosity_factors as factors
from plant.physics.friction import friction_loss
from plant.process.parameter import Array
from plant.process.three_state import integrate

STATES = ("p_bh", "p_wh", "q")
WELL = ThreeStateWell()


@cache
def rest(f: float, z: float, p_m: float) -> Array:
    """Bottomhole pressure, wellhead pressure and rate after 2,000 s at constant inputs [Pa, Pa, m³/s]."""
    start = np.array([[8e6], [2e6], [0.011]])
    return integrate(start, np.array([f]), np.array([z]), np.array([p_m]), steps=4000, dt=0.5)[:, 0]


def steady_state(of: str, f: float, z: float, p_m: float) -> float:
    """One of the states at rest, by its name."""
    return float(rest(f, z, p_m)[STATES.index(of)])


def viscosity_factor(of: str, mu: float) -> float:
    """The benchmark's factor of head, rate or power."""
    return factors(mu)[("head", "rate", "power").index(of)]


def published_friction(f: float, z: float, p_m: float) -> float:
    """Friction of casing and tubing by the benchmark's formula, at rest [Pa]."""
    return float(friction(rest(f, z, p_m)[2], WELL.L_1 + WELL.L_2, WELL))


def consistent_friction(f: float, z: float, p_m: float) -> float:
    """Friction of the same pipes with the area in the Reynolds number, by the factor that our wells use [Pa]."""
    return float(friction_loss(rest(f, z, p_m)[2], WELL.L_1 + WELL.L_2, WELL.D, WELL.rho, WELL.mu))


def fastest_rate(f: float, z: float, p_m: float) -> float:
    """Size of the fastest eigenvalue at rest, by differences [1/s]."""
    state = rest(f, z, p_m)
    step = 1e-5 * state
    columns = [
        (derivative(state + h, f, z, p_m, WELL) - derivative(state - h, f, z, p_m, WELL)) / (2.0 * h.sum())
        for h in np.diag(step)
    ]
    return float(np.abs(np.linalg.eigvals(np.stack(columns, axis=1))).max())
