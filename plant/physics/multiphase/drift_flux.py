"""Drift flux: gas moves with the mixture's profile and rises through it, from stagnant liquid to mist in one formula.

The one model here without borders between patterns, and that knows liquid that stands while gas bubbles through it:
so the one for wells that stop and start.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.single_phase import bounded
from plant.physics.multiphase.stream import Array, Stream

BUBBLE_END, FILM_START = 0.06, 0.21  # gas shares between which the rise grows from a bubble's to flooding's
KUTATELADZE = ((2.0, 4.0, 10.0, 14.0, 20.0, 28.0, 50.0), (0.0, 1.0, 2.1, 2.5, 2.8, 3.0, 3.2))  # over diameter number
TILT = (1.85, 0.21, 0.95)  # m0, n1, n2 of the inclination's effect
BISECTIONS = 40
SCAN = (1e-4, 1e-3, 0.01, 0.03, 0.06, 0.1, 0.15, 0.21, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # of gas shares


def drift_speed(alpha: ArrayLike, stream: Stream, diameter: ArrayLike, angle: ArrayLike) -> Array:
    r"""Speed of gas relative to the mixture.

    .. math::

        v_d = \frac{(1 - \alpha) K(\alpha) v_c}{\alpha \sqrt{\rho_g / \rho_l} + 1 - \alpha}\, m(\theta), \quad
        v_c = \left[\frac{g \sigma (\rho_l - \rho_g)}{\rho_l^2}\right]^{1/4}, \quad
        m = 1.85\, (\sin\theta)^{0.21} (1 + \cos\theta)^{0.95}

    Parameters
    ----------
    alpha : array_like
        Share of the pipe that gas fills. [-]
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]
    angle : array_like
        Of the flow above the horizontal; gas drifts against a flow that descends. [rad]

    Notes
    -----
    With the profile parameter 1 that fitted measurements in 15 cm pipe best [1]_; K is 1.53 for bubbles and
    Kutateladze's number from a gas share of 0.21, straight in between. Level pipe has no drift.

    Examples
    --------
    >>> water = Stream(1.0, 0.1, 1000.0, 5.0, 1e-3, 1.8e-5, 0.072)
    >>> round(float(drift_speed(0.0, water, 0.152, np.pi / 2)), 3)
    0.461

    References
    ----------
    .. [1] H. Shi et al., SPE J. 10(1), 2005, p. 24.
    """
    rho_l, sigma = np.asarray(stream.rho_l, float), stream.sigma
    difference = G * np.maximum(rho_l - stream.rho_g, 0.0)
    v_c = (sigma * difference / rho_l**2) ** 0.25
    flooding = np.interp(diameter * np.sqrt(difference / sigma), *KUTATELADZE)
    share = np.clip((np.asarray(alpha) - BUBBLE_END) / (FILM_START - BUBBLE_END), 0.0, 1.0)
    K = 1.53 + (flooding - 1.53) * share
    sine, cosine = np.sin(angle), np.abs(np.cos(angle))
    tilt = TILT[0] * np.sign(sine) * np.abs(sine) ** TILT[1] * (1.0 + cosine) ** TILT[2]
    liquid = 1.0 - np.asarray(alpha)
    return liquid * K * v_c * tilt / (alpha * np.sqrt(stream.rho_g / rho_l) + liquid)


def holdup(stream: Stream, diameter: ArrayLike, angle: ArrayLike) -> Array:
    r"""Share of the pipe that liquid fills.

    .. math:: \alpha [v_m + v_d(\alpha)] = v_{sg}, \quad H_L = 1 - \alpha

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]
    angle : array_like
        Of the flow above the horizontal. [rad]

    Notes
    -----
    The root with the least gas, found by a scan and bisection between no gas and no liquid, which always enclose one. A
    descending flow too slow to carry bubbles down has that of a film around standing gas; where no gas moves there is
    none.

    Examples
    --------
    >>> water = Stream(1.0, 0.5, 1000.0, 5.0, 1e-3, 1.8e-5, 0.072)
    >>> round(float(holdup(water, 0.152, np.pi / 2)), 3)
    0.794

    References
    ----------
    .. [1] H. Shi et al., SPE J. 10(1), 2005, p. 24.
    """
    v_m, v_sg = stream.v_m, np.asarray(stream.v_sg, float)
    shape = np.broadcast_shapes(
        *(np.shape(x) for x in (v_m, stream.rho_l, stream.rho_g, stream.sigma, diameter, angle))
    )
    low, high = np.zeros(shape), np.ones(shape)
    descends = np.broadcast_to(np.asarray(angle, float) < 0.0, shape)
    if descends.any():  # only against the drift is there more than one root
        low, high = _first_interval(stream, diameter, angle, descends)
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        less = middle * (v_m + drift_speed(middle, stream, diameter, angle)) < v_sg
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    return np.where(v_sg > 0.0, 1.0 - 0.5 * (low + high), 1.0)


def _first_interval(stream: Stream, diameter: ArrayLike, angle: ArrayLike, descends: Array) -> tuple[Array, Array]:
    """Gas shares around the first root of those that descend; the whole range of the others."""
    low, high = np.zeros(descends.shape), np.ones(descends.shape)
    for alpha in SCAN[::-1]:
        enough = alpha * (stream.v_m + drift_speed(alpha, stream, diameter, angle)) >= np.asarray(stream.v_sg, float)
        high = np.where(descends & enough, alpha, high)
    for alpha in SCAN:
        low = np.where(descends & (alpha < high), alpha, low)
    return low, high


def gradient(stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike = 0.0) -> Array:
    r"""Pressure lost per length in the direction of flow.

    .. math:: -\frac{dp}{dL} = \rho_s g \sin\theta + f \frac{\rho_s v_m^2}{2 D}

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
    Friction of a homogeneous mixture, its viscosity weighted by volume, as wells of reservoir simulators take it.

    Examples
    --------
    >>> stream = Stream(0.5, 2.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(gradient(stream, 0.062, np.pi / 2)))
    3363

    References
    ----------
    .. [1] H. Shi et al., SPE J. 10(1), 2005, p. 24.
    """
    held, v_m = holdup(stream, diameter, angle), stream.v_m
    rho_s = stream.rho_g + (np.asarray(stream.rho_l) - stream.rho_g) * held
    mu_s = stream.mu_g + (np.asarray(stream.mu_l) - stream.mu_g) * held
    factor = colebrook_factor(rho_s * v_m * diameter / mu_s, np.asarray(roughness) / diameter)
    lost = rho_s * G * np.sin(angle) + factor * rho_s * v_m**2 / (2.0 * np.asarray(diameter))
    return bounded(lost, stream, diameter, angle, roughness)
