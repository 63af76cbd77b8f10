"""Beggs and Brill: liquid holdup and pressure gradient at any inclination, up, level or down.

The only one of the old correlations that was measured on inclined pipe. It overpredicts holdup in tubing, for which
Palmer and Payne found factors.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.single_phase import bounded
from plant.physics.multiphase.stream import LEAST_SPEED, Array, Stream
from plant.physics.validity import require

# Level holdup a λ^b Fr^-c, and its correction for inclination (1 - λ) ln(d λ^e N_lv^f Fr^h)
SEGREGATED, INTERMITTENT, DISTRIBUTED = (0.98, 0.4846, 0.0868), (0.845, 0.5351, 0.0173), (1.065, 0.5824, 0.0609)
SEGREGATED_UP, INTERMITTENT_UP = (0.011, -3.768, 3.539, -1.614), (2.96, 0.305, -0.4473, 0.0978)
DOWN = (4.7, -0.3692, 0.1244, -0.5056)
CORRECTIONS = {"none": (1.0, 1.0), "palmer": (0.918, 0.541), "payne": (0.924, 0.685)}  # on holdup, up and down
FADING = 0.1  # share of gas in the rate below which that of descending flow fades
THIN, THICK = 0.01, 0.4  # shares of liquid at which the pattern map changes its borders
LEAST_LN_LAMBDA = np.log(1e-9)
LEAST_TURN = 0.1  # of level holdup that steep descent leaves, where the formula would leave none
LEAST_SQUARE, LEAST_Y = 1e-20, 1e-9  # which keep the quotient of a missing phase a number
MOST_S = 7.0  # logarithm of the greatest rise of friction, where its formula has a pole


class Pattern(NamedTuple):
    """Where the flow stands on the map: masks, and the segregated share of what is in transition."""

    segregated: NDArray[np.bool_]
    transition: NDArray[np.bool_]
    distributed: NDArray[np.bool_]  # intermittent is what is left
    share: Array  # of the segregated, 1 outside transition


def pattern(ln_lambda: Array, ln_fr: Array) -> Pattern:
    """Flow pattern from the logarithms of the liquid's share and of the Froude number.

    >>> at = pattern(np.log([0.393]), np.log([5.67]))
    >>> bool(at.segregated[0] or at.transition[0] or at.distributed[0])
    False
    """
    thin = ln_lambda < np.log(THIN)
    l_1, l_4 = np.log(316.0) + 0.302 * ln_lambda, np.log(0.5) - 6.738 * ln_lambda
    l_2, l_3 = np.log(0.0009252) - 2.4684 * ln_lambda, np.log(0.1) - 1.4516 * ln_lambda
    segregated = ln_fr < np.where(thin, l_1, l_2)
    transition = ~(segregated | thin) & (ln_fr <= l_3)
    distributed = (ln_fr >= np.where(ln_lambda < np.log(THICK), l_1, l_4)) & ~(segregated | transition)
    share = np.ones(np.shape(ln_fr))
    if transition.any():
        low, high, fr = (np.exp(x[transition]) for x in np.broadcast_arrays(l_2, l_3, ln_fr))
        share[transition] = (high - fr) / (high - low)
    return Pattern(segregated, transition, distributed, share)


def holdup(stream: Stream, diameter: ArrayLike, angle: ArrayLike, correction: str = "none") -> Array:
    r"""Share of the pipe that liquid fills.

    .. math::

        H_L = a \lambda^b N_{Fr}^{-c} \left[1 + C \left(\sin 1.8\theta - \tfrac13 \sin^3 1.8\theta\right)\right], \quad
        C = (1 - \lambda) \ln(d \lambda^e N_{Lv}^f N_{Fr}^h) \ge 0

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]
    angle : array_like
        Of the flow above the horizontal. [rad]
    correction : str
        ``"palmer"`` or ``"payne"`` for their factors, which also keep the liquid of rising flow from being faster than
        the gas; ``"none"`` as published.

    Notes
    -----
    Regressed on air and water in 1 and 1½ in pipe at all angles [1]_, factors on a line over hills [2]_ [3]_. Where
    steep descent would leave less than a tenth of the level holdup, that is left. Where gas is less than a tenth of the
    rate the factor of descending flow goes straight to 1, for liquid alone fills its pipe. So does any phase alone.

    Examples
    --------
    >>> stream = Stream(0.80772, 1.246632, 906.6, 45.49, 7.08e-3, 2e-5, 0.03)
    >>> round(float(holdup(stream, 0.0758952, np.pi / 2)), 3)
    0.513

    References
    ----------
    .. [1] H. D. Beggs, J. P. Brill, J. Pet. Technol. 25(5), 1973, p. 607.
    .. [2] C. M. Palmer, M.Sc. thesis, University of Tulsa, 1975.
    .. [3] G. A. Payne et al., J. Pet. Technol. 31(9), 1979, p. 1198.
    """
    lambda_l, angle = stream.lambda_l, np.asarray(angle, float)
    logs = _logarithms(stream, lambda_l, diameter)
    at = pattern(logs[0], logs[2])
    up = np.where(angle > 0.0, 1.0, 0.0)
    first = np.where(at.distributed, _level(DISTRIBUTED, logs), _level(INTERMITTENT, logs))
    first = np.where(at.segregated | at.transition, _level(SEGREGATED, logs), first)
    rise = np.where(at.segregated | at.transition, _rise(SEGREGATED_UP, logs), _rise(INTERMITTENT_UP, logs))
    rise = np.where(at.distributed, 0.0, rise)
    sine = np.sin(1.8 * angle)
    turn = (1.0 - lambda_l) * (sine * (1.0 - sine * sine / 3.0))
    down = (1.0 - up) * _rise(DOWN, logs)
    held = np.maximum(np.exp(first), lambda_l) * np.maximum(1.0 + turn * (up * rise + down), LEAST_TURN)
    if at.transition.any():
        other = np.maximum(np.exp(_level(INTERMITTENT, logs)), lambda_l)
        other = other * np.maximum(1.0 + turn * (up * _rise(INTERMITTENT_UP, logs) + down), LEAST_TURN)
        held = at.share * held + (1.0 - at.share) * other
    held = np.minimum(_corrected(held, lambda_l, angle, correction), 1.0)
    return np.where(stream.is_alone, lambda_l, held)


def gradient(
    stream: Stream,
    diameter: ArrayLike,
    angle: ArrayLike,
    roughness: ArrayLike = 0.0,
    correction: str = "none",
    acceleration: bool = False,
) -> Array:
    r"""Pressure lost per length in the direction of flow.

    .. math::

        -\frac{dp}{dL} = \frac{\rho_s g \sin\theta + f_n e^S \rho_n v_m^2 / (2 D)}{1 - \rho_s v_m v_{sg} / p}, \quad
        S = \frac{\ln y}{-0.0523 + 3.182 \ln y - 0.8725 \ln^2 y + 0.01853 \ln^4 y}, \quad y = \lambda / H_L^2

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter, roughness : array_like
        Inner, and of the wall. [m, m]
    angle : array_like
        Of the flow above the horizontal. [rad]
    correction : str
        As for :func:`holdup`.
    acceleration : bool
        Whether the denominator is taken, rather than 1.

    Raises
    ------
    OutOfRange
        If acceleration is taken and the flow is at its sonic limit.

    Notes
    -----
    Friction by Colebrook in a rough pipe, as Payne advises; one phase alone flows as in a full pipe.

    Examples
    --------
    >>> stream = Stream(0.80772, 1.246632, 906.6, 45.49, 7.08e-3, 2e-5, 0.03)
    >>> round(float(gradient(stream, 0.0758952, np.pi / 2)))
    5169

    References
    ----------
    .. [1] H. D. Beggs, J. P. Brill, J. Pet. Technol. 25(5), 1973, p. 607.
    """
    v_m, lambda_l = stream.v_m, stream.lambda_l
    held = holdup(stream, diameter, angle, correction)
    rho_s = stream.rho_g + (np.asarray(stream.rho_l) - stream.rho_g) * held
    flux = stream.rho_n * v_m
    mu_n = stream.mu_g + (np.asarray(stream.mu_l) - stream.mu_g) * lambda_l
    factor = colebrook_factor(flux * diameter / mu_n, np.asarray(roughness) / diameter)
    rise = np.exp(friction_exponent(lambda_l, held))
    lost = rho_s * (G * np.sin(angle)) + factor * rise * flux * v_m * (0.5 / np.asarray(diameter))
    lost = bounded(lost, stream, diameter, angle, roughness)
    if not acceleration:
        return lost
    kinetic = rho_s * v_m * stream.v_sg / stream.p
    require(kinetic < 1.0, "E_k", kinetic, "must be below 1, the sonic limit [-]")
    return lost / (1.0 - kinetic)


def friction_exponent(lambda_l: ArrayLike, held: ArrayLike) -> Array:
    """Logarithm S of the rise of friction by the gas's slip, from share and holdup of the liquid.

    >>> round(float(friction_exponent(0.393, 0.512)), 2)
    0.37
    """
    y = np.maximum(np.asarray(lambda_l, float) / np.maximum(np.square(held), LEAST_SQUARE), LEAST_Y)
    ln_y = np.log(y)
    below = -0.0523 + ln_y * (3.182 + ln_y * (-0.8725 + 0.01853 * ln_y * ln_y))
    near = (y > 1.0) & (y < 1.2)
    s = ln_y / np.where(near, 1.0, below)
    return np.minimum(np.where(near, np.log(np.where(near, 2.2 * y - 1.2, 1.0)), s), MOST_S)


def _logarithms(stream: Stream, lambda_l: Array, diameter: ArrayLike) -> tuple[Array, Array, Array]:
    """Of the liquid's share, its velocity number and the Froude number."""
    ln_v = np.log(stream.v_m)
    ln_lambda = np.log(np.maximum(lambda_l, np.exp(LEAST_LN_LAMBDA)))
    ln_tension = np.log(np.asarray(stream.rho_l) / (G * np.asarray(stream.sigma)))
    ln_lv = np.maximum(ln_v + ln_lambda, np.log(LEAST_SPEED)) + 0.25 * ln_tension
    return ln_lambda, ln_lv, 2.0 * ln_v - np.log(G * np.asarray(diameter))


def _level(row: tuple[float, float, float], logs: tuple[Array, Array, Array]) -> Array:
    return np.log(row[0]) + row[1] * logs[0] - row[2] * logs[2]


def _rise(row: tuple[float, float, float, float], logs: tuple[Array, Array, Array]) -> Array:
    ln_lambda, ln_lv, ln_fr = logs
    return np.maximum(np.log(row[0]) + row[1] * ln_lambda + row[2] * ln_lv + row[3] * ln_fr, 0.0)


def _corrected(held: Array, lambda_l: Array, angle: Array, correction: str) -> Array:
    if correction == "none":
        return held
    up, down = CORRECTIONS[correction]
    down = 1.0 - (1.0 - down) * np.minimum((1.0 - lambda_l) / FADING, 1.0)
    risen = np.maximum(up * held, lambda_l)
    return np.where(angle > 0.0, risen, np.where(angle < 0.0, down * held, held))
