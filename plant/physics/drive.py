"""A variable-speed drive: volts per hertz up to its limit, less frequency at the limit of current, and harmonics."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]

IEEE_519 = 0.05  # total harmonic distortion of the voltage allowed at up to 69 kV
WAVE_SPEED = 1.5e8  # of a voltage step along a cable [m/s]


def drive_voltage(f: ArrayLike, f_rated: float, voltage: float, limit: ArrayLike = np.inf, boost: float = 0.0) -> Array:
    r"""Voltage by volts per hertz, up to what the drive can give.

    .. math:: U = \min\{U_n [b + (1 - b) f/f_n], U_{max}\}

    Parameters
    ----------
    f : array_like
        Frequency, not negative. [Hz]
    f_rated : float
        Of the motor, positive. [Hz]
    voltage : float
        Of the motor at rated frequency. [V]
    limit : array_like
        Greatest voltage: what the mains leave. [V]
    boost : float
        Share of the rated voltage at a stand, against resistance of cable and stator. [-]

    Raises
    ------
    OutOfRange
        If ``f`` is negative or ``f_rated`` not positive.

    Notes
    -----
    Above the frequency of the limit the field weakens, and torque with the square of voltage over frequency [1]_.

    Examples
    --------
    >>> [float(drive_voltage(f, 50.0, 1000.0, 1000.0)) for f in (0.0, 25.0, 60.0)]
    [0.0, 500.0, 1000.0]

    References
    ----------
    .. [1] W. Leonhard, Control of Electrical Drives, 3rd ed., 2001, ch. 12.
    """
    f = np.asarray(f, float)
    require(f >= 0.0, "f", f, "must not be negative [Hz]")
    require(f_rated > 0.0, "f_rated", f_rated, "must be positive [Hz]")
    return np.minimum(np.where(f > 0.0, voltage * (boost + (1.0 - boost) * f / f_rated), 0.0), limit)


def frequency_at_limit(f: ArrayLike, current: ArrayLike, limit: ArrayLike, magnetising: ArrayLike = 0.0) -> Array:
    r"""Frequency to which a drive falls back so that a pump's current stays at its limit.

    .. math:: f' = f \min\left\{1, \left(\frac{I_{max}^2 - I_0^2}{I^2 - I_0^2}\right)^{1/4}\right\}

    Parameters
    ----------
    f : array_like
        Frequency wanted. [Hz]
    current : array_like
        That it would take. [A]
    limit : array_like
        Greatest current :math:`I_{max}`, above the magnetising. [A]
    magnetising : array_like
        Current :math:`I_0` without load. [A]

    Raises
    ------
    OutOfRange
        If ``limit`` is not above ``magnetising``.

    Notes
    -----
    A pump's torque goes with the square of speed, the working part of a motor's current with torque.

    Examples
    --------
    >>> round(float(frequency_at_limit(50.0, 60.0, 50.0, 0.0)), 3), float(frequency_at_limit(50.0, 40.0, 50.0))
    (45.644, 50.0)
    """
    limit, idle = np.asarray(limit, float), np.asarray(magnetising, float)
    require(limit > idle, "limit", limit, "must be above the magnetising current [A]")
    working = np.maximum(np.square(np.asarray(current, float)) - idle**2, 1e-9)
    return np.asarray(f) * np.minimum(((limit**2 - idle**2) / working) ** 0.25, 1.0)


def current_distortion(pulses: int, highest: int = 49) -> float:
    r"""Total harmonic distortion of the current that an ideal rectifier takes.

    .. math:: \mathrm{THD}_I = \sqrt{\sum_{h = kp \pm 1} 1/h^2}

    Parameters
    ----------
    pulses : int
        Of the rectifier: 6, 12, 18. [-]
    highest : int
        Harmonic counted. [-]

    Raises
    ------
    OutOfRange
        If ``pulses`` is not a positive multiple of 6.

    Notes
    -----
    Square blocks of current without commutation; reactance before the drive makes less of it [1]_.

    Examples
    --------
    >>> round(current_distortion(6), 3), round(current_distortion(12), 3)
    (0.3, 0.142)

    References
    ----------
    .. [1] IEEE Std 519-2022, Harmonic Control in Electric Power Systems.
    """
    return float(np.sqrt(np.sum(1.0 / np.square(_harmonics(pulses, highest)))))


def voltage_distortion(pulses: int, load: ArrayLike, short_circuit: ArrayLike, highest: int = 49) -> Array:
    r"""Total harmonic distortion of the voltage where a drive is connected.

    .. math:: \mathrm{THD}_U = \frac{S}{S_{sc}} \sqrt{\sum_{h = kp \pm 1} 1}

    Parameters
    ----------
    pulses, highest : int
        As for :func:`current_distortion`. [-]
    load : array_like
        Apparent power of the drives. [VA]
    short_circuit : array_like
        Short-circuit power there, positive. [VA]

    Raises
    ------
    OutOfRange
        If ``short_circuit`` is not positive, or ``pulses`` not a positive multiple of 6.

    Notes
    -----
    The h-th current is 1/h of the first, the reactance it meets h times as large. More than :data:`IEEE_519` is
    flagged by :func:`exceeds_ieee_519`.

    Examples
    --------
    >>> round(float(voltage_distortion(6, 1e5, 1e7)), 3)
    0.04
    """
    short_circuit = np.asarray(short_circuit, float)
    require(short_circuit > 0.0, "short_circuit", short_circuit, "must be positive [VA]")
    return np.asarray(load) / short_circuit * np.sqrt(len(_harmonics(pulses, highest)))


def exceeds_ieee_519(distortion: ArrayLike) -> NDArray[np.bool_]:
    r"""Whether the voltage is more distorted than IEEE 519 allows.

    .. math:: \mathrm{THD}_U > 0.05

    Parameters
    ----------
    distortion : array_like
        Of the voltage, :func:`voltage_distortion`. [-]

    Examples
    --------
    >>> [bool(exceeds_ieee_519(thd)) for thd in (0.04, 0.06)]
    [False, True]
    """
    return np.asarray(distortion) > IEEE_519


def reflected_peak(length: ArrayLike, rise_time: ArrayLike, reflection: float = 0.9) -> Array:
    r"""Peak of a drive's pulses at the motor over their height at the drive.

    .. math:: \hat{U}/U = 1 + \Gamma \min\left(\frac{2 L}{v t_r}, 1\right)

    Parameters
    ----------
    length : array_like
        Of the cable. [m]
    rise_time : array_like
        Of the pulses, positive. [s]
    reflection : float
        Share :math:`\Gamma` that the motor reflects. [-]

    Raises
    ------
    OutOfRange
        If ``rise_time`` is not positive.

    Notes
    -----
    A step doubles at an open end once it returns before it has risen: the long cables of wells always double it
    unless the drive filters its output [1]_.

    Examples
    --------
    >>> round(float(reflected_peak(2000.0, 1e-6)), 3), round(float(reflected_peak(2000.0, 1e-3)), 3)
    (1.9, 1.024)

    References
    ----------
    .. [1] E. Persson, IEEE Trans. Ind. Appl. 28(5), 1992, p. 1095.
    """
    rise_time = np.asarray(rise_time, float)
    require(rise_time > 0.0, "rise_time", rise_time, "must be positive [s]")
    return 1.0 + reflection * np.minimum(2.0 * np.asarray(length) / (WAVE_SPEED * rise_time), 1.0)


def _harmonics(pulses: int, highest: int) -> Array:
    require(pulses > 0 and pulses % 6 == 0, "pulses", pulses, "must be a positive multiple of 6 [-]")
    centre = np.arange(pulses, highest + pulses, pulses)
    orders = np.sort(np.concatenate((centre - 1, centre + 1)))
    return orders[orders <= highest].astype(float)
