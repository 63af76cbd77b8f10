"""What a reservoir gives to a well."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


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
