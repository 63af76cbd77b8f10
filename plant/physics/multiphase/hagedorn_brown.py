"""Hagedorn and Brown: vertical tubing, by holdup charts measured in a 1,500 ft well; Griffith for its bubble flow."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.column import G
from plant.physics.elementwise import elementwise
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.single_phase import bounded
from plant.physics.multiphase.stream import LEAST_SPEED, Array, Stream
from plant.unit import atm, foot

B_LEAST, B_MOST = 0.01, 0.09  # ends of the chart of ψ
GRIFFITH_SLIP = 0.8 * foot  # of bubbles [m/s]


def holdup(stream: Stream, diameter: ArrayLike) -> Array:
    r"""Share of the pipe that liquid fills, by the correlation's three charts.

    .. math::

        H_L = \psi(N_{gv} N_l^{0.38} / N_d^{2.14})\; \frac{H_L}{\psi}\left(
        \frac{N_{lv}}{N_{gv}^{0.575}} \left(\frac{p}{p_{atm}}\right)^{0.1} \frac{CN_l(N_l)}{N_d} \right)

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]

    Notes
    -----
    The charts by the rational functions in [2]_; ψ is held at the ends of its chart. Never below the share of the
    liquid in the rate, as the authors' own holdup could be, which they had not measured but inferred [1]_.

    Examples
    --------
    >>> stream = Stream(0.5, 2.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(holdup(stream, 0.062)), 3)
    0.301

    References
    ----------
    .. [1] A. R. Hagedorn, K. E. Brown, J. Pet. Technol. 17(4), 1965, p. 475.
    .. [2] M. J. Economides et al., Petroleum Production Systems, 2nd ed., 2013, ch. 7.
    """
    s = stream
    numbers = (np.asarray(x, float) for x in (s.v_sl, s.v_sg, s.rho_l, s.mu_l, s.sigma, s.p, diameter))
    return charted_holdup(*numbers)


@elementwise
def charted_holdup(
    v_sl: Array, v_sg: Array, rho_l: Array, mu_l: Array, sigma: Array | float, p: Array, diameter: Array
) -> Array:
    """:func:`holdup` of the numbers that it asks of a stream."""
    fourth = (rho_l / (G * sigma)) ** 0.25
    n_lv, n_gv = v_sl * fourth, np.maximum(v_sg, LEAST_SPEED) * fourth
    n_d = diameter * np.sqrt(rho_l * G / sigma)
    n_l = mu_l * (G / (rho_l * sigma**3)) ** 0.25
    h = n_lv / n_gv**0.575 * (p / atm) ** 0.1 * viscosity_chart(n_l) / n_d
    psi = secondary_chart(n_gv * n_l**0.38 / n_d**2.14)
    return np.clip(psi * primary_chart(h), v_sl / np.maximum(v_sl + v_sg, LEAST_SPEED), 1.0)


@elementwise
def viscosity_chart(n_l: ArrayLike) -> Array:
    """The first chart: CN_l of the liquid viscosity number.

    >>> round(float(viscosity_chart(0.1)), 4)
    0.0061
    """
    n_l = np.asarray(n_l, float)
    return 0.0019 + n_l * (0.0505 + n_l * (-0.0929 + n_l * 0.061))


@elementwise
def primary_chart(h: ArrayLike) -> Array:
    """The second chart: holdup over ψ of the holdup group.

    >>> round(float(primary_chart(1e-4)), 3)
    0.334
    """
    h = np.asarray(h, float)
    return np.sqrt((0.0047 + h * (1123.32 + h * 729489.64)) / (1.0 + h * (1097.1566 + h * 722153.97)))


@elementwise
def secondary_chart(b: ArrayLike) -> Array:
    """The third chart: ψ, held at its ends.

    >>> round(float(secondary_chart(0.0)), 2), round(float(secondary_chart(1.0)), 2)
    (1.0, 1.83)
    """
    b = np.clip(b, B_LEAST, B_MOST)
    rise = 1.0886 + b * (-69.9473 + b * (2334.3497 - b * 12896.683))
    return rise / (1.0 + b * (-53.4401 + b * (1517.9369 - b * 8419.8115)))


def is_bubble(stream: Stream, diameter: ArrayLike) -> NDArray[np.bool_]:
    r"""Whether bubbles rise through the liquid, so that Griffith's slip holds and not the charts.

    .. math:: v_{sg} / v_m < \max(1.071 - 0.7277\, v_m^2 / D,\; 0.13)

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]

    Examples
    --------
    >>> bool(is_bubble(Stream(1.0, 0.1, 850.0, 40.0, 2e-3, 1.5e-5, 0.025), 0.062))
    True
    """
    return bubbles_rise(np.asarray(stream.v_sl, float), np.asarray(stream.v_sg, float), np.asarray(diameter, float))


@elementwise
def bubbles_rise(v_sl: Array, v_sg: Array, diameter: Array) -> NDArray[np.bool_]:
    """:func:`is_bubble` of the numbers that it asks of a stream."""
    v_m = np.maximum(v_sl + v_sg, LEAST_SPEED)
    return v_sg / v_m < np.maximum(1.071 - 0.2218 / foot * v_m**2 / diameter, 0.13)


def griffith_holdup(stream: Stream) -> Array:
    r"""Share of the pipe that liquid fills when bubbles rise 0.8 ft/s faster than it.

    .. math:: H_L = 1 - \tfrac12 \left[1 + v_m / v_s - \sqrt{(1 + v_m / v_s)^2 - 4 v_{sg} / v_s}\right]

    Parameters
    ----------
    stream : Stream
        Gas and liquid.

    Notes
    -----
    Measured on air and water rising in vertical pipe [1]_.

    Examples
    --------
    >>> float(griffith_holdup(Stream(1.0, 0.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025)))
    1.0

    References
    ----------
    .. [1] P. Griffith, G. B. Wallis, J. Heat Transfer 83(3), 1961, p. 307.
    """
    return slipping_holdup(np.asarray(stream.v_sl, float), np.asarray(stream.v_sg, float))


@elementwise
def slipping_holdup(v_sl: Array, v_sg: Array) -> Array:
    """:func:`griffith_holdup` of the numbers that it asks of a stream."""
    total = 1.0 + np.maximum(v_sl + v_sg, LEAST_SPEED) / GRIFFITH_SLIP
    return 1.0 - 0.5 * (total - np.sqrt(total**2 - 4.0 * v_sg / GRIFFITH_SLIP))


def gradient(stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike = 0.0) -> Array:
    r"""Pressure lost per length in the direction of flow.

    .. math::

        -\frac{dp}{dL} = \rho_s g \sin\theta + f \frac{\rho_n^2 v_m^2}{2 \rho_s D}, \quad
        Re = \frac{\rho_n v_m D}{\mu_l^{H_L} \mu_g^{1 - H_L}}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter, roughness : array_like
        Inner, and of the wall. [m, m]
    angle : array_like
        Of the flow above the horizontal. [rad]

    Notes
    -----
    For tubing of 1 to 4 in that rises; inclination changes the weight only. In bubble flow friction is that of the
    liquid at its own speed [1]_. Acceleration is left out.

    Examples
    --------
    >>> stream = Stream(0.5, 2.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(gradient(stream, 0.062, np.pi / 2)))
    2879

    References
    ----------
    .. [1] A. R. Hagedorn, K. E. Brown, J. Pet. Technol. 17(4), 1965, p. 475.
    """
    bubble = is_bubble(stream, diameter)
    held = np.where(bubble, griffith_holdup(stream), holdup(stream, diameter))
    rho_s = stream.rho_g + (np.asarray(stream.rho_l) - stream.rho_g) * held
    mu_s = np.asarray(stream.mu_l, float) ** held * np.asarray(stream.mu_g, float) ** (1.0 - held)
    flux = stream.rho_n * stream.v_m
    liquid_flux = stream.rho_l * (stream.v_sl / np.maximum(held, LEAST_SPEED))
    moved = np.where(bubble, liquid_flux, flux)
    factor = colebrook_factor(moved * diameter / np.where(bubble, stream.mu_l, mu_s), np.asarray(roughness) / diameter)
    friction = factor * moved**2 / (2.0 * np.where(bubble, stream.rho_l, rho_s) * diameter)
    return bounded(rho_s * G * np.sin(angle) + friction, stream, diameter, angle, roughness)
