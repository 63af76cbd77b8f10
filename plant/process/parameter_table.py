"""Every parameter of a field's process as one table: by type of asset and name, an array over its assets.

What moves parameters, as malfunctions do, finds them here and need not know how a process is made up. A part of an
asset stands before a dot (``oil_valve.leak``); of what a field has only once, the type is ``Field``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from plant.process.parameter import Array

if TYPE_CHECKING:
    from plant.process.field import FieldProcess

ParameterTable = dict[str, dict[str, Array]]


def parameter_table(process: FieldProcess) -> ParameterTable:
    """The arrays themselves, not copies: to write into one is to change the plant."""
    found: ParameterTable = {}
    for asset_type, prefix, part in _parts(process):
        if part is not None:
            named = {f"{prefix}{name}": array for name, array in rows_of(part.parameters).items()}
            found.setdefault(asset_type, {}).update(named)
    return found


def rows_of(parameters: Any) -> dict[str, Array]:
    """The arrays of a part's parameters by name."""
    rows = parameters._asdict() if hasattr(parameters, "_asdict") else vars(parameters)
    return {name: array for name, array in rows.items() if isinstance(array, np.ndarray)}


def _parts(process: FieldProcess) -> tuple[tuple[str, str, Any], ...]:
    station = process.station
    vessel, machines, flares = station.separator, station.compressors, station.flares
    return (
        ("Well", "", process.wells), ("GasLiftWell", "", process.gas_lift), ("NaturalWell", "", process.natural),
        ("Injector", "", process.injectors), ("Manifold", "", station.gathering), ("Separator", "", vessel),
        ("Separator", "oil_valve.", vessel.oil_valve), ("Separator", "water_valve.", vessel.water_valve),
        ("Separator", "gas_valve.", vessel.gas_valve), ("Tank", "", station.tanks), ("Riser", "", station.riser),
        ("Heater", "", station.heaters), ("Compressor", "", machines),
        ("Compressor", "recycle_valve.", machines and machines.recycle_valve), ("Flare", "", flares),
        ("Flare", "valve.", flares and flares.valve), ("InjectionPump", "", station.injection),
        ("Generator", "", station.power), ("Field", "gas.", station.gas), ("Field", "power.", station.power),
        ("Field", "injection.", station.injection), ("Field", "compressors.drum.", machines and machines.drum),
    )  # fmt: skip
