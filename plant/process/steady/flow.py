"""What steady flow costs in pressure on its way from the perforations to the manifold, by either kind of flow."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from plant.physics.choke import SMALL_DROP
from plant.process.parameter import Array

LEAST_COEFFICIENT = 1e-30  # of a closed choke: whatever flows leaves nothing behind it


class Way(NamedTuple):
    """The pressures that a rate leaves along its way [Pa], and its temperature at the wellhead [K]."""

    p_wf: Array
    intake: Array
    discharge: Array
    wellhead: Array
    line: Array  # behind the choke
    manifold: Array
    T_wellhead: Array


class Flow(Protocol):
    """Wells as ways of pressure, for rates of liquid at standard conditions whose shape ends with the wells'."""

    q_max: Array  # that at no flowing pressure [m³/s]

    def way(self, q: Array, cells: int) -> Way:
        """All pressures along the way, pipes cut into some multiple of ``cells``."""
        ...


def choke_drop(q: Array, coefficient: Array, small: float = SMALL_DROP) -> Array:
    """Pressure drop at which :func:`plant.physics.choke.choke_rate` gives a rate that is not negative: its inverse."""
    square = np.square(q / np.maximum(coefficient, LEAST_COEFFICIENT))
    # Δp⁴ = (q/C)⁴ (Δp² + δ²), a quadratic in Δp²; the root that is not negative, free of overflow
    return np.sqrt(0.5 * square * (square + np.hypot(square, 2.0 * small)))
