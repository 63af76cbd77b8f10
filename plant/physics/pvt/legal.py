"""Where the correlations are numbers at all: outside these ranges they refuse rather than answer nonsense.

Wider than the data each was regressed on, which its docstring states: a shut-in well in winter is outside
most of them and must still have a density.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.validity import require

LEGAL = {  # least, greatest, unit
    "p": (0.0, 2e8, "Pa"),
    "p_b": (0.0, 2e8, "Pa"),
    "T": (273.15, 523.15, "K"),
    "gamma_o": (0.6, 1.07, "-"),
    "gamma_g": (0.55, 1.8, "-"),
    "R_s": (0.0, 1e4, "m³/m³"),
    "salinity": (0.0, 0.25, "-"),
    "p_pr": (0.0, 30.0, "-"),
    "T_pr": (1.05, 3.0, "-"),
    "z": (0.1, 5.0, "-"),
    "mu": (1e-7, 1e9, "Pa·s"),
    "impurities": (0.0, 0.8, "-"),
}


def within(**values: ArrayLike) -> None:
    """Raise ``OutOfRange`` for the first value that is not within the legal range of its name; NaN never is.

    >>> within(T=300.0)
    >>> within(T=100.0)
    Traceback (most recent call last):
    plant.error.OutOfRange: T = 100.0: must lie between 273.15 and 523.15 [K]
    """
    for name, value in values.items():
        least, greatest, unit = LEGAL[name]
        array = np.asarray(value, float)
        rule = f"must lie between {least:g} and {greatest:g} [{unit}]"
        require((array >= least) & (array <= greatest), name, array, rule)
