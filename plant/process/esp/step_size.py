"""How finely wells are stepped."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """Strides, and looks at the properties of what flows."""

    substep: float = 0.004  # into which a step is cut at most [s]
    agreement: float = 1e-5  # of the stages of a stride, over which it is cut
    refresh: float = 1.0  # how often it is looked whether the liquids' properties have changed [s]
    fresh: float = 0.1  # … within a step cut into parts [s]
    changed: float = 7e-5  # by how much a well must have, over its value, for them to be worked out again
