"""A motor's circuit from its nameplate, as an open library finds it."""

from __future__ import annotations

from plant.physics.circuit import nameplate_resistances


def pedn32(of: str) -> float:
    """A resistance of the PEDN32-117-1000 at its rated slip, its 1000 V taken as those of a phase [ohm]."""
    found = nameplate_resistances(32e3, 1000.0, 0.05, 0.835, 3.0, 0.61, 1.13)
    return float(found[("r1", "r2", "xk").index(of)])
