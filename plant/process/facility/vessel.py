"""Separators as numbers: what they are, and what may be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Separator
from plant.process.facility.phase import SLENDERNESS
from plant.process.parameter import Array

RELIEF_RATIO = 2.2  # of a relief valve's set pressure to the operating one, where the file gives none


@dataclass
class VesselParameters:
    """One array per parameter, one element per separator, SI; faults are neutral as built."""

    volume: Array
    oil_volume: Array
    water_volume: Array
    design_pressure: Array
    header_pressure: Array
    relief_pressure: Array
    length: Array
    shell: Array  # [m²]
    T_air: Array
    relief_stuck: Array  # 0 … 1 does not lift
    relief_leak: Array  # share of its capacity that is always open
    relief_set: Array  # on the set pressure
    heat_loss: Array  # on the shell's
    drop: Array  # on the size of the liquids' drops: below 1 a tighter emulsion
    mist: Array  # on the size of the spray's: below 1 a broken demister, or foam
    sand: Array  # share of both compartments
    weir_leak: Array  # [m²]
    hole: Array  # in the gas space [m²]


def vessel_parameters(separators: tuple[Separator, ...], T_air: float) -> VesselParameters:
    """Of every separator, without a fault."""

    def column(name: str) -> Array:
        return np.array([getattr(one, name) for one in separators], float)

    volume, n = column("volume"), len(separators)
    diameter = (4.0 * volume / (np.pi * SLENDERNESS)) ** (1.0 / 3.0)
    given = [one.relief_pressure or RELIEF_RATIO * one.pressure for one in separators]
    return VesselParameters(
        volume, column("oil_volume"), column("water_volume"), column("pressure"), column("gas_header_pressure"),
        np.array(given, float), SLENDERNESS * diameter, np.pi * diameter**2 * (SLENDERNESS + 0.5), np.full(n, T_air),
        relief_stuck=np.zeros(n), relief_leak=np.zeros(n), relief_set=np.ones(n), heat_loss=np.ones(n),
        drop=np.ones(n), mist=np.ones(n), sand=np.zeros(n), weir_leak=np.zeros(n), hole=np.zeros(n),
    )  # fmt: skip
