"""The worked example of Beggs and Brill, and a pipe that the open library fluids was run on."""

from __future__ import annotations

import numpy as np

from plant.physics.column import G
from plant.physics.multiphase import beggs_brill
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.stream import Stream
from plant.unit import foot

POUND_FT3 = 16.018463
RHO_L, RHO_G = 56.6 * POUND_FT3, 2.84 * POUND_FT3
DIAMETER = 0.249 * foot
RE = 8450.0  # the book's
# the book's stream, its viscosity from the Reynolds number it gives, its tension from the velocity number
STREAM = Stream(
    v_sl=2.65 * foot, v_sg=4.09 * foot, rho_l=RHO_L, rho_g=RHO_G,
    mu_l=18e-3, mu_g=1.8e-5, sigma=0.030,
)  # fmt: skip


def liquid_share() -> float:
    """The liquid's share of the rate."""
    return float(STREAM.lambda_l)


def froude_number() -> float:
    """Of the mixture."""
    return float(STREAM.v_m**2 / (G * DIAMETER))


def is_intermittent() -> float:
    """1 where the map puts the stream into intermittent flow alone, else 0."""
    at = beggs_brill.pattern(np.log(STREAM.lambda_l), np.log(froude_number()))
    return float(not (at.segregated or at.transition or at.distributed))


def holdup() -> float:
    """The liquid's share of the pipe."""
    return float(beggs_brill.holdup(STREAM, DIAMETER, np.pi / 2))


def friction_exponent() -> float:
    """The logarithm S by which two phases raise the friction."""
    return float(beggs_brill.friction_exponent(STREAM.lambda_l, holdup()))


def weight() -> float:
    """Of the mixture in the pipe [lb/ft³, as the book's psf/ft]."""
    return (RHO_G + (RHO_L - RHO_G) * holdup()) / POUND_FT3


def friction() -> float:
    """Pressure lost to it along the pipe [psf/ft]."""
    factor = colebrook_factor(RE) * np.exp(friction_exponent())
    return float(factor * STREAM.rho_n * STREAM.v_m**2 / (2 * DIAMETER * G) / POUND_FT3)


def fluids_loss(angle: float, quality: float) -> float:
    """Pressure lost over 100 m of the other library's pipe, acceleration included [Pa]."""
    diameter, rate = 0.077927, 1.163125
    per_area = rate / (0.25 * np.pi * diameter**2)
    stream = Stream(
        per_area * (1 - quality) / 613.8, per_area * quality / 141.3, 613.8, 141.3, 0.0005, 2e-5, 0.028, 119e5
    )
    return float(100.0 * beggs_brill.gradient(stream, diameter, angle, 1.8e-6, acceleration=True))
