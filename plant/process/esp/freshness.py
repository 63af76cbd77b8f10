"""What the liquids' properties were worked out for, and whether that is long ago."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import elementwise
from plant.process.esp.row import Array, Motion, Parameters, Slow


class Seen(NamedTuple):
    """What the properties depend on, as it was when they were worked out."""

    rate: Array
    weight: Array  # of the liquid in the tubing
    tubing_gas: Array
    hole_oil: Array
    hole_gas: Array
    T_i: Array
    T_wh: Array
    viscosity: Array
    line_factor: Array
    friction_factor: Array
    inversion: Array


@elementwise
def seen_of(m: Motion, o: Slow, w: Parameters) -> Seen:
    """What the properties depend on, as it is."""
    viscosity = w.oil_viscosity * w.viscosity_factor
    return Seen(m.q, m.t_o * w.rho_o + m.t_w * w.rho_w, m.t_g, m.h_o, m.h_g, o.T_i, o.T_wh, viscosity,
                w.line_factor, w.friction_factor, w.inversion)  # fmt: skip


@elementwise
def departure(now: Seen, was: Seen, changed: float) -> Array:
    """Positive where one of them has changed by more than ``changed`` of its value and a least one.

    Temperatures are measured by the least one only: a degree changes an oil's viscosity by a tenth.
    """
    moved = np.abs(now.rate - was.rate) - changed * (np.abs(was.rate) + 1e-2)
    moved = np.maximum(moved, (np.abs(now.weight - was.weight) - changed * (was.weight + 1e3)))
    moved = np.maximum(moved, np.abs(now.tubing_gas - was.tubing_gas) - changed * (was.tubing_gas + 10.0))
    moved = np.maximum(moved, np.abs(now.hole_oil - was.hole_oil) - changed * (was.hole_oil + 10.0))
    moved = np.maximum(moved, np.abs(now.hole_gas - was.hole_gas) - changed * (was.hole_gas + 10.0))
    moved = np.maximum(moved, np.maximum(np.abs(now.T_i - was.T_i), np.abs(now.T_wh - was.T_wh)) - changed * 100.0)
    moved = np.maximum(moved, np.abs(now.viscosity - was.viscosity) - changed * was.viscosity)
    moved = np.maximum(moved, np.abs(now.line_factor - was.line_factor) - changed * was.line_factor)
    moved = np.maximum(moved, np.abs(now.friction_factor - was.friction_factor) - changed * was.friction_factor)
    return np.maximum(moved, np.abs(now.inversion - was.inversion) - changed * was.inversion)
