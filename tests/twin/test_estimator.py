"""Quality and honesty of the twin's tags."""

import subprocess
import sys

import numpy as np

from control.bus import quality
from control.bus.batch import Batch
from plant.asset.field import Field
from plant.process.settled import settled_field
from tests.limit import HANGS
from tests.twin.conftest import surface
from twin.estimator import Estimator

WELL = "Well.CACB27A-P1"


def by_tag(batch: Batch | None) -> dict[str, tuple[float, int]]:
    assert batch is not None
    return dict(zip(batch.names(), zip(batch.value.tolist(), batch.quality.tolist(), strict=True), strict=True))


def test_every_well_gets_three_estimates_and_their_residuals_at_the_time_of_its_inputs(field: Field) -> None:
    estimator, process = Estimator(field), settled_field(field, seed=1)
    estimator.hear(surface(process, time=77))
    batch = estimator.estimate()
    assert batch is not None
    assert len(batch) == 6 * len(field.wells)
    assert set(batch.time.tolist()) == {77}
    said = by_tag(batch)
    flow, residual = said[f"{WELL}.Twin.Flow"][0], said[f"{WELL}.Twin.FlowResidual"][0]
    assert np.isclose(flow + residual, process.signals["Well.Flow"][0])


def test_nothing_new_is_said_when_nothing_new_was_heard(field: Field) -> None:
    estimator = Estimator(field)
    assert estimator.estimate() is None
    estimator.hear(surface(settled_field(field), time=1))
    assert estimator.estimate() is not None
    assert estimator.estimate() is None


def test_an_estimate_is_as_good_as_the_worst_of_its_inputs(field: Field) -> None:
    estimator, process = Estimator(field), settled_field(field)
    estimator.hear(surface(process, time=1))
    estimator.hear(Batch.snapshot([f"{WELL}.Choke"], 2, [np.nan], quality.BAD_COMMUNICATION, "RTU"))
    said = by_tag(estimator.estimate())
    assert np.isnan(said[f"{WELL}.Twin.Flow"][0])
    assert said[f"{WELL}.Twin.Flow"][1] == quality.BAD_COMMUNICATION
    others = [code for tag, (_, code) in said.items() if not tag.startswith(WELL)]
    assert set(others) == {quality.GOOD}


def test_a_bad_meter_spoils_its_residual_but_not_the_estimate(field: Field) -> None:
    estimator, process = Estimator(field), settled_field(field)
    estimator.hear(surface(process, time=1))
    estimator.hear(Batch.snapshot([f"{WELL}.Flow"], 2, [np.nan], quality.BAD_SENSOR_FAILURE, "RTU"))
    estimator.hear(Batch.snapshot([f"{WELL}.Choke"], 3, [process.signals["Well.Choke"][0]], quality.GOOD, "RTU"))
    said = by_tag(estimator.estimate())
    assert said[f"{WELL}.Twin.Flow"][1] == quality.GOOD
    assert said[f"{WELL}.Twin.FlowResidual"][1] == quality.BAD_SENSOR_FAILURE


def test_a_stopped_well_is_uncertain(field: Field) -> None:
    estimator, process = Estimator(field), settled_field(field)
    estimator.hear(surface(process, time=1))
    estimator.hear(Batch.snapshot([f"{WELL}.Frequency"], 2, [0.0], quality.GOOD, "RTU"))
    said = by_tag(estimator.estimate())
    assert said[f"{WELL}.Twin.IntakePressure"][1] == quality.UNCERTAIN_SUBNORMAL


def test_a_sample_that_arrives_late_does_not_replace_a_newer_one(field: Field) -> None:
    estimator, process = Estimator(field), settled_field(field)
    estimator.hear(surface(process, time=10))
    before = by_tag(estimator.estimate())[f"{WELL}.Twin.Flow"]
    estimator.hear(Batch.snapshot([f"{WELL}.Choke"], 5, [0.0], quality.GOOD, "RTU"))
    estimator.hear(Batch.snapshot([f"{WELL}.Frequency"], 11, [process.signals["Well.Frequency"][0]], 0, "RTU"))
    assert by_tag(estimator.estimate())[f"{WELL}.Twin.Flow"] == before


def test_two_truths_that_look_alike_from_outside_get_the_same_twin(field: Field) -> None:
    """What the twin says follows from what it heard alone: the truth's seed cannot reach it."""
    said = []
    for seed in (1, 2):
        process, estimator = settled_field(field, seed=seed), Estimator(field)
        process.env.run(5.0)
        estimator.hear(surface(settled_field(field, seed=None)))  # the same surface before each
        batch = estimator.estimate()
        assert batch is not None
        said.append(batch.value)
    assert np.array_equal(said[0], said[1])


def test_the_twin_loads_nothing_of_the_running_field() -> None:
    """Architecture rule 2: the twin may not peek. Shown on what its process really imports."""
    code = "import sys, twin.service; print(*(m for m in sys.modules if m.startswith(('simulators', 'plant.process'))))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=HANGS)
    assert loaded.stdout.strip() == ""
