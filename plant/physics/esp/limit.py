"""What a pump can bear: the stages it needs and its housing holds, the power of its shaft, the pressure it holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]


def stages_for(head: ArrayLike, stage_head: ArrayLike) -> NDArray[np.int64]:
    r"""Stages that a head needs.

    .. math:: N = \lceil H / h \rceil

    Parameters
    ----------
    head : array_like
        Wanted. [m]
    stage_head : array_like
        Of one stage at the wanted rate and speed, positive. [m]

    Raises
    ------
    OutOfRange
        If ``stage_head`` is not positive: no number of such stages would do.

    Examples
    --------
    >>> int(stages_for(1000.0, 6.3))
    159
    """
    stage_head = np.asarray(stage_head, float)
    require(stage_head > 0.0, "stage_head", stage_head, "must be positive for any number of stages to lift [m]")
    return np.ceil(np.maximum(head, 0.0) / stage_head).astype(np.int64)


def stages_in(housing_length: ArrayLike, stage_length: ArrayLike, ends: float = 0.3) -> NDArray[np.int64]:
    r"""Stages that fit a housing.

    .. math:: N = \lfloor (L - e) / l \rfloor

    Parameters
    ----------
    housing_length : array_like
        Of the housing. [m]
    stage_length : array_like
        Of one stage, positive. [m]
    ends : float
        What head, base and bearings take. [m]

    Examples
    --------
    >>> int(stages_in(5.3, 0.05))
    100
    """
    stage_length = np.asarray(stage_length, float)
    require(stage_length > 0.0, "stage_length", stage_length, "must be positive [m]")
    whole = np.maximum(np.asarray(housing_length) - ends, 0.0) / stage_length
    return np.floor(whole + 1e-9).astype(np.int64)


def shaft_power_limit(diameter: ArrayLike, speed: ArrayLike, yield_strength: ArrayLike, safety: float = 1.5) -> Array:
    r"""Power at which a shaft's surface reaches its allowed shear stress.

    .. math:: P = 2 \pi N \frac{\pi d^3}{16} \frac{\sigma_y}{\sqrt{3} S}

    Parameters
    ----------
    diameter : array_like
        Of the shaft. [m]
    speed : array_like
        Of the shaft. [1/s]
    yield_strength : array_like
        Of its steel in tension. [Pa]
    safety : float
        Factor :math:`S` of safety. [-]

    Raises
    ------
    OutOfRange
        If ``diameter`` is not positive.

    Notes
    -----
    Torsion of a round bar, yielding by von Mises [1]_. The torque allowed is the same at every speed, and so the
    power rises with it; splines and keyways bear less than the plain bar.

    Examples
    --------
    >>> round(float(shaft_power_limit(0.022, 50.0, 7e8)) / 1e3)
    177

    References
    ----------
    .. [1] Young, Budynas, Sadegh, Roark's Formulas for Stress and Strain, 8th ed., 2012, ch. 10.
    """
    diameter = np.asarray(diameter, float)
    require(diameter > 0.0, "diameter", diameter, "must be positive [m]")
    torque = np.pi * diameter**3 / 16.0 * np.asarray(yield_strength) / (np.sqrt(3.0) * safety)
    return 2.0 * np.pi * np.asarray(speed) * torque


def housing_pressure_limit(outer: ArrayLike, inner: ArrayLike, yield_strength: ArrayLike, safety: float = 1.5) -> Array:
    r"""Pressure inside over outside that a housing holds.

    .. math:: p = \frac{\sigma_y}{\sqrt{3} S} \left(1 - \frac{d_i^2}{d_o^2}\right)

    Parameters
    ----------
    outer, inner : array_like
        Diameters of the housing. [m]
    yield_strength : array_like
        Of its steel in tension. [Pa]
    safety : float
        Factor :math:`S` of safety. [-]

    Raises
    ------
    OutOfRange
        If ``inner`` is not positive and below ``outer``.

    Notes
    -----
    First yield by von Mises of the bore of a thick cylinder with closed ends (Lamé) [1]_.

    Examples
    --------
    >>> round(float(housing_pressure_limit(0.1016, 0.0889, 5.5e8)) / 1e6, 1)
    49.6

    References
    ----------
    .. [1] Young, Budynas, Sadegh, Roark's Formulas for Stress and Strain, 8th ed., 2012, ch. 13.
    """
    outer, inner = np.asarray(outer, float), np.asarray(inner, float)
    require((inner > 0.0) & (inner < outer), "inner", inner, "must be positive and below the outer diameter [m]")
    return np.asarray(yield_strength) / (np.sqrt(3.0) * safety) * (1.0 - (inner / outer) ** 2)


def load_share(value: ArrayLike, limit: ArrayLike) -> Array:
    r"""Load over what a part can bear: above one it fails.

    .. math:: x / x_{max}

    Parameters
    ----------
    value, limit : array_like
        Of power, pressure or force; the limit positive. [any]

    Raises
    ------
    OutOfRange
        If ``limit`` is not positive.

    Examples
    --------
    >>> float(load_share(50.0, 100.0))
    0.5
    """
    limit = np.asarray(limit, float)
    require(limit > 0.0, "limit", limit, "must be positive")
    return np.asarray(value) / limit
