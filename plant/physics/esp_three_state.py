"""The published benchmark of an ESP-lifted well: bottomhole pressure, wellhead pressure and rate.

Kept exactly as published, with its own friction formula and viscosity corrections, to compare with.
The wells of our fields are :mod:`plant.process.wells`, which differ where the benchmark is known to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

G = 9.81
F_0 = 60.0  # frequency of the pump curve [Hz]


@dataclass(frozen=True)
class ThreeStateWell:
    """The benchmark's parameters, SI; the published values by default."""

    C_c: float = 2e-5  # choke [m³/s/√Pa]
    A: float = 0.008107  # of casing and tubing alike [m²]
    D: float = 0.1016
    h_1: float = 200.0  # from reservoir to pump, and from reservoir to wellhead [m]
    h_w: float = 1000.0
    L_1: float = 500.0
    L_2: float = 1200.0
    V_1: float = 4.054
    V_2: float = 9.729
    I_np: float = 65.0
    P_np: float = 1.625e5
    b: float = 1.5e9  # bulk modulus [Pa]
    M: float = 1.992e8  # inertia of the liquid [kg/m⁴]
    rho: float = 950.0
    p_r: float = 1.26e7
    PI: float = 2.32e-9
    mu: float = 0.025


def friction(q: ArrayLike, length: float, well: ThreeStateWell) -> NDArray[np.float64]:
    r"""Friction of the benchmark.

    .. math:: F = 0.158 \frac{\rho L q^2}{D A^2} \left( \frac{\mu}{\rho D q} \right)^{1/4}

    Parameters
    ----------
    q : array_like
        Rate, positive. [m³/s]
    length : float
        Of the pipe. [m]
    well : ThreeStateWell
        The parameters. [SI]

    Notes
    -----
    As published: the area is missing from the Reynolds number, which makes it three times Blasius' [1]_.

    Examples
    --------
    >>> round(float(friction(0.01, 1200.0, ThreeStateWell())) / 1e5, 1)
    10.8

    References
    ----------
    .. [1] A. Pavlov et al., IEEE CCA 2014, "Modelling and model predictive control of oil wells with ESPs".
    """
    rate = np.maximum(q, 1e-9)
    return 0.158 * well.rho * length * rate**2 / (well.D * well.A**2) * (well.mu / (well.rho * well.D * rate)) ** 0.25


def viscosity_factors(mu: float) -> tuple[float, float, float]:
    r"""The benchmark's corrections of head, rate and power.

    .. math::

        C_H = 1 - 0.03 \mu, \quad
        C_q = 1 - 2.6266 \mu + 6.0032 \mu^2 - 6.8104 \mu^3 + 2.7944 \mu^4, \quad
        C_P = 1 + 3.9042 \mu - 9.9306 \mu^2 + 11.091 \mu^3 - 4.4376 \mu^4

    Parameters
    ----------
    mu : float
        Viscosity. [Pa·s]

    Examples
    --------
    >>> [round(factor, 8) for factor in viscosity_factors(0.025)]
    [0.99925, 0.93798168, 1.09156994]
    """
    head = 1.0 - 0.03 * mu
    rate = 1.0 - 2.6266 * mu + 6.0032 * mu**2 - 6.8104 * mu**3 + 2.7944 * mu**4
    power = 1.0 + 3.9042 * mu - 9.9306 * mu**2 + 11.091 * mu**3 - 4.4376 * mu**4
    return head, rate, power


def pump_head(q: ArrayLike, f: ArrayLike, well: ThreeStateWell) -> NDArray[np.float64]:
    r"""Head of the benchmark's pump.

    .. math:: H = C_H (f/f_0)^2 (959.70 + 7495.9 q_0 - 1.2454 \cdot 10^6 q_0^2), \quad q_0 = \frac{q}{C_q} \frac{f_0}{f}

    Parameters
    ----------
    q : array_like
        Rate. [m³/s]
    f : array_like
        Frequency, positive. [Hz]
    well : ThreeStateWell
        The parameters. [SI]

    Examples
    --------
    >>> round(float(pump_head(0.01, 60.0, ThreeStateWell())), 2)
    897.39
    """
    f = _running(f)
    c_h, c_q, _ = viscosity_factors(well.mu)
    q_0 = np.asarray(q) / c_q * (F_0 / np.asarray(f))
    return c_h * (np.asarray(f) / F_0) ** 2 * (959.70 + 7495.9 * q_0 - 1.2454e6 * q_0**2)


def pump_current(q: ArrayLike, f: ArrayLike, well: ThreeStateWell) -> NDArray[np.float64]:
    r"""Motor current of the benchmark.

    .. math:: I = I_{np} P / P_{np}, \quad
        P = C_P \frac{f^3}{f_0^3} (9.4355 \cdot 10^4 + 4.3346 \cdot 10^6 q_0 - 1.8082 \cdot 10^7 q_0^2
        - 2.3599 \cdot 10^9 q_0^3)

    Parameters
    ----------
    q, f, well
        As for :func:`pump_head`. [m³/s, Hz, SI]

    Examples
    --------
    >>> 50 < float(pump_current(0.01, 60.0, ThreeStateWell())) < 65
    True
    """
    f = _running(f)
    _, c_q, c_p = viscosity_factors(well.mu)
    q_0 = np.asarray(q) / c_q * (F_0 / np.asarray(f))
    polynomial = 9.4355e4 + 4.3346e6 * q_0 - 1.8082e7 * q_0**2 - 2.3599e9 * q_0**3
    return well.I_np * c_p * (np.asarray(f) / F_0) ** 3 * polynomial / well.P_np


def _running(f: ArrayLike) -> NDArray[np.float64]:
    """The frequency itself; the benchmark knows no pump at rest, whose q f₀/f is no number."""
    f = np.asarray(f, float)
    require(f > 0.0, "f", f, "must be positive [Hz]")
    return f


def derivative(state: NDArray, f: ArrayLike, z: ArrayLike, p_m: ArrayLike, well: ThreeStateWell) -> NDArray[np.float64]:
    r"""Rates of change of the three states.

    .. math::

        \dot p_{bh} = \tfrac{b}{V_1} (q_r - q), \quad
        \dot p_{wh} = \tfrac{b}{V_2} (q - q_c), \quad
        \dot q = \tfrac1M (p_{bh} - p_{wh} - \rho g h_w - F_1 - F_2 + \Delta p)

    Parameters
    ----------
    state : ndarray, shape (3, ...)
        Bottomhole pressure, wellhead pressure, rate. [Pa, Pa, m³/s]
    f : array_like
        Frequency, positive. [Hz]
    z : array_like
        Choke opening. [-]
    p_m : array_like
        Manifold pressure. [Pa]
    well : ThreeStateWell
        The parameters. [SI]

    Notes
    -----
    Inflow is linear, the choke a square root [1]_ [2]_.

    Examples
    --------
    >>> state = np.array([8311024.8218, 2990109.0621, 0.0099504224135178])
    >>> bool(np.all(np.abs(derivative(state, 50.0, 0.5, 2e6, ThreeStateWell())) < [1, 1, 1e-6]))
    True

    References
    ----------
    .. [1] A. Pavlov et al., IEEE CCA 2014.
    .. [2] B. J. T. Binder et al., IFAC-PapersOnLine 48(6), 2015.
    """
    p_bh, p_wh, q = state
    inflow = well.PI * (well.p_r - p_bh)
    outflow = well.C_c * z * np.sqrt(np.maximum(p_wh - p_m, 0.0))
    losses = friction(q, well.L_1, well) + friction(q, well.L_2, well)
    lift = well.rho * G * (pump_head(q, f, well) - well.h_w)
    return np.stack((
        well.b / well.V_1 * (inflow - q),
        well.b / well.V_2 * (q - outflow),
        (p_bh - p_wh - losses + lift) / well.M,
    ))  # fmt: skip
