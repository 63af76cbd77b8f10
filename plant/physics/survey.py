"""How deep a hole is, from how far it was drilled."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.straight import straight


def minimum_curvature_tvd(md: ArrayLike, inclination: ArrayLike, azimuth: ArrayLike) -> NDArray[np.float64]:
    r"""True vertical depth at each station of a survey, by the minimum-curvature method.

    .. math::

        \Delta z = \frac{\Delta MD}{2} (\cos I_1 + \cos I_2) \frac{2}{\beta} \tan \frac{\beta}{2}, \quad
        \cos \beta = \cos(I_2 - I_1) - \sin I_1 \sin I_2 [1 - \cos(A_2 - A_1)]

    Parameters
    ----------
    md : array_like, shape (n,)
        Measured depth, rising from the surface. [m]
    inclination, azimuth : array_like, shape (n,)
        Of the hole. [rad]

    Notes
    -----
    The hole above the first station is taken as vertical [1]_.

    Examples
    --------
    >>> [float(z) for z in minimum_curvature_tvd([0.0, 100.0], [0.0, 0.0], [0.0, 0.0])]
    [0.0, 100.0]

    References
    ----------
    .. [1] S. J. Sawaryn, J. L. Thorogood, SPE Drill. Completion 20(1), 2005, p. 24.
    """
    md, inclination, azimuth = (np.asarray(x, float) for x in (md, inclination, azimuth))
    i_1, i_2 = inclination[:-1], inclination[1:]
    cosine = np.cos(i_2 - i_1) - np.sin(i_1) * np.sin(i_2) * (1.0 - np.cos(np.diff(azimuth)))
    dogleg = np.arccos(np.clip(cosine, -1.0, 1.0))
    ratio = np.where(dogleg > 1e-6, np.tan(0.5 * dogleg) / np.maximum(0.5 * dogleg, 1e-9), 1.0)
    steps = 0.5 * np.diff(md) * (np.cos(i_1) + np.cos(i_2)) * ratio
    return md[0] + np.concatenate(([0.0], np.cumsum(steps)))


def vertical_depth(at: ArrayLike, md: ArrayLike, tvd: ArrayLike) -> NDArray[np.float64]:
    r"""True vertical depth of a point of the hole: straight between stations, vertical above the first.

    .. math:: z(s) = z_i + (z_{i+1} - z_i) \frac{s - s_i}{s_{i+1} - s_i}; \quad z(s) = z_1 - (s_1 - s), \; s < s_1

    Parameters
    ----------
    at : array_like
        Measured depth. [m]
    md, tvd : array_like, shape (n,)
        Measured and true vertical depth of the stations, two or more. [m]

    Raises
    ------
    OutOfRange
        If ``md`` does not rise.

    Notes
    -----
    Beyond the last station the hole goes on as between the last two (:mod:`plant.physics.straight`).

    Examples
    --------
    >>> vertical_depth([50.0, 150.0, 250.0], [100.0, 200.0], [100.0, 180.0]).tolist()
    [50.0, 140.0, 220.0]
    """
    at, md, tvd = (np.asarray(x, float) for x in (at, md, tvd))
    return np.where(at < md[0], tvd[0] - (md[0] - at), straight(at, md, tvd))
