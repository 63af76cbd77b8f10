"""Between the rows of a table, and beyond its ends: the one rule for all that was measured point by point.

Surveys, pump curves and lift tables go on beyond their ends as their last two rows have it, straight
(docs/decisions/15). What was read from a chart, or tabulated of a correlation over all that is legal, is
held at its ends instead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require


def straight(at: ArrayLike, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    r"""Straight between the points of a table, and straight on beyond its ends.

    .. math:: y(x) = y_i + (y_{i+1} - y_i) \frac{x - x_i}{x_{i+1} - x_i}

    Parameters
    ----------
    at : array_like
        Where to read the table. [any]
    x, y : array_like, shape (k,)
        The table, by rising ``x``, two points or more. [any, any]

    Raises
    ------
    OutOfRange
        If ``x`` does not rise.

    Examples
    --------
    >>> straight([-1.0, 0.5, 3.0], [0.0, 1.0, 2.0], [0.0, 10.0, 15.0]).tolist()
    [-10.0, 5.0, 20.0]
    """
    at, x, y = (np.asarray(values, float) for values in (at, x, y))
    require(np.diff(x) > 0.0, "x", x[1:], "must rise from point to point")
    below = np.minimum(at - x[0], 0.0) * (y[1] - y[0]) / (x[1] - x[0])
    above = np.maximum(at - x[-1], 0.0) * (y[-1] - y[-2]) / (x[-1] - x[-2])
    return below + np.interp(at, x, y) + above
