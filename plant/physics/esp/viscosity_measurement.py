"""What measured pumps lose on viscous liquids, and a correction regressed on it.

On three pumps measured from 20 to 1000 cSt the Hydraulic Institute's correction promises far too much rate and
efficiency, while its head is right. Rate lost follows the Reynolds number of the impeller, efficiency lost the
Hydraulic Institute's own parameter. So the correction keeps that head and regresses the other two, two numbers each.
"""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.esp.viscosity import ViscosityFactors, hi_factors, hi_parameter
from plant.physics.validity import require_positive

NU_WATER = 1e-6  # at which factors are 1 [m²/s]
SERIES_538 = 0.13665  # housing diameter of the three measured pumps, 5.38 in [m]
RE_SCALE = 1e6
RATE_LOSS, RATE_GROWTH = 0.046645, 0.597665  # regressed on Re
EFFICIENCY_LOSS, EFFICIENCY_GROWTH = 0.081071, 1.040139  # regressed on B


def viscosity_measurements() -> dict[str, NDArray]:
    """The measurements by column: pump names, and numbers in the unit that the column's name ends with.

    >>> measured = viscosity_measurements()
    >>> sorted(set(measured["pump"].tolist())), measured["c_q_measured"].size
    (['P100', 'P37', 'P47'], 85)
    """
    text = files("plant.physics.esp").joinpath("viscosity_factors.csv").read_text()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    measured = {column: np.array([row[column] for row in rows]) for column in rows[0]}
    return {column: values if column == "pump" else values.astype(float) for column, values in measured.items()}


@elementwise
def measured_factors(
    nu: ArrayLike, q_best: ArrayLike, h_best: ArrayLike, speed: ArrayLike, diameter: ArrayLike = SERIES_538
) -> ViscosityFactors:
    r"""Factors regressed on measured submersible pumps.

    .. math::

        \mathrm{Re} = 2 \pi N D^2 / \nu, \quad
        C_Q = \exp\{-a [(10^6/\mathrm{Re})^b - (10^6/\mathrm{Re}_w)^b]\}, \quad
        C_\eta = \exp\{-c [B^d - B_w^d]\}

    Parameters
    ----------
    nu : array_like
        Kinematic viscosity at the best-efficiency point; without effect up to that of water. [m²/s]
    q_best, h_best, speed : array_like
        As for :func:`hi_parameter`. [m³/s, m, 1/s]
    diameter : array_like
        Of the pump's housing. [m]

    Raises
    ------
    OutOfRange
        If any argument is not positive, or B is above 40.

    Notes
    -----
    The index w marks the same pump on water. Regressed on three pumps of one series between 20 and 980 cSt and 2400
    and 3500 rpm [1]_; judged on each pump by a regression on the two others, the mean error is 0.03 of the rate's and
    0.02 of the efficiency's factor, where the Hydraulic Institute's is 0.18 and 0.10. Head is the Hydraulic
    Institute's, whose mean error of 0.03 no regression of ours improved.
    The data do not give the housings' diameter: it is that of the pumps' series, and no other series was measured.

    Examples
    --------
    >>> factors = measured_factors(4.066e-5, 4700 * 0.159 / 86400, 17.0, 3500 / 60)
    >>> [round(float(factor), 2) for factor in factors]  # measured: 0.91, 0.95, 0.75
    [0.89, 0.96, 0.72]

    References
    ----------
    .. [1] SPE-210603, and its companion data set: three-stage rigs at the University of Campinas.
    """
    require_positive(diameter=diameter, nu=nu)
    nu = np.maximum(nu, NU_WATER)
    b = hi_parameter(nu, q_best, h_best, speed)
    re = 2.0 * np.pi * np.asarray(speed) * np.asarray(diameter) ** 2 / nu
    thinner = NU_WATER / nu
    rate = regressed_factor(RE_SCALE / re, RE_SCALE / re * thinner, RATE_LOSS, RATE_GROWTH)
    efficiency = regressed_factor(b, b * np.sqrt(thinner), EFFICIENCY_LOSS, EFFICIENCY_GROWTH)
    return ViscosityFactors(rate, hi_factors(b).head, efficiency)


@elementwise
def regressed_factor(x: ArrayLike, x_water: ArrayLike, loss: float, growth: float) -> NDArray[np.float64]:
    r"""The form of our regression: one on water, and falling from there.

    .. math:: C = \exp[-a (x^b - x_w^b)]

    Parameters
    ----------
    x, x_water : array_like
        What the factor depends on, on the liquid and on water. [-]
    loss, growth : float
        The regression's :math:`a` and :math:`b`. [-, -]

    Examples
    --------
    >>> float(regressed_factor(2.0, 2.0, 0.1, 1.0))
    1.0
    """
    return np.exp(-loss * (np.asarray(x) ** growth - np.asarray(x_water) ** growth))
