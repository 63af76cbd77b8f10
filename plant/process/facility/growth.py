"""How fast hydrate closes a cold line, and wax narrows one whose wall is colder than its appearance."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.physics.fluid import oil_viscosity
from plant.physics.hydrate import MOLAR_MASS, molar_depression, towler_mokhatab_temperature
from plant.physics.wax import deposit_growth, hayduk_minhas_diffusivity, wall_temperature
from plant.process.facility.row import LineKind
from plant.process.parameter import Array

GAS_GRAVITY = 0.65
METHANOL = MOLAR_MASS["methanol"]
LEAST_PRESSURE = 1e5  # [Pa]
# Hydrate closes a line that is 5 K below its curve in an hour, and goes as fast when warmed: an order that pilot
# loops and field plugs show, not a kinetic law.
HYDRATE_RATE = 2e-4  # share of the open bore per subcooling [1/s/K]
FILM = 200.0  # heat transfer of the oil's film at the wall [W/m²/K]
OIL_CONDUCTIVITY = 0.13  # [W/m/K]
MELTING_TIME = 6 * 3600.0  # of a wax layer on a wall that is warm again [s]


@elementwise
def frozen(hydrate: Array, k: LineKind, dt: float, T: Array, p: Array) -> Array:
    """Share of the bore that hydrate takes ``dt`` later [s] in a stream of this temperature and pressure."""
    inhibitor = np.minimum(np.maximum(k.inhibitor, 0.0), 0.5)
    freezing = towler_mokhatab_temperature(np.maximum(p, LEAST_PRESSURE), GAS_GRAVITY)
    margin = T - freezing + molar_depression(inhibitor, METHANOL)
    grown = hydrate + (1.0 - hydrate) * -np.expm1(-HYDRATE_RATE * dt * np.maximum(-margin, 0.0))
    return grown * np.exp(-HYDRATE_RATE * dt * np.maximum(margin, 0.0))


@elementwise
def waxed(wax: Array, k: LineKind, dt: float, T: Array) -> Array:
    """Thickness of the wax ``dt`` later [m]."""
    outside, transfer = k.surroundings - k.chill, np.minimum(k.heat_transfer + k.heat_loss, FILM)
    wall = wall_temperature(T, outside, transfer, FILM)
    diffusivity = hayduk_minhas_diffusivity(wall, oil_viscosity(wall, k.oil_viscosity))
    film = OIL_CONDUCTIVITY / FILM
    growth = deposit_growth(T, wall, k.wax_temperature, k.wax_content, diffusivity, film)
    thickness = np.minimum(wax + growth * dt, 0.45 * k.diameter)
    return thickness * choose(wall > k.wax_temperature, np.exp(-dt / MELTING_TIME), 1.0)
