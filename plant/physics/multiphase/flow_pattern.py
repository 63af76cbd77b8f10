"""How gas and liquid share a rising pipe: bubbles, slugs or a film round a core, told from why each breaks up.

The correlations have maps of their own that belong to their charts; this one is physics, for those who ask what a
stream looks like.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.column import G
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.stream import Stream

PACKED = 0.52  # gas share at which dispersed bubbles touch


class FlowPattern(IntEnum):
    """What gas and liquid look like in a rising pipe."""

    BUBBLE = 0
    DISPERSED = 1
    SLUG = 2  # churn included
    ANNULAR = 3


def taitel_pattern(stream: Stream, diameter: ArrayLike, roughness: ArrayLike = 0.0) -> NDArray[np.int8]:
    r"""Flow pattern in a vertical pipe, by the mechanisms of its borders.

    .. math::

        v_{sg} > 3.1 \left[\frac{g \sigma \Delta\rho}{\rho_g^2}\right]^{1/4} \text{(annular)}, \quad
        v_{sg} < \tfrac13 v_{sl} + \tfrac14\, 1.53 \left[\frac{g \sigma \Delta\rho}{\rho_l^2}\right]^{1/4}
        \text{ and } D > 19 \left[\frac{\Delta\rho\,\sigma}{g \rho_l^2}\right]^{1/2} \text{(bubble)}

    .. math::

        2 \left[\frac{0.4 \sigma}{g \Delta\rho}\right]^{1/2} \left[\frac{\rho_l}{\sigma}\right]^{3/5}
        \left[\frac{f}{2 D}\right]^{2/5} v_m^{6/5} > 0.725 + 4.15 \sqrt{v_{sg} / v_m} \text{ (dispersed)}

    Parameters
    ----------
    stream : Stream
        Gas and liquid.
    diameter, roughness : array_like
        Inner, and of the wall. [m, m]

    Returns
    -------
    ndarray of int
        Members of :class:`FlowPattern`.

    Notes
    -----
    For pipe within about 15° of the vertical [1]_, with the border of dispersed bubbles after [2]_, f Darcy's factor.
    Slug is what is left, churn with it.

    Examples
    --------
    >>> air = [0.01, 1.0, 20.0]
    >>> [FlowPattern(i).name for i in taitel_pattern(Stream(0.1, air, 1000.0, 1.2, 1e-3, 1.8e-5, 0.072), 0.1)]
    ['BUBBLE', 'SLUG', 'ANNULAR']

    References
    ----------
    .. [1] Y. Taitel, D. Barnea, A. E. Dukler, AIChE J. 26(3), 1980, p. 345.
    .. [2] D. Barnea, Int. J. Multiphase Flow 13(1), 1987, p. 1.
    """
    v_m, v_sg, rho_l = stream.v_m, np.asarray(stream.v_sg, float), np.asarray(stream.rho_l, float)
    difference = np.maximum(rho_l - stream.rho_g, 1e-6)
    lift = G * stream.sigma * difference
    annular = v_sg > 3.1 * (lift / np.square(stream.rho_g)) ** 0.25
    room = diameter > 19.01 * np.sqrt(difference * stream.sigma / G) / rho_l
    bubble = room & (v_sg < np.asarray(stream.v_sl) / 3.0 + 0.25 * 1.53 * (lift / rho_l**2) ** 0.25)
    factor = colebrook_factor(rho_l * v_m * diameter / stream.mu_l, np.asarray(roughness) / diameter)
    smallest = (rho_l / stream.sigma) ** 0.6 * (factor / (2.0 * np.asarray(diameter))) ** 0.4 * v_m**1.2
    torn = 2.0 * np.sqrt(0.4 * np.asarray(stream.sigma) / (G * difference)) * smallest
    dispersed = (torn > 0.725 + 4.15 * np.sqrt(v_sg / v_m)) & (v_sg / v_m < PACKED)
    found = np.where(bubble, FlowPattern.BUBBLE, FlowPattern.SLUG)
    return np.where(annular, FlowPattern.ANNULAR, np.where(dispersed, FlowPattern.DISPERSED, found)).astype(np.int8)
