"""Heat along a well: what the rock takes from the flow, and what the flow takes from the motor."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require


def geothermal_temperature(tvd: ArrayLike, T_surface: ArrayLike, gradient: ArrayLike) -> NDArray[np.float64]:
    r"""Undisturbed temperature of the rock.

    .. math:: T = T_s + g_T z

    Parameters
    ----------
    tvd : array_like
        True vertical depth. [m]
    T_surface : array_like
        At the surface or the sea floor. [K]
    gradient : array_like
        Geothermal gradient. [K/m]

    Examples
    --------
    >>> float(geothermal_temperature(1000.0, 285.0, 0.035))
    320.0
    """
    return T_surface + np.asarray(gradient) * tvd


def arriving_temperature(q: ArrayLike, T_in: ArrayLike, T_rock: ArrayLike, q_cooling: ArrayLike) -> NDArray[np.float64]:
    r"""Temperature at which a stream leaves a conduit that loses heat to its surroundings.

    .. math:: T = T_{rock} + (T_{in} - T_{rock}) \exp(-q_c / q)

    Parameters
    ----------
    q : array_like
        Rate; none or backflow brings no heat. [m³/s]
    T_in : array_like
        Where the stream enters. [K]
    T_rock : array_like
        Around the conduit's end. [K]
    q_cooling : array_like
        Rate :math:`q_c = U \pi D L / (\rho c)` at which 1/e of the heat arrives. [m³/s]

    Notes
    -----
    Ramey's solution [1]_ with one rock temperature for the whole conduit, so that one number, found
    from one measured arrival, describes a well.

    Examples
    --------
    >>> float(arriving_temperature(0.0, 340.0, 285.0, 1e-3))
    285.0

    References
    ----------
    .. [1] H. J. Ramey, J. Pet. Technol. 14(4), 1962, p. 427.
    """
    share = np.exp(-np.asarray(q_cooling) / np.maximum(q, 1e-12))
    return T_rock + (np.asarray(T_in) - T_rock) * share


def cooling_rate(q: ArrayLike, T_arriving: ArrayLike, T_in: ArrayLike, T_rock: ArrayLike) -> NDArray[np.float64]:
    r"""The cooling rate of :func:`arriving_temperature` that a measured arrival implies.

    .. math:: q_c = -q \ln \frac{T - T_{rock}}{T_{in} - T_{rock}}

    Parameters
    ----------
    q : array_like
        Measured rate. [m³/s]
    T_arriving, T_in, T_rock : array_like
        As for :func:`arriving_temperature`. [K]

    Raises
    ------
    OutOfRange
        If ``T_arriving`` is not between ``T_rock``, which no rate reaches, and ``T_in``.

    Examples
    --------
    >>> q_c = cooling_rate(2e-3, 320.0, 340.0, 285.0)
    >>> round(float(arriving_temperature(2e-3, 340.0, 285.0, q_c)), 6)
    320.0
    """
    drop = np.asarray(T_in, float) - T_rock
    left = (np.asarray(T_arriving, float) - T_rock) / np.where(drop == 0.0, np.nan, drop)
    require((left > 0.0) & (left <= 1.0), "T_arriving", T_arriving, "must lie between those of rock and inflow [K]")
    return -np.asarray(q) * np.log(left)


def motor_film(speed: ArrayLike, at_reference: float = 400.0, at_rest: float = 40.0) -> NDArray[np.float64]:
    r"""Heat transfer from a motor's housing to the liquid that passes it.

    .. math:: h = h_0 + h_1 (v / 0.3)^{0.8}

    Parameters
    ----------
    speed : array_like
        Of the liquid past the motor. [m/s]
    at_reference : float
        Coefficient :math:`h_1` at 0.3 m/s, the least speed motors are usually rated for. [W/m²/K]
    at_rest : float
        Coefficient :math:`h_0` of natural convection. [W/m²/K]

    Examples
    --------
    >>> float(motor_film(0.3))
    440.0
    """
    return at_rest + at_reference * (np.abs(speed) / 0.3) ** 0.8
