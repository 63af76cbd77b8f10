"""Where a relation holds: the one place where physics refuses an argument."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.error import OutOfRange


def require(holds: ArrayLike, name: str, value: ArrayLike, rule: str) -> None:
    """Raise :class:`OutOfRange` with the first value for which a condition does not hold; NaN never holds.

    >>> require(np.array([2.0, -1.0]) > 0.0, "p_r", [2.0, -1.0], "must be positive [Pa]")
    Traceback (most recent call last):
    plant.error.OutOfRange: p_r = -1.0: must be positive [Pa]
    """
    holds = np.asarray(holds)
    if not holds.all():
        raise OutOfRange(name, float(np.broadcast_to(value, holds.shape)[~holds][0]), rule)


def require_positive(**arguments: ArrayLike) -> None:
    """Raise :class:`OutOfRange` for the first argument that is not positive; NaN never is.

    >>> require_positive(nu=1e-6, q_best=0.0)
    Traceback (most recent call last):
    plant.error.OutOfRange: q_best = 0.0: must be positive
    """
    for name, value in arguments.items():
        require(np.asarray(value) > 0.0, name, value, "must be positive")
