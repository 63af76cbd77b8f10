"""How thick oil and water are together: that depends on which of them surrounds the other, and how tightly.

Up to the inversion point water hangs in the oil and thickens it many times over; beyond it oil hangs in the water,
which hardly notices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require

LEAST_SHARE = 0.05  # of the surrounding phase: with less, Brinkman's law would run away
PAL_RHODES_SHARE = 0.765  # of drops at which they make the emulsion a hundred times as thick


@elementwise
def emulsion_viscosity(
    water_cut: ArrayLike, mu_o: ArrayLike, mu_w: ArrayLike, inversion: ArrayLike = 0.6, width: float = 0.01
) -> NDArray[np.float64]:
    r"""Viscosity of an oil-water dispersion: Brinkman's, of whichever phase surrounds the other.

    .. math:: \mu = \mu_c (1 - \phi_d)^{-2.5}

    Parameters
    ----------
    water_cut : array_like
        Water per liquid. [-]
    mu_o, mu_w : array_like
        Viscosities of oil and water. [Pa·s]
    inversion : float
        Water cut above which water is the surrounding phase. [-]
    width : float
        Water cut over which one emulsion becomes the other. [-]

    Notes
    -----
    The two branches are blended in their logarithms, so that a water cut that wanders through the
    inversion point gives a steep but smooth viscosity. The relation [1]_ is for a loose dispersion;
    tight emulsions are thicker: :func:`pal_rhodes_viscosity`.

    Examples
    --------
    >>> round(float(emulsion_viscosity(0.3, 0.1, 1e-3)), 4)
    0.2439

    References
    ----------
    .. [1] H. C. Brinkman, J. Chem. Phys. 20(4), 1952, p. 571.
    """
    f_w = np.clip(water_cut, 0.0, 1.0)
    in_oil = np.log(mu_o) - 2.5 * np.log(np.maximum(1.0 - f_w, LEAST_SHARE))
    in_water = np.log(mu_w) - 2.5 * np.log(np.maximum(f_w, LEAST_SHARE))
    return _inverted(f_w, in_oil, in_water, inversion, width)


@elementwise
def broken_viscosity(water_cut: ArrayLike, mu_o: ArrayLike, mu_w: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of oil and water that run side by side: Arrhenius' mixing rule.

    .. math:: \mu = \mu_o^{1 - f_w} \mu_w^{f_w}

    Parameters
    ----------
    water_cut : array_like
        Water per liquid. [-]
    mu_o, mu_w : array_like
        Viscosities of oil and water. [Pa·s]

    Notes
    -----
    For surface lines behind the injection of a demulsifier, where an emulsion no longer forms.

    Examples
    --------
    >>> round(float(broken_viscosity(0.5, 0.1, 1e-3)), 6)
    0.01
    """
    return np.exp((1.0 - np.asarray(water_cut)) * np.log(mu_o) + np.asarray(water_cut) * np.log(mu_w))


def pal_rhodes_viscosity(
    water_cut: ArrayLike,
    mu_o: ArrayLike,
    mu_w: ArrayLike,
    inversion: ArrayLike = 0.6,
    width: float = 0.01,
    phi_100: float = PAL_RHODES_SHARE,
) -> NDArray[np.float64]:
    r"""Viscosity of a tight emulsion: Pal and Rhodes', of whichever phase surrounds the other.

    .. math:: \mu = \mu_c \left[ 1 + \frac{\phi_d/\phi_{100}}{1.187 - \phi_d/\phi_{100}} \right]^{2.49}

    Parameters
    ----------
    water_cut : array_like
        Water per liquid. [-]
    mu_o, mu_w : array_like
        Viscosities of oil and water. [Pa·s]
    inversion : array_like
        Water cut above which water is the surrounding phase. [-]
    width : float
        Water cut over which one emulsion becomes the other. [-]
    phi_100 : float
        Share of drops that makes the emulsion a hundred times as thick as the phase around them, from a
        measurement where there is one: the smaller, the tighter. [-]

    Raises
    ------
    OutOfRange
        If ``phi_100`` is not between 0.5 and 1.

    Notes
    -----
    Fourteen data sets of both kinds [1]_. Blended in the logarithms as :func:`emulsion_viscosity`; the share of
    drops is held at 1.1 times ``phi_100``.

    Examples
    --------
    >>> round(float(pal_rhodes_viscosity(0.765, 0.1, 1e-3, inversion=0.9)) / 0.1)
    100

    References
    ----------
    .. [1] R. Pal, E. Rhodes, J. Rheol. 33(7), 1989, p. 1021.
    """
    require(0.5 <= phi_100 <= 1.0, "phi_100", phi_100, "must lie between 0.5 and 1 [-]")

    def thickened(drops: NDArray[np.float64]) -> NDArray[np.float64]:
        share = np.minimum(drops / phi_100, 1.1)
        return -2.49 * np.log1p(-share / 1.187)  # the bracket is 1.187 / (1.187 - share)

    f_w = np.clip(water_cut, 0.0, 1.0)
    return _inverted(f_w, np.log(mu_o) + thickened(f_w), np.log(mu_w) + thickened(1.0 - f_w), inversion, width)


def brauner_ullmann_inversion(
    rho_o: ArrayLike, rho_w: ArrayLike, mu_o: ArrayLike, mu_w: ArrayLike
) -> NDArray[np.float64]:
    r"""Water cut at which the phases change places, from the energy of their surfaces.

    .. math:: f_w = \frac{1}{1 + \tilde\rho\,\tilde\nu^{0.4}}, \quad
        \tilde\rho = \rho_o/\rho_w, \quad \tilde\nu = \frac{\mu_o/\rho_o}{\mu_w/\rho_w}

    Parameters
    ----------
    rho_o, rho_w : array_like
        Densities of oil and water. [kg/m³]
    mu_o, mu_w : array_like
        Viscosities of oil and water. [Pa·s]

    Notes
    -----
    For drops of one size in turbulent flow without a wetting wall or surfactants [1]_: the natural surfactants of a
    crude keep water in oil up to higher cuts, so that a measured point goes first.

    Examples
    --------
    >>> float(brauner_ullmann_inversion(1000.0, 1000.0, 1e-3, 1e-3))
    0.5

    References
    ----------
    .. [1] N. Brauner, A. Ullmann, Int. J. Multiphase Flow 28, 2002, p. 1177.
    """
    density = np.asarray(rho_o, float) / rho_w
    return 1.0 / (1.0 + density * (np.asarray(mu_o) / mu_w / density) ** 0.4)


def arirachakaran_inversion(mu_o: ArrayLike) -> NDArray[np.float64]:
    r"""Water cut at which the phases change places, as found in pipes.

    .. math:: f_w = 0.5 - 0.1108 \log_{10}(\mu_o / 1\,\text{cP})

    Parameters
    ----------
    mu_o : array_like
        Viscosity of the oil. [Pa·s]

    Notes
    -----
    Oils of 4.7 to 2,116 cP in horizontal pipes [1]_; held between 0.05 and 0.95.

    Examples
    --------
    >>> round(float(arirachakaran_inversion(0.1)), 4)
    0.2784

    References
    ----------
    .. [1] S. Arirachakaran, K. D. Oglesby, M. S. Malinowsky, O. Shoham, J. P. Brill, SPE 18836, 1989.
    """
    return np.clip(0.5 - 0.1108 * np.log10(np.asarray(mu_o, float) / 1e-3), 0.05, 0.95)


@elementwise
def _inverted(
    f_w: NDArray[np.float64],
    log_in_oil: NDArray[np.float64],
    log_in_water: NDArray[np.float64],
    inversion: ArrayLike,
    width: float,
) -> NDArray[np.float64]:
    """The branch that a water cut is on, with a smooth step between them."""
    in_water = 0.5 + 0.5 * np.tanh((f_w - inversion) / (2.0 * width))
    return np.exp((1.0 - in_water) * log_in_oil + in_water * log_in_water)
