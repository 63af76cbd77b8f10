"""The border to the units in which these correlations were published: psi, degrees Fahrenheit, API gravity."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.unit import bbl, foot

SCF_STB = foot**3 / bbl  # m³/m³ in one scf/stb
RANKINE = 1.8  # °R in one kelvin
FAHRENHEIT_ZERO = 459.67  # °R at 0 °F


@elementwise
def fahrenheit(T: ArrayLike) -> NDArray[np.float64]:
    """Temperature in °F.

    >>> round(float(fahrenheit(288.15)), 2)
    59.0
    """
    return RANKINE * np.asarray(T, float) - FAHRENHEIT_ZERO


@elementwise
def api_gravity(gamma_o: ArrayLike) -> NDArray[np.float64]:
    """API gravity of an oil, from its density over that of water.

    >>> float(api_gravity(1.0))
    10.0
    """
    return 141.5 / np.asarray(gamma_o, float) - 131.5


def oil_gravity(api: ArrayLike) -> NDArray[np.float64]:
    """Density of an oil over that of water, from its API gravity.

    >>> float(oil_gravity(10.0))
    1.0
    """
    return 141.5 / (np.asarray(api, float) + 131.5)
