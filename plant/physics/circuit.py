"""A submersible induction motor as an equivalent circuit, found from its nameplate.

Stator and rotor in series beside a magnetising branch (the Γ circuit). Where a factory test over loads is at hand,
:mod:`plant.physics.motor` is nearer to it; the circuit reaches where no test does: slip, starting, a locked rotor,
pulling out, and voltage and frequency each on their own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]

STATOR_SHARE = 0.61  # of the rated losses that vary with load
FRICTION = 1.05  # torque of the air gap over that of the shaft at rated load


class Circuit(NamedTuple):
    """One phase of a motor at rated frequency, referred to the stator."""

    r_1: float  # stator [Ω]
    r_2: float  # rotor [Ω]
    x_k: float  # leakage of both [Ω]
    g: float = 0.0  # conductance and susceptance of the magnetising branch [S]
    b: float = 0.0
    friction_power: float = 0.0  # of bearings and oil at rated frequency without slip [W]


class Running(NamedTuple):
    """What a motor takes and gives at a slip."""

    shaft_power: Array  # [W]
    active: Array  # [W]
    reactive: Array  # [var]
    current: Array  # [A]


def nameplate_resistances(
    power: float,
    voltage: float,
    slip: float,
    efficiency: float,
    breakdown_ratio: float = 3.0,
    stator_share: float = STATOR_SHARE,
    friction: float = FRICTION,
) -> tuple[float, float, float]:
    r"""Stator resistance, rotor resistance and leakage reactance behind a nameplate.

    .. math::

        a = \frac{\alpha}{c} \frac{1-\eta}{\eta} \frac{1-s}{s} - 1, \quad
        R_m = \frac{3 U^2 (1-s)}{2 P (m + c - 1)}, \quad
        \beta = \frac{m + c - 1}{c}, \quad \gamma = \frac{1}{s} + a

    .. math::

        r_2 = \frac{R_m}{\gamma^2}\left[\beta/s + a + \sqrt{(\beta/s + a)^2 - \gamma^2}\right], \quad
        r_1 = a r_2, \quad x_k = \sqrt{(R_m - r_1)^2 - r_1^2}

    Parameters
    ----------
    power : float
        Rated, at the shaft. [W]
    voltage : float
        Rated, of one phase: that between lines over √3 in a star. [V]
    slip, efficiency : float
        Rated. [-]
    breakdown_ratio : float
        Greatest torque over rated, :math:`m`. [-]
    stator_share : float
        Share :math:`\alpha` of the rated losses that vary with load. [-]
    friction : float
        Torque :math:`c` of the air gap over that of the shaft. [-]

    Raises
    ------
    OutOfRange
        If the nameplate's losses are too small for its slip or too great for its breakdown torque, if slip or
        efficiency are not between 0 and 1, or if the breakdown torque is less than the rated one.

    Notes
    -----
    The usual identification of the Γ circuit from rated and breakdown torque [1]_.

    Examples
    --------
    >>> [round(value, 3) for value in nameplate_resistances(32e3, 1000.0, 0.05, 0.835, 3.0, 0.61, 1.13)]
    [3.594, 3.501, 10.007]

    References
    ----------
    .. [1] unifloc_py, uMotor/equivalent_circuit, which gives the voltage rated between lines as that of a phase.
    """
    require(0.0 < slip < 1.0, "slip", slip, "must lie between 0 and 1 [-]")
    require(0.0 < efficiency < 1.0, "efficiency", efficiency, "must lie between 0 and 1 [-]")
    a = stator_share / friction * (1.0 - efficiency) / efficiency * (1.0 - slip) / slip - 1.0
    require(a > 0.0, "efficiency", efficiency, f"leaves no loss for the stator at a slip of {slip}")
    require(breakdown_ratio >= 1.0, "breakdown_ratio", breakdown_ratio, "must be at least 1 [-]")
    breakdown = breakdown_ratio + friction - 1.0
    r_m = 3.0 * voltage**2 * (1.0 - slip) / (2.0 * power * breakdown)
    reach, gamma = breakdown / friction / slip + a, 1.0 / slip + a
    r_2 = r_m / gamma**2 * (reach + np.sqrt(reach**2 - gamma**2))
    r_1 = a * r_2
    require(2.0 * r_1 < r_m, "stator_share", stator_share, "leaves the stator too much for that breakdown torque [-]")
    return float(r_1), float(r_2), float(np.sqrt((r_m - r_1) ** 2 - r_1**2))


def nameplate_circuit(
    power: float,
    voltage: float,
    slip: float,
    efficiency: float,
    power_factor: float,
    breakdown_ratio: float = 3.0,
    stator_share: float = STATOR_SHARE,
    friction: float = FRICTION,
) -> Circuit:
    r"""The whole circuit behind a nameplate: the magnetising branch carries what the load branch leaves over.

    .. math:: \underline{Y}_0 U = \underline{I}_1 - \frac{U}{r_1 + r_2/s + j x_k}, \quad
        I_1 = \frac{P}{3 U \eta \cos\varphi}

    Parameters
    ----------
    power, voltage, slip, efficiency, breakdown_ratio, stator_share, friction : float
        As for :func:`nameplate_resistances`. [W, V, -, -, -, -, -]
    power_factor : float
        Rated. [-]

    Raises
    ------
    OutOfRange
        If the nameplate cannot be met: the losses of stator, rotor and friction exceed all that it says are lost.

    Examples
    --------
    >>> circuit = nameplate_circuit(32e3, 577.0, 0.05, 0.835, 0.84)
    >>> rated = running(0.05, 577.0, 1.0, circuit)
    >>> round(float(rated.shaft_power)), round(float(rated.shaft_power / rated.active), 3)
    (32000, 0.835)
    """
    require(0.0 < power_factor < 1.0, "power_factor", power_factor, "must lie between 0 and 1 [-]")
    r_1, r_2, x_k = nameplate_resistances(power, voltage, slip, efficiency, breakdown_ratio, stator_share, friction)
    taken = power / efficiency / 3.0 / voltage
    stator = complex(taken, -taken * np.tan(np.arccos(power_factor)))
    left = (stator - voltage / complex(r_1 + r_2 / slip, x_k)) / voltage
    require(left.real >= 0.0, "friction", friction, "takes more than the losses that the stator and rotor leave [-]")
    return Circuit(r_1, r_2, x_k, left.real, -left.imag, (friction - 1.0) * power / (1.0 - slip))


def running(slip: ArrayLike, voltage: ArrayLike, frequency: ArrayLike, circuit: Circuit) -> Running:
    r"""Power and current at a slip, a voltage and a frequency.

    .. math::

        I_2 = \frac{U}{\sqrt{(r_1 + r_2/s)^2 + (\nu x_k)^2}}, \quad
        P = 3 I_2^2 r_2 \frac{1-s}{s} - \nu (1-s) P_f

    Parameters
    ----------
    slip : array_like
        Above 0 (no load, but for friction) and up to 1 (standing). [-]
    voltage : array_like
        Of one phase. [V]
    frequency : array_like
        Frequency :math:`\nu` over rated frequency, positive. [-]
    circuit : Circuit
        Of the motor. [Ω, S, W]

    Raises
    ------
    OutOfRange
        If ``slip`` is not above 0 and up to 1, or ``frequency`` not positive.

    Notes
    -----
    Friction goes with speed, and vanishes at a stand. The magnetising susceptance falls with frequency.

    Examples
    --------
    >>> motor = Circuit(3.6, 3.5, 10.0)
    >>> locked = running(1.0, 1000.0, 1.0, motor)
    >>> float(locked.shaft_power), round(float(locked.current), 1)
    (0.0, 81.5)
    """
    s, nu, u = (np.asarray(x, float) for x in (slip, frequency, voltage))
    require((s > 0.0) & (s <= 1.0), "slip", s, "must be above 0 and up to 1 [-]")
    require(nu > 0.0, "frequency", nu, "must be positive [-]")
    r, x = circuit.r_1 + circuit.r_2 / s, nu * circuit.x_k
    square = u**2 / (r**2 + x**2)
    shaft = 3.0 * square * circuit.r_2 * (1.0 - s) / s - nu * (1.0 - s) * circuit.friction_power
    active = 3.0 * (square * r + circuit.g * u**2)
    reactive = 3.0 * (square * x + circuit.b / nu * u**2)
    current = np.hypot(active, reactive) / np.where(u > 0.0, 3.0 * u, 1.0)
    return Running(shaft, active, reactive, current)


def slip_at(shaft_power: ArrayLike, voltage: ArrayLike, frequency: ArrayLike, circuit: Circuit) -> Array:
    r"""Slip at which the motor gives a shaft power; 1 where it cannot and stalls.

    .. math:: R^2 + R\left[2 (r_1 + r_2) - 3 U^2/P\right] + (r_1 + r_2)^2 + (\nu x_k)^2 = 0, \quad
        s = \frac{r_2}{R + r_2}

    Parameters
    ----------
    shaft_power : array_like
        Wanted, not negative. [W]
    voltage, frequency : array_like
        As for :func:`running`. [V, -]
    circuit : Circuit
        Of the motor. [Ω, S, W]

    Raises
    ------
    OutOfRange
        If ``shaft_power`` is negative.

    Notes
    -----
    :math:`R = r_2 (1-s)/s` is the load as a resistance, its larger root the stable one. Friction is added to
    the shaft's power.

    Examples
    --------
    >>> circuit = nameplate_circuit(32e3, 577.0, 0.05, 0.835, 0.84)
    >>> round(float(slip_at(32e3, 577.0, 1.0, circuit)), 3), float(slip_at(32e3, 200.0, 1.0, circuit))
    (0.05, 1.0)
    """
    power, u, nu = (np.asarray(x, float) for x in (shaft_power, voltage, frequency))
    require(power >= 0.0, "shaft_power", power, "must not be negative [W]")
    slip = breakdown_slip(nu, circuit)
    for _ in range(5):  # friction goes with a speed that differs little from the frequency
        again = _slip(power + nu * (1.0 - slip) * circuit.friction_power, u, nu, circuit)
        slip = np.where(slip < 1.0, again, 1.0)  # a standing motor has no friction, and stays where it is
    return slip


def breakdown_slip(frequency: ArrayLike, circuit: Circuit) -> Array:
    r"""Slip of the greatest torque: more load than there, and the motor stalls.

    .. math:: s_m = \frac{r_2}{\sqrt{r_1^2 + (\nu x_k)^2}}

    Parameters
    ----------
    frequency : array_like
        Over rated frequency, positive. [-]
    circuit : Circuit
        Of the motor. [Ω, S, W]

    Examples
    --------
    >>> round(float(breakdown_slip(1.0, Circuit(3.0, 2.0, 4.0))), 3)
    0.4
    """
    return circuit.r_2 / np.hypot(circuit.r_1, np.asarray(frequency) * circuit.x_k)


def _slip(power: Array, u: Array, nu: Array, circuit: Circuit) -> Array:
    """Slip at which the rotor gives a power, friction's included; 1 where it cannot."""
    resistance = circuit.r_1 + circuit.r_2
    half = 1.5 * u**2 / np.maximum(power, 1e-6) - resistance
    inside = half**2 - resistance**2 - (nu * circuit.x_k) ** 2
    load = np.maximum(half + np.sqrt(np.maximum(inside, 0.0)), 0.0)
    return np.where((half > 0.0) & (inside >= 0.0), circuit.r_2 / (load + circuit.r_2), 1.0)
