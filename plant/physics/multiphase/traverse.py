"""Pressure along a pipe: a correlation's gradient marched from station to station, all wells at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from plant.error import Unknown
from plant.physics.multiphase import beggs_brill, drift_flux, duns_ros, gray, hagedorn_brown
from plant.physics.multiphase.stream import Array, Stream, legal
from plant.physics.validity import require

Gradient = Callable[[Stream, ArrayLike, ArrayLike, ArrayLike], Array]
StreamAt = Callable[[ArrayLike, ArrayLike], Stream]
LEAST_PRESSURE = 1e4  # a pipe along which pressure would fall further is held at this [Pa]
SLACK = 1.001  # of true depths that were rounded

GRADIENTS: Mapping[str, Gradient] = {
    "beggs_brill": beggs_brill.gradient,
    "beggs_brill_palmer": partial(beggs_brill.gradient, correction="palmer"),
    "beggs_brill_payne": partial(beggs_brill.gradient, correction="payne"),
    "hagedorn_brown": hagedorn_brown.gradient,
    "duns_ros": duns_ros.gradient,
    "gray": gray.gradient,
    "drift_flux": drift_flux.gradient,
}


def gradient(author: str) -> Gradient:
    """The gradient of an author. Raises :class:`Unknown` for one that is not in :data:`GRADIENTS`.

    >>> gradient("gray") is gray.gradient
    True
    """
    if author not in GRADIENTS:
        raise Unknown("correlation of multiphase flow", author)
    return GRADIENTS[author]


def pressure_traverse(
    p: ArrayLike,
    T: ArrayLike,
    length: ArrayLike,
    angle: ArrayLike,
    stream_at: StreamAt,
    diameter: ArrayLike,
    roughness: ArrayLike = 0.0,
    author: str = "beggs_brill_payne",
    against_flow: bool = True,
) -> Array:
    r"""Pressure at the stations along a pipe, from that at the first.

    .. math:: p_{i+1} = p_i \pm \tfrac12 L_i \left[ g(p_i, T_i) + g(p_i \pm L_i g(p_i, T_i), T_{i+1}) \right]

    Parameters
    ----------
    p : array_like, shape (...)
        At the first station, any number of pipes. [Pa]
    T : array_like, shape (n + 1, ...)
        At the stations. [K]
    length, angle : array_like, shape (n, ...)
        Of the cells between stations, and of the flow in them above the horizontal. [m, rad]
    stream_at : callable
        The stream at a pressure and temperature, of the pipes' shape.
    diameter, roughness : array_like, shape (...)
        Of the pipes, or one row a cell, shape (n, ...). [m, m]
    author : str
        A name in :data:`GRADIENTS`.
    against_flow : bool
        Whether the stations run against the flow, as those of a producer do from the wellhead down.

    Raises
    ------
    OutOfRange
        If a length is not positive, or the stream at the first station cannot be.

    Notes
    -----
    Heun's rule, of second order in the length. Pressure that would fall below 10 kPa is held there: the flow cannot
    come so far.

    Examples
    --------
    >>> gas = lambda p, T: Stream(0.0, 1e-9, 1000.0, 1.0, 1e-3, 1e-5, 0.07, p)
    >>> gas_column = pressure_traverse(1e6, [300.0, 300.0], [100.0], [np.pi / 2], gas, 0.1)
    >>> round(float(gas_column[-1] - gas_column[0]), 2)
    980.67

    References
    ----------
    .. [1] J. P. Brill, H. Mukherjee, Multiphase Flow in Wells, SPE Monograph 17, 1999, ch. 3.
    """
    length, angle, T = (np.asarray(x, float) for x in (length, angle, T))
    require(length > 0.0, "length", length, "must be positive [m]")
    lost, sign = gradient(author), 1.0 if against_flow else -1.0
    bore, wall = _by_cell(diameter, length), _by_cell(roughness, length)
    pressures = [np.broadcast_to(np.asarray(p, float), np.broadcast_shapes(np.shape(p), length.shape[1:])).copy()]
    legal(stream_at(pressures[0], T[0]))
    for i in range(len(length)):
        here, step = pressures[-1], sign * length[i]
        first = lost(stream_at(here, T[i]), bore[i], angle[i], wall[i])
        there = np.maximum(here + step * first, LEAST_PRESSURE)
        second = lost(stream_at(there, T[i + 1]), bore[i], angle[i], wall[i])
        pressures.append(np.maximum(here + 0.5 * step * (first + second), LEAST_PRESSURE))
    return np.stack(np.broadcast_arrays(*pressures))


def cells(md: ArrayLike, tvd: ArrayLike) -> tuple[Array, Array]:
    r"""Length of the cells between stations of a survey, and angle above the horizontal of a flow that rises in them.

    .. math:: \theta = \arcsin(\Delta z / \Delta s)

    Parameters
    ----------
    md, tvd : array_like, shape (n + 1, ...)
        Measured and true vertical depth of the stations, from above. [m]

    Raises
    ------
    OutOfRange
        If measured depth does not rise, or true depth changes more than it.

    Examples
    --------
    >>> length, angle = cells([0.0, 100.0, 200.0], [0.0, 100.0, 150.0])
    >>> [float(x) for x in length], [round(float(x)) for x in np.degrees(angle)]
    ([100.0, 100.0], [90, 30])
    """
    length, fall = np.diff(np.asarray(md, float), axis=0), np.diff(np.asarray(tvd, float), axis=0)
    require(length > 0.0, "md", length, "must rise from station to station [m]")
    require(np.abs(fall) <= length * SLACK, "tvd", fall, "must not change more than measured depth [m]")
    return length, np.arcsin(np.clip(fall / length, -1.0, 1.0))


def _by_cell(value: ArrayLike, length: Array) -> Array:
    value = np.asarray(value, float)
    if value.shape[:1] == length.shape[:1] and value.ndim == length.ndim:
        return value
    return np.broadcast_to(value, (len(length), *value.shape))
