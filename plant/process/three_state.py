"""Many wells of the published three-state model at once, by plain fourth-order Runge-Kutta.

The peer beside which our own well model's speed is measured, and the check that the model is the
published one.
"""

from __future__ import annotations

from plant.physics.esp_three_state import ThreeStateWell, derivative
from plant.process.parameter import Array

PUBLISHED = ThreeStateWell()


def integrate(
    state: Array, f: Array, z: Array, p_m: Array, *, steps: int, dt: float, well: ThreeStateWell = PUBLISHED
) -> Array:
    """The states, shape (3, n), after ``steps`` steps of ``dt`` [s] at constant inputs."""
    for _ in range(steps):
        state = _step(state, f, z, p_m, dt, well)
    return state


def _step(state: Array, f: Array, z: Array, p_m: Array, dt: float, well: ThreeStateWell) -> Array:
    first = derivative(state, f, z, p_m, well)
    second = derivative(state + 0.5 * dt * first, f, z, p_m, well)
    third = derivative(state + 0.5 * dt * second, f, z, p_m, well)
    fourth = derivative(state + dt * third, f, z, p_m, well)
    return state + dt / 6.0 * (first + 2.0 * second + 2.0 * third + fourth)
