"""An open library's cable: copper 4.5 mm, insulation to 7.5, jacket to 10, tape to 11; pillow from 20 to 30 mm."""

from __future__ import annotations

from plant.physics.cable import BRAID, POLYETHYLENE, core_temperature, flat_surface_resistance, layer_resistance

LAYERS = (
    layer_resistance(POLYETHYLENE, 0.0045, 0.0075)
    + layer_resistance(POLYETHYLENE, 0.0075, 0.010)
    + layer_resistance(BRAID, 0.010, 0.011)
    + layer_resistance(BRAID, 0.020, 0.030, cores=1)
)
FLAT = LAYERS + flat_surface_resistance(0.0125, 0.036, 0.12)
R_20 = 1.15e-3  # of a core [ohm/m]


def flat_core_temperature(T_around: float, current: float) -> float:
    """Temperature of the cores of the flat cable [K]."""
    return float(core_temperature(T_around, current, R_20, FLAT))
