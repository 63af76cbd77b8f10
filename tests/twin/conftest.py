import numpy as np
import pytest

from control.bus.batch import Batch
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.process.field import FieldProcess

SEEN = ("Frequency", "Choke", "WellheadPressure", "FlowlinePressure", "IntakePressure", "Flow", "Current")


@pytest.fixture(scope="session")
def field() -> Field:
    """The demo field."""
    return load_field("shengli12")


def surface(process: FieldProcess, time: int = 1, quality: int = 0) -> Batch:
    """What perfect instruments would show of every well of a running field."""
    tags = [f"Well.{well.code}.{signal}" for signal in SEEN for well in process.field.wells]
    values = np.concatenate([process.signals[f"Well.{signal}"] for signal in SEEN])
    return Batch.snapshot(tags, time, values, quality, "RTU")
