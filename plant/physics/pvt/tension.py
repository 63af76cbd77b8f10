"""Surface tension between oil or water and gas: how readily bubbles and drops form."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.unit import psi

DYNE_CM = 1e-3  # [N/m]
LEAST = 1.0  # dyn/cm, kept where the correlations would reach zero or less


def baker_swerdloff(p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    r"""Tension between oil and gas, by pressure.

    .. math::

        \sigma_{68} = 39 - 0.2571\,API, \quad \sigma_{100} = 37.5 - 0.2571\,API, \quad
        \sigma = \sigma_T (1 - 0.024\,p^{0.45}) \quad \text{(dyn/cm, psi)}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature; between 68 and 100 °F in a straight line, outside as at the nearer. [Pa, K]
    gamma_o : array_like
        Gravity of the oil (water is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Reaches nothing at 27 MPa, where the oil is miscible [1]_; held at 1 mN/m.

    Examples
    --------
    >>> round(float(baker_swerdloff(0.0, 293.15, 0.85)) * 1e3, 3)
    30.009

    References
    ----------
    .. [1] O. Baker, W. Swerdloff, Oil Gas J., Jan. 2, 1956, p. 125.
    """
    within(p=p, T=T, gamma_o=gamma_o)
    dead = np.interp(fahrenheit(T), [68.0, 100.0], [39.0, 37.5]) - 0.2571 * api_gravity(gamma_o)
    return np.maximum(dead * (1.0 - 0.024 * (np.asarray(p) / psi) ** 0.45), LEAST) * DYNE_CM


def abdul_majeed(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    r"""Tension between oil and gas, by the gas dissolved.

    .. math::

        \sigma = (1.17013 - 1.694 \cdot 10^{-3} T)(38.085 - 0.259\,API)
        (0.056379 + 0.94362\,e^{-3.8491 \cdot 10^{-3} R_s}) \quad \text{(dyn/cm, °F, scf/stb)}

    Parameters
    ----------
    R_s : array_like
        Dissolved gas, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o : array_like
        Gravity of the oil (water is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    42 crudes, 118 live-oil points [1]_; held at 1 mN/m.

    Examples
    --------
    >>> round(float(abdul_majeed(0.0, 310.93, 0.85)) * 1e3, 2)
    29.05

    References
    ----------
    .. [1] G. H. Abdul-Majeed, N. B. Abu Al-Soof, J. Pet. Sci. Eng. 27, 2000, p. 197.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o)
    dead = (1.17013 - 1.694e-3 * fahrenheit(T)) * (38.085 - 0.259 * api_gravity(gamma_o))
    live = 0.056379 + 0.94362 * np.exp(-3.8491e-3 * np.asarray(R_s) / SCF_STB)
    return np.maximum(dead * live, LEAST) * DYNE_CM


def hough(p: ArrayLike, T: ArrayLike) -> NDArray[np.float64]:
    r"""Tension between water and gas, straight between the curves measured at 74 and 280 °F.

    .. math:: \sigma_{74} = 75 - 1.108\,p^{0.349}, \quad \sigma_{280} = 53 - 0.1048\,p^{0.637}
        \quad \text{(dyn/cm, psi)}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Fits, as used in flow correlations, of methane against water [1]_; held at 1 mN/m.

    Examples
    --------
    >>> round(float(hough(0.0, 296.483)) * 1e3, 2)
    75.0

    References
    ----------
    .. [1] E. W. Hough, M. J. Rzasa, B. B. Wood, Trans. AIME 192, 1951, p. 57.
    """
    within(p=p, T=T)
    p_psi = np.asarray(p) / psi
    cool, hot = 75.0 - 1.108 * p_psi**0.349, 53.0 - 0.1048 * p_psi**0.637
    share = np.clip((fahrenheit(T) - 74.0) / (280.0 - 74.0), 0.0, 1.0)
    return np.maximum(cool + (hot - cool) * share, LEAST) * DYNE_CM
