"""A standing column of liquid: the height that a pressure difference amounts to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

G = 9.80665  # standard gravity [m/s²]


def column_height(dp: ArrayLike, rho: ArrayLike) -> NDArray[np.float64]:
    r"""Height of a column of liquid whose weight makes a pressure difference; a pump's head.

    .. math:: h = \Delta p / (\rho g)

    Parameters
    ----------
    dp : array_like
        Pressure difference, of either sign. [Pa]
    rho : array_like
        Density of the liquid, positive. [kg/m³]

    Raises
    ------
    OutOfRange
        If ``rho`` is not positive.

    Examples
    --------
    >>> round(float(column_height(9_806_650.0, 1000.0)), 9)
    1000.0
    """
    rho = np.asarray(rho, float)
    require(rho > 0.0, "rho", rho, "must be positive [kg/m³]")
    return np.asarray(dp, float) / (rho * G)
