"""Drops that fall out of gas, and out of oil, in the time a vessel gives them.

Gas too fast for its drops carries them over; liquid that stays too briefly keeps the other liquid's drops. Both
follow from the same thought: the drop that just settles divides the spray in two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import choose, elementwise
from plant.physics.validity import require

G = 9.80665
DRAG = 0.44  # of a drop in turbulent gas, Newton's law
SPREAD = 2.6  # Rosin–Rammler exponent of a spray
LEAST_RATE = 1e-300  # that may divide [m³/s]
K_DEMISTER = 0.107  # 0.35 ft/s, horizontal or vertical with a wire mesh [m/s]


def souders_brown_speed(rho_l: ArrayLike, rho_g: ArrayLike, K: ArrayLike = K_DEMISTER) -> NDArray[np.float64]:
    r"""Greatest speed of gas that lets its drops fall, by Souders and Brown.

    .. math:: v_{max} = K \sqrt{(\rho_L - \rho_g)/\rho_g}

    Parameters
    ----------
    rho_l, rho_g : array_like
        Densities of liquid and gas. [kg/m³]
    K : array_like
        Constant of the vessel: 0.107 with a wire mesh, 0.05 without. [m/s]

    Raises
    ------
    OutOfRange
        If ``rho_g`` is not above 0 and below ``rho_l``.

    Notes
    -----
    K falls with pressure, by 0.003 m/s for each 0.7 MPa above 0.7 MPa [1]_.

    Examples
    --------
    >>> round(float(souders_brown_speed(850.0, 8.5)), 4)
    1.0646

    References
    ----------
    .. [1] M. Souders, G. G. Brown, Ind. Eng. Chem. 26(1), 1934, p. 98; GPSA Engineering Data Book, sec. 7.
    """
    rho_l, rho_g = np.asarray(rho_l, float), np.asarray(rho_g, float)
    require((rho_g > 0.0) & (rho_g < rho_l), "rho_g", rho_g, "must be above 0 and below the liquid's density [kg/m³]")
    return K * np.sqrt((rho_l - rho_g) / rho_g)


@elementwise
def floating_drop(v: ArrayLike, rho_l: ArrayLike, rho_g: ArrayLike) -> NDArray[np.float64]:
    r"""Diameter of the drop that a rising gas just carries, by Newton's drag.

    .. math:: d = \frac{3 C_D \rho_g v^2}{4 g (\rho_L - \rho_g)}

    Parameters
    ----------
    v : array_like
        Speed of the gas. [m/s]
    rho_l, rho_g : array_like
        Densities of liquid and gas. [kg/m³]

    Notes
    -----
    At the speed of :func:`souders_brown_speed` it is :math:`3 C_D K^2 / 4g` whatever the densities: the constant
    names a drop.

    Examples
    --------
    >>> round(float(floating_drop(souders_brown_speed(850.0, 8.5), 850.0, 8.5)) * 1e6)
    385
    """
    rho_g = np.asarray(rho_g, float)
    return 0.75 * DRAG * rho_g * np.square(v) / (G * (np.asarray(rho_l) - rho_g))


@elementwise
def stokes_drop(t: ArrayLike, height: ArrayLike, mu: ArrayLike, d_rho: ArrayLike) -> NDArray[np.float64]:
    r"""Diameter of the drop that just crosses a layer of the other liquid in a time, by Stokes.

    .. math:: d = \sqrt{\frac{18 \mu h}{g\,|\Delta\rho|\,t}}

    Parameters
    ----------
    t : array_like
        Residence time, positive. [s]
    height : array_like
        Of the layer. [m]
    mu : array_like
        Viscosity of the layer. [Pa·s]
    d_rho : array_like
        Difference of the densities, of either sign, not 0. [kg/m³]

    Raises
    ------
    OutOfRange
        If ``t`` is not positive or ``d_rho`` is 0.

    Examples
    --------
    >>> round(float(stokes_drop(180.0, 0.5, 0.01, 150.0)) * 1e6)
    583
    """
    t, d_rho = np.asarray(t, float), np.abs(d_rho)
    require(t > 0.0, "t", t, "must be positive [s]")
    require(d_rho > 0.0, "d_rho", d_rho, "must not vanish: liquids of one density do not part [kg/m³]")
    return np.sqrt(18.0 * np.asarray(mu) * height / (G * d_rho * t))


@elementwise
def share_of_smaller(d: ArrayLike, d_50: ArrayLike, spread: ArrayLike = SPREAD) -> NDArray[np.float64]:
    r"""Mass share of a spray in drops smaller than a diameter, by Rosin and Rammler.

    .. math:: s = 1 - 2^{-(d/d_{50})^m}

    Parameters
    ----------
    d : array_like
        Diameter of the drop that just settles. [m]
    d_50 : array_like
        Diameter below which half the mass lies. [m]
    spread : array_like
        Exponent m: the larger, the more alike the drops. [-]

    Raises
    ------
    OutOfRange
        If ``d`` is negative or ``d_50`` not positive.

    Notes
    -----
    Of the liquid the gas has torn off, this share is carried over; of the water that came in as drops, this share
    leaves with the oil.

    Examples
    --------
    >>> float(share_of_smaller(200e-6, 200e-6))
    0.5

    References
    ----------
    .. [1] P. Rosin, E. Rammler, J. Inst. Fuel 7, 1933, p. 29.
    """
    d, d_50 = np.asarray(d, float), np.asarray(d_50, float)
    require(d >= 0.0, "d", d, "must not be negative [m]")
    require(d_50 > 0.0, "d_50", d_50, "must be positive [m]")
    return -np.expm1(-np.log(2.0) * (d / d_50) ** spread)


@elementwise
def residence_time(volume: ArrayLike, q: ArrayLike) -> NDArray[np.float64]:
    r"""Time a liquid stays in its compartment.

    .. math:: t = V / q

    Parameters
    ----------
    volume : array_like
        Filled. [m³]
    q : array_like
        Rate; infinite time where none flows. [m³/s]

    Examples
    --------
    >>> residence_time(6.0, [0.05, 0.0]).tolist()
    [120.0, inf]
    """
    q = np.asarray(q, float)
    return choose(q > 0.0, np.asarray(volume, float) / np.maximum(q, LEAST_RATE), np.inf)
