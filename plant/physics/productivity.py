"""What a well above its bubble point gives per drawdown, by measurement or by the rock around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require


def productivity_rate(p_wf: ArrayLike, p_r: ArrayLike, J: ArrayLike) -> NDArray[np.float64]:
    r"""Liquid rate of a well above its bubble point, or of one that makes mostly water.

    .. math:: q = J (p_r - p_{wf})

    Parameters
    ----------
    p_wf : array_like
        Flowing pressure at the perforations. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    J : array_like
        Productivity index. [m³/s/Pa]

    Notes
    -----
    Negative where the well takes liquid, as when a column falls back: injectivity is taken equal to
    productivity.

    Examples
    --------
    >>> round(float(productivity_rate(7e6, 1.26e7, 2.32e-9)), 6)
    0.012992
    """
    return np.asarray(J) * (np.asarray(p_r) - p_wf)


def radial_productivity(
    k: ArrayLike, h: ArrayLike, mu: ArrayLike, B: ArrayLike, r_e: ArrayLike, r_w: ArrayLike, skin: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Productivity index of a vertical well in a closed circle, by Darcy's law.

    .. math:: J = \frac{2 \pi k h}{\mu B\,[\ln(r_e/r_w) - 3/4 + S]}

    Parameters
    ----------
    k : array_like
        Permeability. [m²]
    h : array_like
        Net thickness. [m]
    mu : array_like
        Viscosity in the reservoir. [Pa·s]
    B : array_like
        Formation volume factor. [m³/m³]
    r_e, r_w : array_like
        Radii of drainage and of the well. [m]
    skin : array_like
        Skin factor. [-]

    Raises
    ------
    OutOfRange
        If the denominator is not positive: a skin more negative than the drainage radius allows.

    Notes
    -----
    Pseudo-steady state, reservoir pressure averaged over the drained volume [1]_.

    Examples
    --------
    >>> from plant.unit import UNITS
    >>> J = radial_productivity(1.97e-14, 6.096, 8e-4, 1.4, 457.2, 0.09144)
    >>> round(float(UNITS["bpd_psi"].from_si(J)), 3)
    0.325

    References
    ----------
    .. [1] L. P. Dake, Fundamentals of Reservoir Engineering, 1978, ch. 6.
    """
    resistance = np.log(np.asarray(r_e, float) / r_w) - 0.75 + skin
    require(resistance > 0.0, "skin", skin, "must leave ln(r_e/r_w) - 3/4 + S above 0 [-]")
    return 2.0 * np.pi * k * h / (np.asarray(mu) * B * resistance)
