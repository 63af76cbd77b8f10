"""Temperature along a flowing well: what the rock takes on the way up, by the rate, the time and the completion.

:mod:`plant.physics.heat` has one rock temperature for a whole conduit; here it varies with depth, as it does in a well.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.column import G
from plant.physics.validity import require

Array = NDArray[np.float64]
LEAST_RATE = 1e-9  # below, a stream has the temperature of the rock [kg/s]


def hasan_kabir_time(t: ArrayLike, diffusivity: ArrayLike, radius: ArrayLike) -> Array:
    r"""Dimensionless temperature of the rock around a well that has flowed for a time.

    .. math:: T_D = \ln\left[e^{-0.2 t_D} + (1.5 - 0.3719 e^{-t_D}) \sqrt{t_D}\right], \quad t_D = \alpha t / r^2

    Parameters
    ----------
    t : array_like
        Time since the well began to flow, not negative. [s]
    diffusivity : array_like
        Of heat in the rock, about 1e-6. [m²/s]
    radius : array_like
        Of the hole. [m]

    Raises
    ------
    OutOfRange
        If the time is negative.

    Notes
    -----
    Within a few per cent of the exact solution for a constant flow of heat at all times [1]_.

    Examples
    --------
    >>> round(float(hasan_kabir_time(30 * 86400.0, 1e-6, 0.1)), 3)
    3.184

    References
    ----------
    .. [1] A. R. Hasan, C. S. Kabir, SPE Prod. Facil. 27(5), 2012 (SPE-136860).
    """
    t = np.asarray(t, float)
    require(t >= 0.0, "t", t, "must not be negative [s]")
    t_d = t * diffusivity / np.square(radius)
    return np.log(np.exp(-0.2 * t_d) + (1.5 - 0.3719 * np.exp(-t_d)) * np.sqrt(t_d))


def ramey_time(t: ArrayLike, diffusivity: ArrayLike, radius: ArrayLike) -> Array:
    r"""Dimensionless temperature of the rock by Ramey's line source, for wells that have flowed a week or more.

    .. math:: f(t) = -\ln \frac{r}{2 \sqrt{\alpha t}} - 0.290

    Parameters
    ----------
    t : array_like
        Time since the well began to flow, positive. [s]
    diffusivity : array_like
        Of heat in the rock. [m²/s]
    radius : array_like
        Of the hole. [m]

    Raises
    ------
    OutOfRange
        If the time is below :math:`r^2 / \alpha`, hours for a hole: the formula would soon have heat flow uphill.

    Examples
    --------
    >>> round(float(ramey_time(30 * 86400.0, 1e-6, 0.1)), 3)
    3.182

    References
    ----------
    .. [1] H. J. Ramey, J. Pet. Technol. 14(4), 1962, p. 427.
    """
    t = np.asarray(t, float)
    require(t * diffusivity > np.square(radius), "t", t, "must exceed r²/α [s]")
    return -np.log(np.asarray(radius) / (2.0 * np.sqrt(t * diffusivity))) - 0.290


def relaxation_length(
    w: ArrayLike, c_p: ArrayLike, radius: ArrayLike, U: ArrayLike, k_rock: ArrayLike, T_D: ArrayLike
) -> Array:
    r"""Length of well over which 1/e of the difference from the rock's temperature is left.

    .. math:: A = \frac{w c_p}{2 \pi} \left(\frac{1}{r U} + \frac{T_D}{k}\right)

    Parameters
    ----------
    w : array_like
        Mass rate, not negative. [kg/s]
    c_p : array_like
        Heat capacity of the stream. [J/kg/K]
    radius : array_like
        That to which U refers. [m]
    U : array_like
        Heat transfer coefficient from the stream to the hole's wall, positive. [W/m²/K]
    k_rock : array_like
        Conductivity of the rock. [W/m/K]
    T_D : array_like
        Of the rock, by :func:`hasan_kabir_time` or :func:`ramey_time`. [-]

    Raises
    ------
    OutOfRange
        If the rate is negative: take its size, and the stations in the direction of flow. If ``U`` is not positive.

    Examples
    --------
    >>> round(float(relaxation_length(2.0, 3000.0, 0.05, 20.0, 2.3, 3.2)))
    2284

    References
    ----------
    .. [1] H. J. Ramey, J. Pet. Technol. 14(4), 1962, p. 427.
    """
    w = np.asarray(w, float)
    require(w >= 0.0, "w", w, "must not be negative [kg/s]")
    require(np.asarray(U) > 0.0, "U", U, "must be positive [W/m²/K]")
    resistance = 1.0 / (np.asarray(radius) * U) + np.asarray(T_D) / k_rock
    return np.maximum(w, LEAST_RATE) * c_p / (2.0 * np.pi) * resistance


def flowing_temperature(
    T_in: ArrayLike, T_rock: ArrayLike, length: ArrayLike, relaxation: ArrayLike, cooling: ArrayLike = 0.0
) -> Array:
    r"""Temperature at the stations along a stream, from where it enters.

    .. math::

        T_{i+1} = T_{r,i+1} + (T_i - T_{r,i})\,e^{-L/A} - A (1 - e^{-L/A}) \left(\frac{\Delta T_r}{L} + \phi\right)

    Parameters
    ----------
    T_in : array_like, shape (...)
        Where the stream enters. [K]
    T_rock : array_like, shape (n + 1, ...)
        Undisturbed, at the stations, in the direction of flow. [K]
    length : array_like, shape (n, ...)
        Between stations. [m]
    relaxation : array_like
        Length A by :func:`relaxation_length`, one a stream or one a cell. [m]
    cooling : array_like
        By lifting and expansion, :func:`lifting_cooling`, one a stream or one a cell. [K/m]

    Notes
    -----
    Exact where the rock's temperature is straight between stations: Ramey's solution taken cell by cell, so it does
    not depend on how finely the well is divided.

    Examples
    --------
    >>> T = flowing_temperature(360.0, [360.0, 330.0, 300.0], [1000.0, 1000.0], 2000.0)
    >>> [round(float(x), 2) for x in T]
    [360.0, 353.61, 337.93]

    References
    ----------
    .. [1] H. J. Ramey, J. Pet. Technol. 14(4), 1962, p. 427.
    .. [2] A. R. Hasan, C. S. Kabir, X. Wang, SPE Prod. Facil. 24(2), 2009, p. 269 (SPE-109765).
    """
    T_rock, length = np.asarray(T_rock, float), np.asarray(length, float)
    relaxation, cooling = (
        np.broadcast_to(x, np.broadcast_shapes(np.shape(x), length.shape))
        for x in (np.asarray(relaxation, float), np.asarray(cooling, float))
    )
    kept = np.exp(-length / relaxation)
    shift = relaxation * (1.0 - kept) * (np.diff(T_rock, axis=0) / length + cooling)
    above = np.asarray(T_in, float) - T_rock[0]
    temperatures = [T_rock[0] + above]
    for i in range(len(length)):
        above = above * kept[i] - shift[i]
        temperatures.append(T_rock[i + 1] + above)
    return np.stack(np.broadcast_arrays(*temperatures))


def lifting_cooling(angle: ArrayLike, c_p: ArrayLike, expansion: ArrayLike = 0.0) -> Array:
    r"""What a stream cools per length because it is lifted and expands.

    .. math:: \phi = g \sin\theta / c_p - \mu_{JT}\,dp/dL

    Parameters
    ----------
    angle : array_like
        Of the flow above the horizontal. [rad]
    c_p : array_like
        Heat capacity of the stream. [J/kg/K]
    expansion : array_like
        Joule–Thomson coefficient times the pressure lost per length: positive for gas that expands. [K/m]

    Examples
    --------
    >>> round(float(lifting_cooling(np.pi / 2, 2000.0)), 5)
    0.0049

    References
    ----------
    .. [1] A. R. Hasan, C. S. Kabir, X. Wang, SPE Prod. Facil. 24(2), 2009, p. 269 (SPE-109765).
    """
    return G * np.sin(angle) / np.asarray(c_p, float) + expansion
