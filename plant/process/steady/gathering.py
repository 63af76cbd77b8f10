"""What the lines from manifolds to separator cost, for the streams that their wells give together.

Lines as the process has them without a fault: friction of their liquid, at the temperature where the stream and
what surrounds the line settle.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plant.asset.field import Field
from plant.process.facility.flowline import FlowlineParameters
from plant.process.facility.gathering import Gathering
from plant.process.parameter import Array

Loss = Callable[[Array], Array]  # rates of liquid through the lines [m³/s] → pressures lost [Pa]
LEAST_RATE = 1e-9  # below which a manifold's stream is taken to be that of its wells in equal parts [m³/s]


class Lines:
    """The lines of a field at rest: which well flows into which, and what a rate loses in each."""

    def __init__(self, field: Field, parameters: FlowlineParameters, p_separator: float):
        self._gathering, self.p_separator = Gathering(field, parameters), p_separator
        self.manifold_of, self.n = self._gathering.manifold_of, len(parameters.length)

    def gathered(self, rates: Array) -> Array:
        """What the wells of each manifold give together."""
        return np.bincount(self.manifold_of, rates, self.n).astype(np.float64, copy=False)

    def loss(self, q: Array, water_cut: Array, T: Array) -> Loss:
        """Pressure lost between manifolds and separator, while wells give liquid ``q`` at temperatures ``T``."""
        q = np.maximum(q, LEAST_RATE)
        streams = np.stack((q * (1.0 - water_cut), q * water_cut, np.zeros_like(q)))
        met, T_met = self._gathering.gather(streams, T)
        self._gathering.settle_temperatures(met, T_met)
        mixed = met[1] / (met[0] + met[1])
        return lambda rates: self._gathering.friction(rates, mixed) * rates
