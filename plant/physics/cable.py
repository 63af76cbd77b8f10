"""The power cable of a submersible motor: what it drops, what it loses, and how hot its cores become."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require
from plant.unit import zero_Celsius

Array = NDArray[np.float64]

COPPER = 0.0038  # change of copper's resistance from 20 °C [1/K]
REACTANCE = 1.2e-4  # of one core at 50 Hz, about the same for all cables [Ω/m]
T_20 = zero_Celsius + 20.0

# specific thermal resistances by GOST R 51777-2001 [K m/W]
POLYETHYLENE, BRAID, RUBBER, LEAD = 4.0, 6.5, 7.5, 0.03
TO_OIL, TO_GAS = 0.0425, 0.11  # of the surface, in well liquid and across gas [K m²/W]


def core_resistance(r_20: ArrayLike, T: ArrayLike) -> Array:
    r"""Resistance of copper at a temperature.

    .. math:: r = r_{20} [1 + \alpha (T - 293.15)]

    Parameters
    ----------
    r_20 : array_like
        At 20 °C. [Ω/m]
    T : array_like
        Of the core. [K]

    Examples
    --------
    >>> round(float(core_resistance(1e-3, 393.15)), 6)
    0.00138
    """
    return np.asarray(r_20) * (1.0 + COPPER * (np.asarray(T) - T_20))


def voltage_drop(
    current: ArrayLike, r: ArrayLike, length: ArrayLike, power_factor: ArrayLike, frequency: ArrayLike = 50.0
) -> Array:
    r"""Voltage between lines lost along a cable.

    .. math:: \Delta U = \sqrt{3} I L (r \cos\varphi + x \sin\varphi)

    Parameters
    ----------
    current : array_like
        In each core. [A]
    r : array_like
        Resistance of a core, hot: :func:`core_resistance`. [Ω/m]
    length : array_like
        Of the cable. [m]
    power_factor : array_like
        At the motor, from 0 to 1. [-]
    frequency : array_like
        Of the supply. [Hz]

    Raises
    ------
    OutOfRange
        If ``power_factor`` is not between 0 and 1.

    Notes
    -----
    The part of the drop in phase with the voltage; what is across it changes a kilovolt by less than a volt.

    Examples
    --------
    >>> round(float(voltage_drop(30.0, 1.2e-3, 2000.0, 0.85)), 1)
    112.6
    """
    power_factor = np.asarray(power_factor, float)
    require((power_factor >= 0.0) & (power_factor <= 1.0), "power_factor", power_factor, "must be from 0 to 1 [-]")
    x = REACTANCE * np.asarray(frequency) / 50.0
    per_metre = np.asarray(r) * power_factor + x * np.sqrt(1.0 - power_factor**2)
    return np.sqrt(3.0) * np.asarray(current) * np.asarray(length) * per_metre


def cable_loss(current: ArrayLike, r: ArrayLike, length: ArrayLike) -> Array:
    r"""Power lost in the three cores.

    .. math:: P = 3 I^2 r L

    Parameters
    ----------
    current, r, length : array_like
        As for :func:`voltage_drop`. [A, Ω/m, m]

    Examples
    --------
    >>> round(float(cable_loss(30.0, 1e-3, 2000.0)))
    5400
    """
    return 3.0 * np.square(current) * np.asarray(r) * np.asarray(length)


def core_temperature(T_around: ArrayLike, current: ArrayLike, r_20: ArrayLike, resistance: ArrayLike) -> Array:
    r"""Temperature of the cores of a cable in a well.

    .. math:: T = \frac{T_a + k (1 - 293.15 \alpha)}{1 - k \alpha}, \quad k = 3 I^2 r_{20} S

    Parameters
    ----------
    T_around : array_like
        Of the well's fluid. [K]
    current : array_like
        In each core. [A]
    r_20 : array_like
        Resistance of a core at 20 °C. [Ω/m]
    resistance : array_like
        Thermal resistance :math:`S` from the cores to the fluid: :func:`layer_resistance` of the cable and
        :func:`flat_surface_resistance` or :func:`round_surface_resistance` around it. [K m/W]

    Raises
    ------
    OutOfRange
        If the current heats the cores faster than the rising temperature can carry away.

    Notes
    -----
    The heat balance of GOST R 51777-2001 [1]_, solved for the temperature: copper's resistance rises with it.

    Examples
    --------
    >>> round(float(core_temperature(393.15, 30.0, 1.15e-3, 1.5622)) - 273.15, 2)
    126.82

    References
    ----------
    .. [1] GOST R 51777-2001, Cables for submersible electric pumps, annex B.
    """
    k = 3.0 * np.square(np.asarray(current, float)) * np.asarray(r_20) * np.asarray(resistance)
    require(k * COPPER < 1.0, "current", current, "heats the cable without end: its resistance rises too fast [A]")
    return (np.asarray(T_around) + k * (1.0 - COPPER * T_20)) / (1.0 - k * COPPER)


def layer_resistance(specific: ArrayLike, inner: ArrayLike, outer: ArrayLike, cores: int = 3) -> Array:
    r"""Thermal resistance of one layer around each core, or around all of them.

    .. math:: S = \frac{\sigma}{2 \pi n} \ln\frac{d_o}{d_i}

    Parameters
    ----------
    specific : array_like
        Specific resistance :math:`\sigma` of the layer, such as :data:`POLYETHYLENE`. [K m/W]
    inner, outer : array_like
        Diameters of the layer. [m]
    cores : int
        Cores :math:`n` that have such a layer each; 1 for a layer around all. [-]

    Examples
    --------
    >>> round(float(layer_resistance(POLYETHYLENE, 0.0045, 0.0075)), 4)
    0.1084
    """
    return np.asarray(specific) / (2.0 * np.pi * cores) * np.log(np.asarray(outer) / np.asarray(inner))


def flat_surface_resistance(thickness: ArrayLike, width: ArrayLike, casing: ArrayLike) -> Array:
    r"""Thermal resistance from a flat cable's surface to the fluid of an oil well.

    .. math:: S = \frac{1}{2}\left[\sigma_o \left(\frac{1}{p} + \frac{1}{\pi d_c}\right) + \frac{\sigma_g}{p}\right],
        \quad p = 1.14 h + 2 w

    Parameters
    ----------
    thickness, width : array_like
        Of the cable, :math:`h` and :math:`w`. [m]
    casing : array_like
        Inner diameter :math:`d_c`. [m]

    Examples
    --------
    >>> round(float(flat_surface_resistance(0.0125, 0.036, 0.12)), 4)
    0.9404

    References
    ----------
    .. [1] GOST R 51777-2001, Cables for submersible electric pumps, annex B.
    """
    around = 1.14 * np.asarray(thickness) + 2.0 * np.asarray(width)
    return 0.5 * ((TO_OIL + TO_GAS) / around + TO_OIL / (np.pi * np.asarray(casing)))


def round_surface_resistance(diameter: ArrayLike, casing: ArrayLike) -> Array:
    r"""Thermal resistance from a round cable's surface to the fluid of an oil well.

    .. math:: S = \frac{1}{2\pi}\left[\sigma_o \left(\frac{1}{d} + \frac{1}{d_c}\right) + \frac{\sigma_g}{d}\right]

    Parameters
    ----------
    diameter : array_like
        Of the cable. [m]
    casing : array_like
        Inner diameter :math:`d_c`. [m]

    Examples
    --------
    >>> round(float(round_surface_resistance(0.030, 0.12)), 4)
    0.8654

    References
    ----------
    .. [1] GOST R 51777-2001, Cables for submersible electric pumps, annex B.
    """
    diameter = np.asarray(diameter)
    return ((TO_OIL + TO_GAS) / diameter + TO_OIL / np.asarray(casing)) / (2.0 * np.pi)
