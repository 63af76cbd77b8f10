"""What is to be seen of a field: the truth behind each signal of its assets, SI, by ``"{AssetType}.{Signal}"``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from plant.asset.field import Field
from plant.process.facility.signal import FACILITY_SIGNALS, station_signals
from plant.process.parameter import Array

if TYPE_CHECKING:
    from plant.process.field import FieldProcess

_FLOWING = (
    "WellheadPressure", "CasingPressure", "BottomholePressure", "FlowlinePressure", "WellheadTemperature", "Choke",
    "Flow", "GasFlow",
)  # fmt: skip
SIGNALS = {
    "Well": (
        "Frequency", "ShaftSpeed", "Current", "Voltage", "ActivePower", "CurrentUnbalance", "HarmonicDistortion",
        "LeakageCurrent", "Vibration", "IntakePressure", "DischargePressure", "MotorTemperature", "IntakeTemperature",
        "WellheadPressure", "WellheadTemperature", "CasingPressure", "FlowlinePressure", "Choke", "Flow", "WaterCut",
        "GasFlow", "PumpFlow", "AnnulusLevel", "GasInPump",
    ),
    "GasLiftWell": (*_FLOWING, "LiftChoke", "LiftGasFlow"),
    "NaturalWell": _FLOWING,
    "Injector": ("WellheadPressure", "BottomholePressure", "HeaderPressure", "Choke", "Flow"),
    **FACILITY_SIGNALS,
}  # fmt: skip


def blank_signals(field: Field) -> dict[str, Array]:
    """Of every signal of a field an array over the assets of its type; empty where it has none of that type."""
    counts = Counter(asset.partition(".")[0] for asset in field.assets())
    return {f"{kind}.{name}": np.zeros(counts[kind]) for kind, names in SIGNALS.items() for name in names}


def field_signals(process: FieldProcess) -> dict[str, Array | float]:
    """Every signal of the assets that the field has, as they are now."""
    others = (process.gas_lift, process.natural, process.injectors)
    return {
        **{f"Well.{name}": values for name, values in process.wells.signals().items()},
        **{key: values for one in others if one for key, values in one.signals().items()},
        **station_signals(process.station),
    }
