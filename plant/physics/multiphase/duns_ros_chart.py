"""The charts of Duns and Ros, read at points and joined by straight lines on their logarithmic abscissa."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# A row of abscissas, then of ordinates. The abscissa of L is the diameter number, of F the liquid viscosity
# number, of f_2 the product f_1 (v_sg / v_sl) N_d^(2/3).
CHARTS = {
    "L_1": """
        15 20 25 31.6 40
        2 2 1.57 1 1
    """,
    "L_2": """
        10 20 30 40 50 63 80
        0.26 0.38 0.5 0.61 0.73 0.88 1.1
    """,
    "F_1": """
        0.002 0.014 0.02 0.03 0.04 0.06 0.09 0.14 0.2 0.3 0.4 0.6 0.9 1.4 2
        1.2 1.2 1.29 1.29 1.5 1.7 1.9 2.04 2 1.85 1.7 1.45 1.15 0.9 0.8
    """,
    "F_2": """
        0.002 0.014 0.02 0.04 0.08 0.1 0.12 0.2 0.3 0.7 1 2
        0.24 0.24 0.27 0.48 0.85 0.95 1.05 1.05 1 0.85 0.8 0.7
    """,
    "F_3": """
        0.002 0.0055 0.006 0.007 0.009 0.01 0.02 0.04 0.07 0.1 0.14 0.2 0.5 1 2
        0.75 0.77 0.83 0.93 1.13 1.17 1.82 2.53 2.93 3.13 3.33 3.53 3.73 3.93 4.13
    """,
    "F_4": """
        0.002 0.003 0.005 0.009 0.03 0.04 0.05 0.06 0.1 2
        -18 -5 8 21 44 49.5 52 56 57 57
    """,
    "F_5": """
        0.002 0.003 0.006 0.02 0.03 0.04 0.05 0.06 0.07 0.09 0.1 0.12 0.14 0.17 0.2 0.4 0.7 1 2
        0.22 0.21 0.2 0.17 0.16 0.145 0.13 0.11 0.095 0.07 0.06 0.048 0.042 0.042 0.046 0.06 0.08 0.095 0.14
    """,
    "F_6": """
        0.002 0.003 0.004 0.005 0.007 0.009 0.012 0.014 0.02 0.0245 0.03 0.05 0.07 0.09 0.1 0.12 0.14 0.2 0.3 0.4 0.6 2
        0.86 0.5 0.3 0.18 0.04 -0.04 -0.12 -0.14 -0.08 0.08 0.36 0.96 1.46 1.98 2.1 2.18 2.1 1.98 1.86 1.8 1.765 1.765
    """,
    "F_7": """
        0.002 0.003 0.005 0.02 0.07 0.1 0.14 0.2 0.3 0.4 0.6 1 2
        0.13 0.125 0.11 0.07 0.045 0.04 0.035 0.032 0.03 0.028 0.026 0.0245 0.024
    """,
    "f_2": """
        0.4 0.7 1 2 3 6 10 20 40 100
        1 0.9 0.75 0.6 0.5 0.4 0.35 0.3 0.25 0.2
    """,
}
LINES = {name: np.array([line.split() for line in text.split("\n")[1:3]], float) for name, text in CHARTS.items()}


def read(name: str, at: ArrayLike) -> NDArray[np.float64]:
    """The ordinate of a chart; beyond its ends that of the nearest end.

    >>> float(read("F_1", 0.002)), float(read("L_1", 1000.0))
    (1.2, 1.0)
    """
    abscissa, ordinate = LINES[name]
    return np.interp(np.log(at), np.log(abscissa), ordinate)
