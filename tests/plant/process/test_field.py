"""The demo field in motion, against what was measured on its wells."""

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.asset.signal import signals
from plant.process.field import FieldProcess


@pytest.fixture(scope="module")
def field():
    return load_field("shengli12")


@pytest.fixture
def nominal(field):
    return FieldProcess(field, seed=None)


def measured(field, name):
    return np.array([getattr(well.measured, name) for well in field.wells], float)


def test_every_well_flows_its_measured_rate_at_its_measured_frequency(nominal, field):
    # grade M: rates published with the wells
    assert nominal.signals["Well.Flow"] == pytest.approx(measured(field, "rate"), rel=2e-3)
    assert nominal.signals["Well.Frequency"] == pytest.approx(measured(field, "frequency"))
