"""What a reservoir takes from an injector, before and after its rock breaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def injection_rate(
    p_wf: ArrayLike, p_r: ArrayLike, J: ArrayLike, p_frac: ArrayLike = np.inf, opened: ArrayLike = 5.0
) -> NDArray[np.float64]:
    r"""Rate an injector takes: along a straight line, and a steeper one beyond the fracturing pressure.

    .. math:: q = J (p_{wf} - p_r) + (m - 1) J \max(p_{wf} - p_{frac}, 0), \quad p_{wf} \ge p_r

    Parameters
    ----------
    p_wf : array_like
        Pressure at the perforations. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    J : array_like
        Injectivity index below fracturing. [m³/s/Pa]
    p_frac : array_like
        Pressure that opens a fracture; infinite where none does. [Pa]
    opened : array_like
        Injectivity with the fracture open over that before, m. [-]

    Notes
    -----
    The bend is what a step-rate test shows [1]_. Below reservoir pressure the check valve holds: none flows back.

    Examples
    --------
    >>> round(float(injection_rate(2.2e7, 1.5e7, 1e-9, p_frac=2e7)), 6)
    0.015

    References
    ----------
    .. [1] P. K. Singh, R. G. Agarwal, L. D. Krase, SPE 16798, 1987.
    """
    p_wf = np.asarray(p_wf, float)
    beyond = np.maximum(p_wf - p_frac, 0.0)
    return J * (np.maximum(p_wf - p_r, 0.0) + (np.asarray(opened) - 1.0) * beyond)
