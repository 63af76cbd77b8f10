"""How the truth differs from what the files say: hidden parameters moved by a seed.

A twin knows the nominal field; the field it measures is another one of the same make.
"""

from __future__ import annotations

import numpy as np

from plant.process.esp.row import Parameters

# parameter, relative standard deviation, bound of the relative change
PERTURBATIONS = (
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


def perturb(wells: Parameters, seed: int) -> None:
    """Move the hidden parameters of all wells, always the same way for the same seed."""
    random = np.random.default_rng(seed)
    for name, sigma, bound in PERTURBATIONS:
        values = getattr(wells, name)
        change = np.clip(sigma * random.standard_normal(values.shape), -bound, bound)
        values *= 1.0 + change
