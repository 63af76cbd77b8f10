"""Liquid through a restriction: the square root of the pressure drop, made smooth where it vanishes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SMALL_DROP = 2e4  # below it the root becomes a straight line, for its slope at rest is infinite [Pa]
NOMINAL_DISCHARGE = 0.75  # discharge coefficient of a bean choke on liquid


def choke_coefficient(
    diameter: ArrayLike, rho: ArrayLike, discharge: ArrayLike = NOMINAL_DISCHARGE
) -> NDArray[np.float64]:
    r"""Flow coefficient of a bean.

    .. math:: C = C_d \frac{\pi d^2}{4} \sqrt{2/\rho}

    Parameters
    ----------
    diameter : array_like
        Of the bean. [m]
    rho : array_like
        Density. [kg/m³]
    discharge : array_like
        Discharge coefficient. [-]

    Examples
    --------
    >>> round(float(choke_coefficient(0.01, 1000.0)) * 1e6, 3)
    2.634
    """
    return discharge * 0.25 * np.pi * np.asarray(diameter, float) ** 2 * np.sqrt(2.0 / np.asarray(rho))


def choke_rate(dp: ArrayLike, coefficient: ArrayLike, small: float = SMALL_DROP) -> NDArray[np.float64]:
    r"""Rate through a restriction, odd in the pressure drop.

    .. math:: q = C \frac{\Delta p}{(\Delta p^2 + \delta^2)^{1/4}}

    Parameters
    ----------
    dp : array_like
        Pressure before less pressure behind, of either sign. [Pa]
    coefficient : array_like
        Flow coefficient at the present opening. [m³/s/√Pa]
    small : float
        Pressure drop :math:`\delta` under which the flow is taken as linear. [Pa]

    Notes
    -----
    Within 0.1 % of :math:`C\sqrt{\Delta p}` above :math:`16\,\delta`.

    Examples
    --------
    >>> round(float(choke_rate(1e6, 2e-5)), 5)
    0.02
    """
    dp = np.asarray(dp, float)
    return coefficient * dp / np.sqrt(np.sqrt(dp * dp + small * small))


def choke_slope(dp: ArrayLike, coefficient: ArrayLike, small: float = SMALL_DROP) -> NDArray[np.float64]:
    r"""Change of :func:`choke_rate` with the pressure drop.

    .. math:: \frac{dq}{d\Delta p} = C \frac{\Delta p^2/2 + \delta^2}{(\Delta p^2 + \delta^2)^{5/4}}

    Parameters
    ----------
    dp, coefficient, small : array_like
        As for :func:`choke_rate`. [Pa, m³/s/√Pa, Pa]

    Examples
    --------
    >>> round(float(choke_slope(1e6, 2e-5)) * 1e9, 3)
    10.003
    """
    square = np.square(np.asarray(dp, float))
    total = square + small * small
    return coefficient * (total - 0.5 * square) / (total * np.sqrt(np.sqrt(total)))
