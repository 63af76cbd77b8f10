"""The nominal model against the field it describes, and against what must hold of any well."""

import numpy as np
import pytest

from plant.asset.field import Field
from plant.process.field import FieldProcess
from plant.process.settled import settled_field
from twin.model import Measured, NominalModel

BAR = 1e5


@pytest.fixture(scope="module")
def model(field: Field) -> NominalModel:
    return NominalModel(field)


def measured(process: FieldProcess) -> Measured:
    s = process.signals
    return Measured(s["Well.Frequency"], s["Well.Choke"], s["Well.WellheadPressure"], s["Well.FlowlinePressure"])


def test_rate_and_current_of_a_nominal_field_are_those_of_its_file(field: Field, model: NominalModel) -> None:
    """Rates and currents as measured on the wells (shengli12, grade M); the rate is that of the choke."""
    said = model.estimate(measured(settled_field(field, seed=None)))
    assert said.flow == pytest.approx([well.measured.rate for well in field.wells], rel=0.005)
    known = [(i, well.measured.current) for i, well in enumerate(field.wells) if well.measured.current]
    assert len(known) == 9
    assert [said.current[i] for i, _ in known] == pytest.approx([current for _, current in known], rel=0.04)


def test_intake_pressure_agrees_with_a_nominal_field_though_it_is_worked_out_otherwise(
    field: Field, model: NominalModel
) -> None:
    """The plant's pumps hold gas and are warmed by their motors, unknown to the twin: at most 8 bar, usually 2."""
    process = settled_field(field, seed=None)
    off = np.abs(model.estimate(measured(process)).intake_pressure - process.signals["Well.IntakePressure"])
    assert off.max() < 8 * BAR
    assert np.median(off) < 2 * BAR


def test_hidden_parameters_show_as_residuals(field: Field, model: NominalModel) -> None:
    process = settled_field(field, seed=1)
    said = model.estimate(measured(process))
    assert np.abs(process.signals["Well.Flow"] / said.flow - 1.0).max() > 0.01
    assert np.abs(process.signals["Well.IntakePressure"] - said.intake_pressure).max() > 3 * BAR


def test_a_wider_choke_passes_more_and_a_faster_pump_draws_the_intake_down(field: Field, model: NominalModel) -> None:
    now = measured(settled_field(field, seed=None))
    said = model.estimate(now)
    assert (model.estimate(now._replace(choke=now.choke * 1.1)).flow > said.flow).all()
    faster = model.estimate(now._replace(frequency=now.frequency + 1.0))
    assert (faster.intake_pressure < said.intake_pressure).all()
    assert (faster.flow == said.flow).all()  # the choke, not the pump, is the meter


def test_a_standing_pump_lifts_and_takes_nothing(field: Field, model: NominalModel) -> None:
    now = measured(settled_field(field, seed=None))
    said = model.estimate(now._replace(frequency=np.zeros_like(now.frequency)))
    assert (said.current == 0.0).all()
    assert not said.is_within_test.any()
    assert (said.intake_pressure > now.wellhead_pressure).all()
    assert np.isfinite(said.intake_pressure).all()
