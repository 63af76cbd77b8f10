"""Gray: gas wells that lift a little condensate and water, whose film roughens the wall."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.single_phase import bounded
from plant.physics.multiphase.stream import LEAST_SPEED, Array, Stream

FILMED = 0.007  # rate of liquid over gas from which the film covers the wall
CORE = 0.5  # share of gas in the rate below which no core of gas has a film around it
LEAST_FILM = 2.77e-5  # roughness of any wetted wall [m]
MOST_ROUGHNESS = 0.05  # over diameter, the end of Moody's chart


def holdup(stream: Stream, diameter: ArrayLike) -> Array:
    r"""Share of the pipe that liquid fills.

    .. math::

        H_L = 1 - \frac{1 - \exp\{-2.314 [N_v (1 + 205/N_D)]^B\}}{R + 1}, \quad
        B = 0.0814 \left[1 - 0.0554 \ln\left(1 + \frac{730 R}{R + 1}\right)\right]

    .. math::

        N_v = \frac{\rho_n^2 v_m^4}{g \sigma (\rho_l - \rho_g)}, \quad
        N_D = \frac{g (\rho_l - \rho_g) D^2}{\sigma}, \quad R = v_{sl} / v_{sg}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter : array_like
        Inner. [m]

    Notes
    -----
    Regressed on 108 gas-condensate wells below 15 m/s in tubing below 3½ in, with less than 50 bbl of condensate and
    5 bbl of water per MMscf [1]_.

    Examples
    --------
    >>> stream = Stream(0.02, 5.0, 750.0, 80.0, 5e-4, 1.5e-5, 0.02, 1e7)
    >>> round(float(holdup(stream, 0.062)), 4)
    0.0099

    References
    ----------
    .. [1] W. G. Gray, in API User's Manual for API 14B, Appendix B, 1974.
    """
    difference = G * np.maximum(np.asarray(stream.rho_l, float) - stream.rho_g, LEAST_SPEED)
    n_v = (stream.rho_n * stream.v_m**2) ** 2 / (stream.sigma * difference)
    n_d = difference * np.asarray(diameter) ** 2 / stream.sigma
    lambda_l = stream.lambda_l  # R / (R + 1)
    power = 0.0814 * (1.0 - 0.0554 * np.log1p(730.0 * lambda_l))
    gas = 1.0 - np.exp(-2.314 * (n_v * (1.0 + 205.0 / n_d)) ** power)
    return 1.0 - gas * (1.0 - lambda_l)


def film_roughness(stream: Stream, roughness: ArrayLike = 0.0) -> Array:
    r"""Roughness of a wall under a film.

    .. math:: \epsilon = 28.5\,\sigma / (\rho_n v_m^2)

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    roughness : array_like
        Of the dry wall, towards which it goes where liquid is less than 0.007 of the gas's rate. [m]

    Notes
    -----
    One phase alone leaves no film; beyond the data, where gas is less than half of the rate, the film gives way to
    liquid that fills the pipe.

    Examples
    --------
    >>> stream = Stream(0.1, 5.0, 750.0, 80.0, 5e-4, 1.5e-5, 0.02, 1e7)
    >>> round(float(film_roughness(stream)), 6)
    0.000235

    References
    ----------
    .. [1] W. G. Gray, in API User's Manual for API 14B, Appendix B, 1974.
    """
    film = 28.5 * np.asarray(stream.sigma) / (stream.rho_n * stream.v_m**2)
    covered = np.clip(stream.v_sl / (FILMED * np.maximum(stream.v_sg, LEAST_SPEED)), 0.0, 1.0)
    covered = covered * np.clip((1.0 - stream.lambda_l) / CORE, 0.0, 1.0)
    filmed = (covered > 0.0) & (np.asarray(stream.v_sg) > 0.0)
    return np.where(filmed, np.maximum(roughness + covered * (film - roughness), LEAST_FILM), roughness)


def gradient(stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike = 0.0) -> Array:
    r"""Pressure lost per length in the direction of flow.

    .. math:: -\frac{dp}{dL} = \rho_s g \sin\theta + f \frac{\rho_n v_m^2}{2 D}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter, roughness : array_like
        Inner, and of the dry wall. [m, m]
    angle : array_like
        Of the flow above the horizontal. [rad]

    Notes
    -----
    Friction of the mixture without slip on a wall roughened by the film, up to 0.05 of the diameter. Slow
    flow, where the film would fill the pipe, is outside the data.

    Examples
    --------
    >>> stream = Stream(0.02, 5.0, 750.0, 80.0, 5e-4, 1.5e-5, 0.02, 1e7)
    >>> round(float(gradient(stream, 0.062, np.pi / 2)))
    1270

    References
    ----------
    .. [1] W. G. Gray, in API User's Manual for API 14B, Appendix B, 1974.
    """
    held, lambda_l, v_m = holdup(stream, diameter), stream.lambda_l, stream.v_m
    rho_s = stream.rho_g + (np.asarray(stream.rho_l) - stream.rho_g) * held
    mu_n = stream.mu_g + (np.asarray(stream.mu_l) - stream.mu_g) * lambda_l
    rough = np.minimum(film_roughness(stream, roughness) / diameter, MOST_ROUGHNESS)
    factor = colebrook_factor(stream.rho_n * v_m * diameter / mu_n, rough)
    lost = rho_s * G * np.sin(angle) + factor * stream.rho_n * v_m**2 / (2.0 * np.asarray(diameter))
    return bounded(lost, stream, diameter, angle, roughness)
