"""How the truth differs from what the files say: hidden parameters moved by a seed.

A twin knows the nominal field; the field it measures is another one of the same make.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.process.parameter import Array

Moves = tuple[tuple[str, float, float], ...]  # parameter, relative standard deviation, bound of the relative change
PERTURBATIONS: Moves = (
    ("reservoir_pressure", 0.01, 0.02),
    ("productivity", 0.05, 0.10),
    ("head_factor", 0.015, 0.03),
    ("power_factor", 0.02, 0.04),
    ("choke_full", 0.03, 0.06),
    ("line_factor", 0.05, 0.10),
    ("friction_factor", 0.05, 0.10),
    ("oil_viscosity", 0.10, 0.20),
    ("q_cooling", 0.05, 0.10),
    ("motor_area", 0.10, 0.20),
    ("gor", 0.10, 0.20),
)
FLOWING: Moves = (  # of wells that flow without a pump
    ("reservoir_pressure", 0.01, 0.02),
    ("productivity", 0.05, 0.10),
    ("back_pressure", 0.05, 0.10),
    ("gor", 0.10, 0.20),
    ("water_gas", 0.10, 0.20),
    ("choke_full", 0.03, 0.06),
    ("line_factor", 0.05, 0.10),
    ("orifice", 0.02, 0.04),
    ("q_cooling", 0.05, 0.10),
)
INJECTING: Moves = (
    ("reservoir_pressure", 0.01, 0.02),
    ("injectivity", 0.05, 0.10),
    ("fracture_pressure", 0.01, 0.02),
    ("choke_full", 0.03, 0.06),
)


def perturb(parameters: Mapping[str, Array], seed: int, moves: Moves = PERTURBATIONS, part: int = 0) -> None:
    """Move the hidden ones of the parameters of all wells of a kind, by name, always the same way for the same seed.

    ``part`` tells kinds of wells apart, that they do not move alike.
    """
    random = np.random.default_rng([seed, part] if part else seed)
    for name, sigma, bound in moves:
        values = parameters[name]
        change = np.clip(sigma * random.standard_normal(values.shape), -bound, bound)
        values *= 1.0 + change
