"""Free gas in a pump: it takes head, makes the pump surge, and at last locks it.

Gas gathers in the impeller's eye. A little only lightens the mixture; past a fraction that rises with intake pressure
the stages surge, past a larger one they make next to no head, and the pump is locked until the gas can leave. So a lock
is where the head factor has all but vanished, and the way in is steep: the more gas stays, the less is pumped away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require
from plant.unit import psi

Array = NDArray[np.float64]

LOCKED = 0.1  # share of the head below which a pump no longer lifts its column
_SQUARE, _LINE = 346_430.0, 410.0  # Turpin's constants [psi², psi]


def gas_fraction(q_g: ArrayLike, q_l: ArrayLike) -> Array:
    r"""Share of gas in what enters a pump, without slip.

    .. math:: \lambda_g = \frac{q_g}{q_g + q_l}

    Parameters
    ----------
    q_g, q_l : array_like
        Rates at intake conditions, not negative. [m³/s]

    Examples
    --------
    >>> float(gas_fraction(1.0, 3.0)), float(gas_fraction(0.0, 0.0))
    (0.25, 0.0)
    """
    q_g, q_l = np.asarray(q_g, float), np.asarray(q_l, float)
    require(q_g >= 0.0, "q_g", q_g, "must not be negative [m³/s]")
    require(q_l >= 0.0, "q_l", q_l, "must not be negative [m³/s]")
    whole = q_g + q_l
    return q_g / np.where(whole > 0.0, whole, 1.0)


def turpin_head_factor(gas_per_liquid: ArrayLike, p_in: ArrayLike) -> Array:
    r"""Head with gas over head without, by Turpin, Lea and Bearden.

    .. math:: C_g = \exp(-a x) \le 1, \quad a = 346430\,x/p^2 - 410/p, \quad x = q_g/q_l

    Parameters
    ----------
    gas_per_liquid : array_like
        Free gas per liquid :math:`x` at intake conditions. [-]
    p_in : array_like
        Intake pressure, in the formula in psi. [Pa]

    Raises
    ------
    OutOfRange
        If ``gas_per_liquid`` is negative or ``p_in`` not positive.

    Notes
    -----
    From tests of three pumps on air and water and carbon dioxide and diesel [1]_. The published factor exceeds one
    at little gas, where it is held at one. It depends on :math:`x/p` alone.

    Examples
    --------
    >>> round(float(turpin_head_factor(0.3, 200 * psi)), 3)
    0.848

    References
    ----------
    .. [1] J. L. Turpin, J. F. Lea, J. L. Bearden, Proc. 3rd Int. Pump Symposium, Texas A&M, 1986, p. 13.
    """
    u = _per_psi(gas_per_liquid, p_in)
    return np.exp(np.minimum(-u * (_SQUARE * u - _LINE), 0.0))


def turpin_ratio(p_in: ArrayLike, factor: ArrayLike = LOCKED) -> Array:
    r"""Gas per liquid at which Turpin's head factor has fallen to a value: :func:`turpin_head_factor` inverted.

    .. math:: x = p\,\frac{410 + \sqrt{410^2 - 4 \cdot 346430 \ln C_g}}{2 \cdot 346430}

    Parameters
    ----------
    p_in : array_like
        Intake pressure. [Pa]
    factor : array_like
        Head factor, above 0 and up to 1; :data:`LOCKED` is where we call a pump gas-locked. [-]

    Raises
    ------
    OutOfRange
        If ``factor`` is not above 0 and up to 1.

    Examples
    --------
    >>> locked = turpin_ratio(200 * psi)
    >>> round(float(locked), 3), round(float(turpin_head_factor(locked, 200 * psi)), 6)
    (0.647, 0.1)
    """
    factor = np.asarray(factor, float)
    require((factor > 0.0) & (factor <= 1.0), "factor", factor, "must be above 0 and up to 1 [-]")
    root = np.sqrt(_LINE**2 - 4.0 * _SQUARE * np.log(factor))
    return np.asarray(p_in) / psi * (_LINE + root) / (2.0 * _SQUARE)


def turpin_stability(gas_per_liquid: ArrayLike, p_in: ArrayLike) -> Array:
    r"""Turpin's measure of whether a pump runs stably with gas: below one it does.

    .. math:: \Phi = \frac{2000\,x}{3\,p}

    Parameters
    ----------
    gas_per_liquid, p_in : array_like
        As for :func:`turpin_head_factor`. [-, Pa]

    Examples
    --------
    >>> round(float(turpin_stability(0.3, 200 * psi)), 6)
    1.0

    References
    ----------
    .. [1] J. L. Turpin, J. F. Lea, J. L. Bearden, Proc. 3rd Int. Pump Symposium, Texas A&M, 1986, p. 13.
    """
    return 2000.0 / 3.0 * _per_psi(gas_per_liquid, p_in)


def cirilo_fraction(p_in: ArrayLike) -> Array:
    r"""Gas fraction at which mixed-flow stages begin to surge, by Cirilo.

    .. math:: \lambda_s = 0.0187\,p^{0.4342}

    Parameters
    ----------
    p_in : array_like
        Intake pressure, in the formula in psi. [Pa]

    Raises
    ------
    OutOfRange
        If ``p_in`` is not positive.

    Notes
    -----
    From two mixed-flow pumps on air and water, 50 to 500 psi; speed hardly matters [1]_. Radial stages surge earlier.

    Examples
    --------
    >>> round(float(cirilo_fraction(500 * psi)), 3)
    0.278

    References
    ----------
    .. [1] R. Cirilo, Air-Water Flow through Electric Submersible Pumps, M.Sc. thesis, University of Tulsa, 1998.
    """
    p_in = np.asarray(p_in, float)
    require(p_in > 0.0, "p_in", p_in, "must be positive [Pa]")
    return np.minimum(0.0187 * (p_in / psi) ** 0.4342, 1.0)


def dunbar_ratio(p_in: ArrayLike) -> Array:
    r"""Gas per liquid up to which head may be calculated as without gas, by Dunbar's curve.

    .. math:: x = (p / 935)^{1/1.724}

    Parameters
    ----------
    p_in : array_like
        Intake pressure, in the formula in psi. [Pa]

    Notes
    -----
    A design curve from field experience [1]_: the pressure that a ratio needs, here solved for the ratio.

    Examples
    --------
    >>> round(float(dunbar_ratio(935 * psi)), 6)
    1.0

    References
    ----------
    .. [1] C. E. Dunbar, SPE Microcomputer Applications in Artificial Lift Workshop, 1989.
    """
    p_in = np.asarray(p_in, float)
    require(p_in > 0.0, "p_in", p_in, "must be positive [Pa]")
    return (p_in / psi / 935.0) ** (1.0 / 1.724)


def _per_psi(gas_per_liquid: ArrayLike, p_in: ArrayLike) -> Array:
    x, p_in = np.asarray(gas_per_liquid, float), np.asarray(p_in, float)
    require(x >= 0.0, "gas_per_liquid", x, "must not be negative [-]")
    require(p_in > 0.0, "p_in", p_in, "must be positive [Pa]")
    return x / (p_in / psi)
