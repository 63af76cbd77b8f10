"""Friction in a full pipe, from creeping to turbulent flow in one smooth formula."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise

LEAST_REYNOLDS = 1e-6  # below, 64/Re is taken as that of this number: the product with the rate still vanishes


@elementwise
def churchill_factor(re: ArrayLike, relative_roughness: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Darcy friction factor by Churchill's formula for all flow regimes.

    .. math::

        f = 8 \left[ (8/Re)^{12} + (A + B)^{-3/2} \right]^{1/12}, \quad
        A = \left[ 2.457 \ln \frac{1}{(7/Re)^{0.9} + 0.27\,\epsilon/D} \right]^{16}, \quad
        B = (37530/Re)^{16}

    Parameters
    ----------
    re : array_like
        Reynolds number, not negative. [-]
    relative_roughness : array_like
        Roughness over diameter. [-]

    Notes
    -----
    64/Re when laminar; within a few per cent of Colebrook's when turbulent [1]_.

    Examples
    --------
    >>> round(float(churchill_factor(1000.0)), 4)
    0.064

    References
    ----------
    .. [1] S. W. Churchill, Chem. Eng. 84(24), 1977, p. 91.
    """
    inverse = 1.0 / np.maximum(re, LEAST_REYNOLDS)
    log_term = -2.457 * np.log(np.exp(0.9 * np.log(7.0 * inverse)) + 0.27 * np.asarray(relative_roughness))
    blend = _sixteenth_power(log_term) + _sixteenth_power(37530.0 * inverse)
    laminar = _twelfth_power(8.0 * inverse)
    return 8.0 * (laminar + 1.0 / (blend * np.sqrt(blend))) ** (1.0 / 12.0)


@elementwise
def friction_slope(
    q: ArrayLike, length: ArrayLike, diameter: ArrayLike, rho: ArrayLike, mu: ArrayLike, roughness: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Pressure lost to friction per rate: the loss is this times the rate, with the rate's sign.

    .. math:: k = f \frac{\rho L |v|}{2 D A}, \quad \Delta p = k\,q

    Parameters
    ----------
    q : array_like
        Rate, of either sign. [m³/s]
    length, diameter : array_like
        Of the pipe. [m]
    rho : array_like
        Density. [kg/m³]
    mu : array_like
        Viscosity. [Pa·s]
    roughness : array_like
        Of the wall. [m]

    Notes
    -----
    Finite at rest, where it is Poiseuille's :math:`128 \mu L / (\pi D^4)`.

    Examples
    --------
    >>> import math
    >>> k = float(friction_slope(1e-9, 100.0, 0.1, 1000.0, 1e-3))
    >>> round(k / (128 * 1e-3 * 100.0 / (math.pi * 0.1**4)), 6)
    1.0
    """
    diameter = np.asarray(diameter, float)
    area = 0.25 * np.pi * diameter**2
    per_reynolds = np.asarray(mu) / (rho * diameter)
    speed = np.maximum(np.abs(q) / area, LEAST_REYNOLDS * per_reynolds)
    factor = churchill_factor(speed / per_reynolds, roughness / diameter)
    return factor * rho * length * speed / (2.0 * diameter * area)


def friction_loss(
    q: ArrayLike, length: ArrayLike, diameter: ArrayLike, rho: ArrayLike, mu: ArrayLike, roughness: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Pressure lost to friction along a pipe; negative where the flow is.

    .. math:: \Delta p = f \frac{L}{D} \frac{\rho v |v|}{2}

    Parameters
    ----------
    q, length, diameter, rho, mu, roughness : array_like
        As for :func:`friction_slope`. [m³/s, m, m, kg/m³, Pa·s, m]

    Examples
    --------
    >>> float(friction_loss(0.0, 100.0, 0.1, 1000.0, 1e-3))
    0.0
    """
    return friction_slope(q, length, diameter, rho, mu, roughness) * q


@elementwise
def _twelfth_power(x: NDArray[np.float64]) -> NDArray[np.float64]:
    fourth = x * x
    fourth *= fourth
    return fourth * fourth * fourth  # several times faster than x**12


@elementwise
def _sixteenth_power(x: NDArray[np.float64]) -> NDArray[np.float64]:
    fourth = x * x
    fourth *= fourth
    eighth = fourth * fourth
    return eighth * eighth


LAMINAR_END, TURBULENT_START = 2300.0, 4000.0  # Reynolds numbers


def haaland_factor(re: ArrayLike, relative_roughness: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Darcy friction factor by Haaland's formula, laminar and straight in between below it.

    .. math:: f^{-1/2} = -1.8 \log_{10} \left[ (\epsilon / 3.7 D)^{1.11} + 6.9 / Re \right]

    Parameters
    ----------
    re : array_like
        Reynolds number, not negative. [-]
    relative_roughness : array_like
        Roughness over diameter. [-]

    Notes
    -----
    Within 2 % of Colebrook's above Re 4000 [1]_; 64/Re below 2300.

    Examples
    --------
    >>> round(float(haaland_factor(15000.0, 0.002)), 4)
    0.031

    References
    ----------
    .. [1] S. E. Haaland, J. Fluids Eng. 105(1), 1983, p. 89.
    """
    re = np.maximum(re, LEAST_REYNOLDS)
    rough = (np.asarray(relative_roughness) / 3.7) ** 1.11
    turbulent = (-1.8 * np.log10(rough + 6.9 / np.maximum(re, TURBULENT_START))) ** -2
    laminar = 64.0 / np.minimum(re, LAMINAR_END)
    share = np.clip((re - LAMINAR_END) / (TURBULENT_START - LAMINAR_END), 0.0, 1.0)
    return laminar + (turbulent - laminar) * share


def haaland_loss(
    q: ArrayLike, length: ArrayLike, diameter: ArrayLike, rho: ArrayLike, mu: ArrayLike, roughness: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Pressure lost to friction along a pipe by Haaland's factor; negative where the flow is.

    .. math:: \Delta p = f \frac{L}{D} \frac{\rho v |v|}{2}

    Parameters
    ----------
    q, length, diameter, rho, mu, roughness : array_like
        As for :func:`friction_slope`. [m³/s, m, m, kg/m³, Pa·s, m]

    Examples
    --------
    >>> float(haaland_loss(0.0, 100.0, 0.1, 1000.0, 1e-3))
    0.0
    """
    diameter = np.asarray(diameter, float)
    speed = np.asarray(q) / (0.25 * np.pi * diameter**2)
    factor = haaland_factor(np.abs(speed) * rho * diameter / mu, roughness / diameter)
    return factor * length / diameter * 0.5 * rho * speed * np.abs(speed)
