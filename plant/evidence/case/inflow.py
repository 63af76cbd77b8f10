"""A radial well above and below its bubble point, as an open library has it."""

from __future__ import annotations

import numpy as np

from plant.physics.inflow import composite_rate
from plant.physics.productivity import radial_productivity
from plant.unit import UNITS


def composite_radial_rate() -> float:
    """Rate with the library's own millidarcy, which follows from its constant 0.00708 for 0.0070819 [m³/s]."""
    bpd, psi, ft, cP = (UNITS[name].scale for name in ("bpd", "psi", "ft", "cP"))
    md = 0.00708 * bpd * cP / (2 * np.pi * ft * psi)
    J = radial_productivity(20 * md, 20 * ft, 0.8 * cP, 1.4, 1500.0, 0.3)
    return float(composite_rate(250 * psi, 2000 * psi, 1800 * psi, J))
