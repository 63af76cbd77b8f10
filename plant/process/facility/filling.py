"""How a stock tank fills from the separator and is emptied between two levels by its pump."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.facility.line import DISCHARGE, TINY
from plant.process.facility.row import Stream, TankKind, TankState
from plant.process.parameter import Array, G

HEIGHT = 10.0  # of a full tank [m]
PUMP_PRESSURE, PUMP_EFFICIENCY = 1e6, 0.6  # of a transfer pump, for what it asks of the power supply


@elementwise
def moved(s: TankState, k: TankKind, dt: float, oil: Stream, water: Stream, supply: float) -> TankState:
    """The tank ``dt`` later, with the streams of the separator's two outlets; gas that blew by leaves at the vent.

    ``supply`` is what the power gives of the pump's speed.
    """
    level = (s.content_o + s.content_w + s.content_g) / k.volume
    pumping = choose(level >= k.start, 1.0, choose(level > k.stop, choose(s.pumping > 0.0, 1.0, 0.0), 0.0))
    o = s.content_o + choose(k.is_oil > 0.5, oil.oil, water.oil) * dt
    w = s.content_w + choose(k.is_oil > 0.5, oil.water, water.water) * dt
    g, vented = s.content_g, s.vented_g + choose(k.is_oil > 0.5, oil.gas, water.gas) * dt
    driven = pumping * k.pump_power * supply
    leak = DISCHARGE * k.leak_area * np.sqrt(2.0 * G * HEIGHT * (o + w + g) / k.volume) * dt
    pumped = share(driven * k.outlet * (1.0 - k.pump_wear) * k.pump_rate * dt, o + w + g)
    shipped_o, shipped_w, shipped_g = s.shipped_o + o * pumped, s.shipped_w + w * pumped, s.shipped_g + g * pumped
    o, w, g = o - o * pumped, w - w * pumped, g - g * pumped
    lost = share(leak, o + w + g)
    spilled_o, spilled_w, spilled_g = s.spilled_o + o * lost, s.spilled_w + w * lost, s.spilled_g + g * lost
    o, w, g = o - o * lost, w - w * lost, g - g * lost
    over = share(np.maximum(o + w + g - k.volume, 0.0), o + w + g)
    return TankState(
        o - o * over, w - w * over, g - g * over, pumping, shipped_o, shipped_w, shipped_g,
        spilled_o + o * over, spilled_w + w * over, spilled_g + g * over, s.vented_o, s.vented_w, vented,
        driven * k.pump_rate * PUMP_PRESSURE / PUMP_EFFICIENCY,
    )  # fmt: skip


@elementwise
def share(volume: Array, held: Array) -> Array:
    """Of what is held, that a volume is, as much as there is."""
    return np.minimum(volume, held) / np.maximum(held, TINY)
