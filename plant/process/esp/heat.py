"""How warm a motor and what surrounds it get: the windings, and the liquid and steel that they give their heat to."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import elementwise
from plant.process.esp.row import Array, Parameters, Slow

HEAT_CAPACITY = 3.2e6  # of produced liquid [J/m³/K]
INTAKE_VOLUME = 1.8  # of liquid and steel that warm with it, around the motor [m³]
ROCK_FLOW = 2.5e-4  # liquid that would carry off as much heat from there as the rock takes [m³/s]
FILM_AT_REST, FILM = 60.0, 400.0  # from a motor's housing to liquid at rest, and more by it at 0.3 m/s [W/m²/K]


@elementwise
def warmed(
    o: Slow, q_sc: Array, loss: Array, returned: Array | float, w: Parameters, dt: float
) -> tuple[Array, Array, Array]:
    """Windings and their surroundings after a step, and the heat that went from one to the other [K, K, W].

    ``q_sc`` passes the motor [m³/s] and takes up its ``loss``; ``returned`` comes down from the pump [W]. Solved
    together at the end of the step, so that no step is too long.
    """
    forward = np.maximum(q_sc, 0.0)
    speed = np.abs(q_sc) / w.motor_gap / 0.3
    film = w.motor_area * w.cooling * (FILM_AT_REST + FILM * speed**0.8)
    capacity = HEAT_CAPACITY * INTAKE_VOLUME
    carried, rock = HEAT_CAPACITY * forward, HEAT_CAPACITY * ROCK_FLOW
    cooling = w.q_cooling * w.casing_length / w.tubing_length
    arrived = w.T_pump + (w.T_reservoir - w.T_pump) * np.exp(-cooling / np.maximum(forward, 1e-9))
    own, around = w.motor_capacity / dt + film, capacity / dt + film + carried + rock
    heat = loss + w.motor_capacity / dt * o.T_m
    incoming = capacity / dt * o.T_i + carried * arrived + rock * w.T_pump + returned
    T_i = (incoming + film * heat / own) / (around - film * film / own)
    T_m = (heat + film * T_i) / own
    return T_m, T_i, film * (T_m - T_i)
