"""Friction of turbulent flow by Colebrook's equation, solved: what correlations of multiphase flow were fitted with."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.friction import LAMINAR_END, LEAST_REYNOLDS, TURBULENT_START

HALF_LN_10 = 0.5 * np.log(10.0)
ROUGH = HALF_LN_10 / (3.7 * 2.51)  # of Re times roughness
SMOOTH = -np.log(HALF_LN_10 / 2.51)  # of ln Re


def colebrook_factor(re: ArrayLike, relative_roughness: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Darcy friction factor by Colebrook's equation, laminar and straight in between below it.

    .. math:: f^{-1/2} = -2 \log_{10} \left[ \frac{\epsilon}{3.7 D} + \frac{2.51}{Re \sqrt f} \right]

    Parameters
    ----------
    re : array_like
        Reynolds number, not negative. [-]
    relative_roughness : array_like
        Roughness over diameter. [-]

    Notes
    -----
    Solved by two steps of a quartic iteration, which leaves about 1e-15 [1]_; 64/Re below 2300, straight up to 4000.

    Examples
    --------
    >>> round(float(colebrook_factor(15000.0, 0.002)), 4)
    0.0313

    References
    ----------
    .. [1] D. Clamond, Ind. Eng. Chem. Res. 48(7), 2009, p. 3665.
    """
    re = np.maximum(re, LEAST_REYNOLDS)
    turbulent = turbulent_factor(np.maximum(re, TURBULENT_START), relative_roughness)
    if np.min(re, initial=np.inf) >= TURBULENT_START:
        return turbulent
    laminar = 64.0 / np.minimum(re, LAMINAR_END)
    share = np.clip((re - LAMINAR_END) / (TURBULENT_START - LAMINAR_END), 0.0, 1.0)
    return laminar + (turbulent - laminar) * share


def turbulent_factor(re: ArrayLike, relative_roughness: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Darcy friction factor by Colebrook's equation alone.

    .. math:: F + \ln(X_1 + F) = X_2, \quad f = (\tfrac12 \ln 10 / F)^2

    Parameters
    ----------
    re : array_like
        Reynolds number, at least 4000. [-]
    relative_roughness : array_like
        Roughness over diameter. [-]

    Examples
    --------
    >>> round(float(turbulent_factor(1e7, 0.02)), 4)
    0.0486
    """
    x_1 = ROUGH * np.asarray(re) * relative_roughness
    x_2 = np.log(re) - SMOOTH
    f = x_2 - 0.2
    for _ in range(2):
        total = x_1 + f
        error = (np.log(total) + f - x_2) / (1.0 + total)
        f = f - (1.0 + total + 0.5 * error) * error * total / (1.0 + total + error * (1.0 + error / 3.0))
    return (HALF_LN_10 / f) ** 2
