"""Vibration of a pump as its gauge sees it: the root of the squares of what shakes it.

Imbalance shakes once a turn and most near the shaft's critical speed, which worn bearings lower; unbalanced phases
shake at twice the supply frequency; gas, thrust and cavitation shake broadly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]

API_11S8 = 3.96e-3 / np.sqrt(2.0)  # limit of API RP 11S8, 0.156 in/s peak, as root mean square [m/s]


def imbalance_velocity(
    speed: ArrayLike, eccentricity: ArrayLike, critical: ArrayLike, damping: ArrayLike = 0.15
) -> Array:
    r"""Vibration of an unbalanced rotor on flexible bearings, once a turn.

    .. math:: v = \frac{\omega e}{\sqrt{2}} \frac{r^2}{\sqrt{(1 - r^2)^2 + (2 \zeta r)^2}}, \quad r = N/N_c

    Parameters
    ----------
    speed : array_like
        Of the shaft, of either sign. [1/s]
    eccentricity : array_like
        Of the rotor's mass, :math:`e`, times its share of the mass that shakes. [m]
    critical : array_like
        Speed :math:`N_c`, positive. [1/s]
    damping : array_like
        Of the bearings, over critical damping, positive. [-]

    Raises
    ------
    OutOfRange
        If ``critical`` or ``damping`` is not positive.

    Notes
    -----
    Jeffcott's rotor [1]_.

    Examples
    --------
    >>> round(float(imbalance_velocity(50.0, 5e-6, 100.0)) * 1e3, 3)
    0.363

    References
    ----------
    .. [1] H. H. Jeffcott, Phil. Mag. 37, 1919, p. 304.
    """
    critical, damping = np.asarray(critical, float), np.asarray(damping, float)
    require(critical > 0.0, "critical", critical, "must be positive [1/s]")
    require(damping > 0.0, "damping", damping, "must be positive [-]")
    speed = np.abs(np.asarray(speed, float))
    r = speed / critical
    gain = r**2 / np.sqrt((1.0 - r**2) ** 2 + (2.0 * damping * r) ** 2)
    return 2.0 * np.pi * speed * np.asarray(eccentricity) / np.sqrt(2.0) * gain


def worn_critical_speed(critical: ArrayLike, wear: ArrayLike) -> Array:
    r"""Critical speed with worn bearings.

    .. math:: N_c' = N_c (1 + w)^{-3/4}

    Parameters
    ----------
    critical : array_like
        With new bearings. [1/s]
    wear : array_like
        Clearance gained over the clearance when new, not negative. [-]

    Raises
    ------
    OutOfRange
        If ``wear`` is negative.

    Notes
    -----
    The stiffness of a liquid film falls about with the third power of its clearance, that of shaft and bearing in
    series with half that; the critical speed goes with the root of stiffness [1]_.

    Examples
    --------
    >>> round(float(worn_critical_speed(100.0, 1.0)), 1)
    59.5

    References
    ----------
    .. [1] J. F. Gülich, Centrifugal Pumps, 3rd ed., 2014, ch. 10.
    """
    wear = np.asarray(wear, float)
    require(wear >= 0.0, "wear", wear, "must not be negative [-]")
    return np.asarray(critical) * (1.0 + wear) ** -0.75


def line_velocity(current_unbalance: ArrayLike, at_full: float = 5e-3) -> Array:
    r"""Vibration at twice the supply frequency, by unbalanced phases.

    .. math:: v = v_1 I_2/I_1

    Parameters
    ----------
    current_unbalance : array_like
        Negative over positive sequence of the current. [-]
    at_full : float
        Velocity :math:`v_1` were the sequences equal, as with a phase lost. [m/s]

    Notes
    -----
    The two fields' torque pulsates with the product of their currents.

    Examples
    --------
    >>> float(line_velocity(0.1))
    0.0005
    """
    return at_full * np.asarray(current_unbalance, float)


def hydraulic_velocity(
    n: ArrayLike, gas: ArrayLike = 0.0, thrust: ArrayLike = 0.0, base: float = 2e-4, at_full: float = 4e-3
) -> Array:
    r"""Broad vibration by flow, gas and thrust.

    .. math:: v = n^2 \sqrt{v_0^2 + v_1^2 [4 \lambda_g (1 - \lambda_g)]^2 + v_1^2 t^2}

    Parameters
    ----------
    n : array_like
        Speed over test speed. [-]
    gas : array_like
        Gas fraction :math:`\lambda_g` in the stages, from 0 to 1. [-]
    thrust : array_like
        Excess :math:`t` over the thrust window, :func:`plant.physics.esp.thrust.thrust_excess`. [-]
    base, at_full : float
        Velocities of a well-running pump :math:`v_0`, and of one half full of gas or wholly out of its window. [m/s]

    Raises
    ------
    OutOfRange
        If ``gas`` is not between 0 and 1.

    Notes
    -----
    Forces of the flow go with the square of speed. Gas shakes by its coming and going, most where there is as much of
    it as of liquid; a stage full of gas is quiet again. The velocities are typical of field gauges, not measured here.

    Examples
    --------
    >>> round(float(hydraulic_velocity(1.0, 0.5)) * 1e3, 3), round(float(hydraulic_velocity(0.5)) * 1e3, 3)
    (4.005, 0.05)
    """
    gas = np.asarray(gas, float)
    require((gas >= 0.0) & (gas <= 1.0), "gas", gas, "must be from 0 to 1 [-]")
    shaken = np.square(4.0 * gas * (1.0 - gas)) + np.square(thrust)
    return np.square(n) * np.sqrt(base**2 + at_full**2 * shaken)


def overall_velocity(*parts: ArrayLike) -> Array:
    r"""Root mean square of parts at different frequencies together.

    .. math:: v = \sqrt{\sum v_i^2}

    Parameters
    ----------
    *parts : array_like
        Root mean squares of each. [m/s]

    Examples
    --------
    >>> float(overall_velocity(3e-3, 4e-3))
    0.005
    """
    square: Array = np.zeros(())
    for part in parts:
        square = square + np.square(part)
    return np.sqrt(square)
