"""Flow through a choke's bean.

Of liquid: the square root of the pressure drop, made smooth where it vanishes. Of liquid with much gas, critical:
Gilbert's formula, proportional to the pressure before. In between: :mod:`plant.physics.two_phase_choke`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require
from plant.unit import bbl, day, foot, inch, psi

SMALL_DROP = 2e4  # below it the root becomes a straight line, for its slope at rest is infinite [Pa]
NOMINAL_DISCHARGE = 0.75  # discharge coefficient of a bean choke on liquid


def choke_coefficient(
    diameter: ArrayLike, rho: ArrayLike, discharge: ArrayLike = NOMINAL_DISCHARGE
) -> NDArray[np.float64]:
    r"""Flow coefficient of a bean.

    .. math:: C = C_d \frac{\pi d^2}{4} \sqrt{2/\rho}

    Parameters
    ----------
    diameter : array_like
        Of the bean. [m]
    rho : array_like
        Density. [kg/m³]
    discharge : array_like
        Discharge coefficient. [-]

    Examples
    --------
    >>> round(float(choke_coefficient(0.01, 1000.0)) * 1e6, 3)
    2.634
    """
    return discharge * 0.25 * np.pi * np.asarray(diameter, float) ** 2 * np.sqrt(2.0 / np.asarray(rho))


@elementwise
def choke_rate(dp: ArrayLike, coefficient: ArrayLike, small: float = SMALL_DROP) -> NDArray[np.float64]:
    r"""Rate through a restriction, odd in the pressure drop.

    .. math:: q = C \frac{\Delta p}{(\Delta p^2 + \delta^2)^{1/4}}

    Parameters
    ----------
    dp : array_like
        Pressure before less pressure behind, of either sign. [Pa]
    coefficient : array_like
        Flow coefficient at the present opening. [m³/s/√Pa]
    small : float
        Pressure drop :math:`\delta` under which the flow is taken as linear. [Pa]

    Notes
    -----
    Within 0.1 % of :math:`C\sqrt{\Delta p}` above :math:`16\,\delta`.

    Examples
    --------
    >>> round(float(choke_rate(1e6, 2e-5)), 5)
    0.02
    """
    dp = np.asarray(dp, float)
    return coefficient * dp / np.sqrt(np.sqrt(dp * dp + small * small))


def choke_slope(dp: ArrayLike, coefficient: ArrayLike, small: float = SMALL_DROP) -> NDArray[np.float64]:
    r"""Change of :func:`choke_rate` with the pressure drop.

    .. math:: \frac{dq}{d\Delta p} = C \frac{\Delta p^2/2 + \delta^2}{(\Delta p^2 + \delta^2)^{5/4}}

    Parameters
    ----------
    dp, coefficient, small : array_like
        As for :func:`choke_rate`. [Pa, m³/s/√Pa, Pa]

    Examples
    --------
    >>> round(float(choke_slope(1e6, 2e-5)) * 1e9, 3)
    10.003
    """
    square = np.square(np.asarray(dp, float))
    total = square + small * small
    return coefficient * (total - 0.5 * square) / (total * np.sqrt(np.sqrt(total)))


CRITICAL_FLOW = {  # author: coefficient, exponent of the bean in 1/64 in, exponent of the gas-liquid ratio in scf/stb
    "Gilbert": (10.0, 1.89, 0.546),
    "Baxendell": (9.56, 1.93, 0.546),
    "Ros": (17.4, 2.0, 0.5),
    "Achong": (3.82, 1.88, 0.65),
    "Pilehvari": (46.67, 2.11, 0.313),
}


def gilbert_rate(p_wh: ArrayLike, diameter: ArrayLike, R_p: ArrayLike, author: str = "Gilbert") -> NDArray[np.float64]:
    r"""Liquid rate through a bean in critical flow, by Gilbert's formula with the constants of any of its authors.

    .. math:: q_L = \frac{p_{wh}\, d_{64}^{\,b}}{a\, R_p^{\,c}}

    Parameters
    ----------
    p_wh : array_like
        Pressure before the bean. [Pa]
    diameter : array_like
        Of the bean. [m]
    R_p : array_like
        Producing gas-liquid ratio, positive. [m³/m³]
    author : str
        Key of ``CRITICAL_FLOW``.

    Raises
    ------
    OutOfRange
        If ``R_p`` is not positive: these formulas know no flow without gas.

    Notes
    -----
    For critical flow only, that is a pressure behind of less than some 0.55 of that before [1]_, [2]_, [3]_. The
    formula is in psi, 1/64 in, scf/stb and stb/d; :math:`a, b, c` are the author's.

    Examples
    --------
    >>> from plant.unit import UNITS
    >>> q = gilbert_rate(500 * UNITS["psi"].scale, 32 / 64 * 0.0254, 1000 * UNITS["scf_stb"].scale)
    >>> round(float(UNITS["bpd"].from_si(q)), 2)
    804.83

    References
    ----------
    .. [1] W. E. Gilbert, Drill. Prod. Pract., API, 1954, p. 126.
    .. [2] N. C. J. Ros, Appl. Sci. Res. A9, 1960, p. 374.
    .. [3] B. Guo, W. C. Lyons, A. Ghalambor, Petroleum Production Engineering, 2007, ch. 5.
    """
    return p_wh / _gilbert_resistance(diameter, R_p, author)


def gilbert_pressure(
    q_l: ArrayLike, diameter: ArrayLike, R_p: ArrayLike, author: str = "Gilbert"
) -> NDArray[np.float64]:
    r"""Wellhead pressure that drives a liquid rate through a bean in critical flow.

    .. math:: p_{wh} = \frac{a\, R_p^{\,c}\, q_L}{d_{64}^{\,b}}

    Parameters
    ----------
    q_l : array_like
        Liquid rate. [m³/s]
    diameter, R_p, author : array_like
        As for :func:`gilbert_rate`. [m, m³/m³]

    Examples
    --------
    >>> q = gilbert_rate(3e6, 0.01, 100.0, "Ros")
    >>> round(float(gilbert_pressure(q, 0.01, 100.0, "Ros")))
    3000000
    """
    return q_l * _gilbert_resistance(diameter, R_p, author)


def _gilbert_resistance(diameter: ArrayLike, R_p: ArrayLike, author: str) -> NDArray[np.float64]:
    R_p = np.asarray(R_p, float)
    require(R_p > 0.0, "R_p", R_p, "must be positive [m³/m³]")
    a, b, c = CRITICAL_FLOW[author]
    sixty_fourths = np.asarray(diameter, float) * (64.0 / inch)
    return a * (R_p * (bbl / foot**3)) ** c / sixty_fourths**b * (psi * day / bbl)
