"""One phase alone in a pipe, and what every correlation of two goes over to where the other disappears."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.stream import Array, Stream

TRACE = 1e-3  # share of liquid in the rate below which it counts for less than its correlation says


def single_phase_gradient(
    stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike = 0.0
) -> Array:  # fmt: skip
    r"""Pressure lost per length in the direction of flow, as if the phase that has more of the rate were alone.

    .. math:: -\frac{dp}{dL} = \rho g \sin\theta + f \frac{\rho v_m^2}{2 D}

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
    By Darcy and Weisbach, with Colebrook's factor.

    Examples
    --------
    >>> water = Stream(1.0, 0.0, 1000.0, 1.0, 1e-3, 1e-5, 0.07)
    >>> round(float(single_phase_gradient(water, 0.1, 0.0)), 1)
    89.9

    References
    ----------
    .. [1] C. F. Colebrook, J. Inst. Civ. Eng. 11(4), 1939, p. 133.
    """
    liquid, v = stream.lambda_l > 0.5, stream.v_m
    rho, mu = np.where(liquid, stream.rho_l, stream.rho_g), np.where(liquid, stream.mu_l, stream.mu_g)
    factor = colebrook_factor(rho * v * diameter / mu, np.asarray(roughness) / diameter)
    return rho * G * np.sin(angle) + factor * rho * v**2 / (2.0 * np.asarray(diameter))


def bounded(lost: Array, stream: Stream, diameter: ArrayLike, angle: ArrayLike, roughness: ArrayLike) -> Array:
    r"""A correlation's gradient, straight towards that of gas alone as liquid falls below :data:`TRACE` of the rate.

    .. math:: g = w g_{both} + (1 - w) g_{one}, \quad w = \lambda / 10^{-3} \le 1

    Parameters
    ----------
    lost : array_like
        By the correlation. [Pa/m]
    stream, diameter, angle, roughness
        As for :func:`single_phase_gradient`. [-, m, rad, m]

    Notes
    -----
    None of the correlations here was measured with so little liquid; by themselves some keep a film of what is not
    there, others lose the friction of what is. Towards liquid alone all of them go by themselves.

    Examples
    --------
    >>> gas = Stream(0.0, 5.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025)
    >>> float(bounded(np.array(0.0), gas, 0.1, 0.0, 0.0)) == float(single_phase_gradient(gas, 0.1, 0.0))
    True
    """
    lambda_l = stream.lambda_l
    both = np.where(lambda_l < 1.0, np.minimum(lambda_l / TRACE, 1.0), 0.0)
    if np.all(both >= 1.0):
        return lost
    return both * lost + (1.0 - both) * single_phase_gradient(stream, diameter, angle, roughness)
