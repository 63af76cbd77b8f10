"""Duns and Ros: vertical flow by slip, from 4,000 laboratory measurements; the first that told flow patterns apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.duns_ros_chart import read
from plant.physics.multiphase.single_phase import bounded
from plant.physics.multiphase.stream import LEAST_SPEED, Array, Stream

CHART_ROUGHNESS, MOST_ROUGHNESS, LEAST_ROUGHNESS = 0.05, 0.5, 1e-3  # of a wavy film, over diameter
LEAST_SLIP = 1e-3  # slip number below which a chart's corner would stop the gas


class Numbers(NamedTuple):
    """The four numbers of the correlation."""

    n_lv: Array  # liquid velocity
    n_gv: Array  # gas velocity
    n_d: Array  # diameter
    n_l: Array  # liquid viscosity
    unit: Array  # speed of which the velocity numbers are multiples [m/s]


def numbers(stream: Stream, diameter: ArrayLike) -> Numbers:
    """The dimensionless groups of Duns and Ros; a missing phase has a little speed.

    >>> at = numbers(Stream(1.0, 2.0, 1000.0, 1.0, 1e-3, 1e-5, 0.072), 0.062)
    >>> round(float(at.n_lv), 2), round(float(at.n_d), 1), round(float(at.n_l), 5)
    (6.13, 22.9, 0.00226)
    """
    rho_l, sigma = np.asarray(stream.rho_l, float), np.asarray(stream.sigma, float)
    unit = (G * sigma / rho_l) ** 0.25
    v_sl, v_sg = np.maximum(stream.v_sl, LEAST_SPEED), np.maximum(stream.v_sg, LEAST_SPEED)
    n_l = stream.mu_l * (G / (rho_l * sigma**3)) ** 0.25
    return Numbers(v_sl / unit, v_sg / unit, diameter * np.sqrt(rho_l * G / sigma), n_l, unit)


def is_bubble(at: Numbers) -> NDArray[np.bool_]:
    r"""Whether gas is in bubbles, plugs or froth: region I.

    .. math:: N_{gv} < L_1 + L_2 N_{lv}

    Parameters
    ----------
    at : Numbers
        Of the stream. [-]

    Examples
    --------
    >>> bool(is_bubble(numbers(Stream(1.0, 0.1, 1000.0, 1.0, 1e-3, 1e-5, 0.072), 0.062)))
    True
    """
    return at.n_gv < read("L_1", at.n_d) + read("L_2", at.n_d) * at.n_lv


def mist_share(at: Numbers) -> Array:
    r"""How far the flow is from slug, 0, to mist, 1.

    .. math:: \frac{N_{gv} - (50 + 36 N_{lv})}{(75 + 84 N_{lv}^{0.75}) - (50 + 36 N_{lv})}

    Parameters
    ----------
    at : Numbers
        Of the stream. [-]

    Notes
    -----
    Where much liquid brings the two borders together, the flow goes from one to the other at once.

    Examples
    --------
    >>> float(mist_share(numbers(Stream(1.0, 2.0, 1000.0, 1.0, 1e-3, 1e-5, 0.072), 0.062)))
    0.0
    """
    slug_end, mist_start = 50.0 + 36.0 * at.n_lv, 75.0 + 84.0 * at.n_lv**0.75
    return np.clip((at.n_gv - slug_end) / np.maximum(mist_start - slug_end, 1.0), 0.0, 1.0)


def holdup(stream: Stream, diameter: ArrayLike) -> Array:
    r"""Share of the pipe that liquid fills outside mist flow.

    .. math::

        v_s = S (g \sigma / \rho_l)^{1/4}, \quad
        H_L = \frac{v_s - v_m + \sqrt{(v_m - v_s)^2 + 4 v_s v_{sl}}}{2 v_s}

    .. math::

        S_I = F_1 + F_2 N_{lv} + \left(F_3 - \frac{F_4}{N_d}\right) \left(\frac{N_{gv}}{1 + N_{lv}}\right)^2, \quad
        S_{II} = (1 + F_5) \frac{N_{gv}^{0.982} + 0.029 N_d + F_6}{(1 + F_7 N_{lv})^2}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]

    Examples
    --------
    >>> stream = Stream(0.5, 2.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(holdup(stream, 0.062)), 3)
    0.316

    References
    ----------
    .. [1] H. Duns, N. C. J. Ros, 6th World Petroleum Congress, 1963, paper II-22.
    """
    at = numbers(stream, diameter)
    bubble = read("F_1", at.n_l) + read("F_2", at.n_l) * at.n_lv
    bubble = bubble + (read("F_3", at.n_l) - read("F_4", at.n_l) / at.n_d) * (at.n_gv / (1.0 + at.n_lv)) ** 2
    rise = at.n_gv**0.982 + 0.029 * at.n_d + read("F_6", at.n_l)
    slug = (1.0 + read("F_5", at.n_l)) * rise / (1.0 + read("F_7", at.n_l) * at.n_lv) ** 2
    slip = np.maximum(np.where(is_bubble(at), bubble, slug), LEAST_SLIP) * at.unit
    against = slip - stream.v_m
    held = (against + np.sqrt(against**2 + 4.0 * slip * stream.v_sl)) / (2.0 * slip)
    return np.clip(held, 0.0, 1.0)


def gradient(stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike = 0.0) -> Array:
    r"""Pressure lost per length in the direction of flow.

    .. math::

        -\frac{dp}{dL} = \rho_s g \sin\theta + \frac{f_1 f_2}{f_3} \frac{\rho_l v_{sl} v_m}{2 D}, \quad
        f_3 = 1 + \tfrac14 f_1 \sqrt{v_{sg} / 50 v_{sl}}

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
    In mist nothing slips and the gas rubs on a wavy film; between slug and mist straight [1]_. Inclination changes the
    weight only. Acceleration is left out.

    Examples
    --------
    >>> stream = Stream(0.5, 2.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(gradient(stream, 0.062, np.pi / 2)))
    3073

    References
    ----------
    .. [1] H. Duns, N. C. J. Ros, 6th World Petroleum Congress, 1963, paper II-22.
    """
    at = numbers(stream, diameter)
    held, misty = holdup(stream, diameter), mist_share(at)
    difference = np.asarray(stream.rho_l) - stream.rho_g
    weight = (stream.rho_g + difference * held) * (1.0 - misty) + stream.rho_n * misty
    slipping = _slip_friction(stream, at, diameter, roughness)
    friction = slipping * (1.0 - misty) + _mist_friction(stream, diameter, roughness) * misty
    return bounded(weight * G * np.sin(angle) + friction, stream, diameter, angle, roughness)


def film_roughness(stream: Stream, diameter: ArrayLike) -> Array:
    r"""Roughness of a wavy film over the diameter, in mist flow.

    .. math::

        \frac{\epsilon}{D} = \frac{\sigma}{\rho_g v_{sg}^2 D} \begin{cases} 0.0749 & N \le 0.005 \\
        0.3713\, N^{0.302} & \text{else} \end{cases}, \quad N = \frac{\rho_g v_{sg}^2 \mu_l^2}{\rho_l \sigma^2}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]

    Examples
    --------
    >>> stream = Stream(0.1, 20.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    >>> round(float(film_roughness(stream, 0.062)), 5)
    0.001
    """
    thrust = stream.rho_g * np.maximum(stream.v_sg, LEAST_SPEED) ** 2
    group = thrust * np.asarray(stream.mu_l) ** 2 / (stream.rho_l * np.asarray(stream.sigma) ** 2)
    factor = np.where(group <= 0.005, 0.0749, 0.3713 * group**0.302)
    return np.clip(factor * stream.sigma / (thrust * diameter), LEAST_ROUGHNESS, MOST_ROUGHNESS)


def _slip_friction(stream: Stream, at: Numbers, diameter: ArrayLike, roughness: ArrayLike) -> Array:
    v_sl = np.maximum(stream.v_sl, LEAST_SPEED)
    ratio = stream.v_sg / v_sl
    f_1 = colebrook_factor(stream.rho_l * v_sl * diameter / stream.mu_l, np.asarray(roughness) / diameter)
    f_2 = read("f_2", np.maximum(f_1 * ratio * at.n_d ** (2.0 / 3.0), 1e-9))
    f_3 = 1.0 + 0.25 * f_1 * np.sqrt(ratio / 50.0)
    return f_1 * f_2 / f_3 * stream.rho_l * v_sl * stream.v_m / (2.0 * np.asarray(diameter))


def _mist_friction(stream: Stream, diameter: ArrayLike, roughness: ArrayLike) -> Array:
    rough = np.maximum(film_roughness(stream, diameter), np.asarray(roughness) / diameter)
    re = stream.rho_g * np.asarray(stream.v_sg) * diameter / stream.mu_g
    smooth = colebrook_factor(re, np.minimum(rough, CHART_ROUGHNESS))
    wavy = 4.0 * (1.0 / (4.0 * np.log10(0.27 * rough)) ** 2 + 0.067 * rough**1.73)
    factor = np.where(rough > CHART_ROUGHNESS, wavy, smooth)
    return factor * stream.rho_g * np.asarray(stream.v_sg) ** 2 / (2.0 * np.asarray(diameter))
