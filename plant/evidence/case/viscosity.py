"""What three pumps lost on viscous liquids, as regressed on the two others and by the two charts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from plant.physics.esp.viscosity import hi_factors
from plant.physics.esp.viscosity_measurement import RE_SCALE, SERIES_538, regressed_factor, viscosity_measurements

Array = NDArray[np.float64]

MEASURED = viscosity_measurements()
PUMPS = ("P37", "P47", "P100")
NU = MEASURED["viscosity_cSt"] * 1e-6
SPEED = MEASURED["speed_rpm"] / 60.0
B = MEASURED["hi_parameter_B"]
RE = 2.0 * np.pi * SPEED * SERIES_538**2 / NU
FACTORS = {"c_q": "rate", "c_h": "head", "c_eta": "efficiency"}

# what each factor is regressed on, and that on water
ABSCISSAE = {"c_q": (RE_SCALE / RE, RE_SCALE / RE * 1e-6 / NU), "c_eta": (B, B * np.sqrt(1e-6 / NU))}


def measured(factor: str) -> Array:
    """The measured factors, point by point."""
    return MEASURED[f"{factor}_measured"]


def by_hi(factor: str) -> Array:
    """The Hydraulic Institute's factors at the same points."""
    return getattr(hi_factors(B), FACTORS[factor])


def regress(factor: str, use: NDArray[np.bool_]) -> tuple[float, float]:
    """Loss and growth of the regression on the points in ``use``."""
    x, x_water = ABSCISSAE[factor]

    def residual(p: Array) -> Array:
        return regressed_factor(x[use], x_water[use], np.exp(p[0]), p[1]) - measured(factor)[use]

    log_loss, growth = least_squares(residual, [-3.0, 0.8], xtol=1e-12, ftol=1e-12).x
    return float(np.exp(log_loss)), float(growth)


def left_out(factor: str) -> Array:
    """Each pump's factors by the regression on the two other pumps."""
    x, x_water = ABSCISSAE[factor]
    predicted = np.empty_like(x)
    for pump in PUMPS:
        own = MEASURED["pump"] == pump
        predicted[own] = regressed_factor(x[own], x_water[own], *regress(factor, ~own))
    return predicted


def left_out_error(factor: str) -> float:
    """Mean absolute error on a pump that the regression did not see."""
    return float(np.abs(left_out(factor) - measured(factor)).mean())


def hi_bias(factor: str) -> float:
    """Mean of the Hydraulic Institute's factor less the measured one."""
    return float((by_hi(factor) - measured(factor)).mean())


def hi_error(factor: str) -> float:
    """Mean absolute error of the Hydraulic Institute's factor."""
    return float(np.abs(by_hi(factor) - measured(factor)).mean())


def hi_published_difference(factor: str) -> float:
    """Greatest difference of ours from the factors that are published beside the measurements."""
    return float(np.abs(by_hi(factor) - MEASURED[f"{factor}_hi_9_6_7"]).max())
