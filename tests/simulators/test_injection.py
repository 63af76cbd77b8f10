"""What can be done to a field on its control channel, and what is said to a wrong request."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.error import ConfigError
from plant.asset.field_file import load_field
from simulators.field import SimulatedField
from simulators.injection import inject
from simulators.vsd import RunState, TripCode

pytestmark = pytest.mark.anyio
WELL = "Well.CACB27A-P1"


@pytest.fixture
def field(bench_file: Callable[..., Path]) -> SimulatedField:
    field = load_field("shengli12")
    own_clock = bench_file(lambda text: text.replace('clock = "wall"', 'clock = "field"'))
    return SimulatedField(field, load_bench(own_clock, field.assets()), epoch=1_000)


def shown(field: SimulatedField, seconds: float, signal: str) -> float:
    field.env.run(until=field.env.now + seconds)
    return field.devices["RTU-CACB27A-P1"].readings()[f"well.{signal}"].value


async def test_the_answer_repeats_the_request_stamped_with_plant_time(field: SimulatedField) -> None:
    field.env.run(until=2)
    answer = await inject(field, {"do": "trip", "well": WELL, "code": "GroundFault"})
    assert answer == {"time_ns": 2_000_001_000, "do": "trip", "well": WELL, "code": "GroundFault"}
    assert field.site.drives.trip_code[0] == TripCode.GROUND_FAULT


async def test_freezing_and_running_return_to_the_speed_there_was(field: SimulatedField) -> None:
    for request, speed in (
        ({"do": "speed", "speed": 60}, 60.0), ({"do": "freeze"}, 0.0), ({"do": "run"}, 60.0),
        ({"do": "speed", "speed": "max"}, math.inf),
    ):  # fmt: skip
        await inject(field, request)
        assert field.speed == speed


async def test_on_the_walls_clock_no_other_speed_is_taken_and_freezing_is(bench_file: Callable[..., Path]) -> None:
    """What is stored would carry times that the plant has not reached, or has passed."""
    field = load_field("shengli12")
    on_wall = SimulatedField(field, load_bench(bench_file(), field.assets()))
    for wanted in (30.0, "max"):
        with pytest.raises(ConfigError, match='write clock = "field" in a copy of the bench'):
            await inject(on_wall, {"do": "speed", "speed": wanted})
        assert on_wall.speed == 1.0
    await inject(on_wall, {"do": "freeze"})
    await inject(on_wall, {"do": "speed", "speed": 1})
    assert on_wall.speed == 1.0


async def test_a_bias_takes_its_unit_from_the_key(field: SimulatedField) -> None:
    before = shown(field, 1, "Flow")
    await inject(field, {"do": "fault", "tag": f"{WELL}.Flow", "kind": "bias", "size_m3_d": 50})
    assert (shown(field, 1, "Flow") - before) * 86400 == pytest.approx(50, abs=6)
    await inject(field, {"do": "clear", "tag": f"{WELL}.Flow"})
    assert (shown(field, 1, "Flow") - before) * 86400 == pytest.approx(0, abs=6)


async def test_a_drift_is_per_second_and_can_begin_later(field: SimulatedField) -> None:
    before = shown(field, 1, "IntakePressure")
    request = {"do": "fault", "tag": f"{WELL}.IntakePressure", "kind": "drift", "size": 1e4, "after_s": 60}
    await inject(field, request)
    assert shown(field, 59, "IntakePressure") == pytest.approx(before, abs=0.03e6)
    assert shown(field, 101, "IntakePressure") - before == pytest.approx(1e6, abs=0.03e6)


@pytest.mark.parametrize(("kind", "is_nothing"), [("frozen", False), ("dead", True)])
async def test_instruments_freeze_and_die(field: SimulatedField, kind: str, is_nothing: bool) -> None:
    last = shown(field, 1, "Current")
    await inject(field, {"do": "fault", "tag": f"{WELL}.Current", "kind": kind, "size": 0.0})
    assert math.isnan(shown(field, 5, "Current")) == is_nothing
    assert is_nothing or shown(field, 5, "Current") == last


async def test_devices_are_lost_and_return(field: SimulatedField) -> None:
    name = "RTU-XBKD47-X2"
    await field.start()
    for verb, answers in (("stop_device", False), ("start_device", True)):
        await inject(field, {"do": verb, "device": name})
        assert (await inject(field, {"do": "status"}))["devices"][name]["answers"] is answers
    await field.stop()


async def test_a_detached_well_shuts_in_and_comes_back_stopped(field: SimulatedField) -> None:
    await inject(field, {"do": "detach", "well": WELL})
    assert shown(field, 300, "Flow") == 0.0
    await inject(field, {"do": "attach", "well": WELL})
    assert shown(field, 1, "RunState") in (RunState.STOPPED, RunState.BACKSPIN)
    assert field.plant.inputs["Well.Attached"].all()


async def test_a_dip_of_the_supply_trips_what_it_reaches(field: SimulatedField) -> None:
    await inject(field, {"do": "dip", "depth_pct": 60, "duration_s": 1.0, "wellpad": "B"})
    field.env.run(until=5)
    drives = (await inject(field, {"do": "status"}))["drives"]
    tripped = {well for well, drive in drives.items() if drive["trip"] == TripCode.SUPPLY_VOLTAGE}
    assert tripped == {f"Well.{well.code}" for well in field.field.wells if well.wellpad == "B"}


async def test_a_malfunction_is_started_seen_in_the_status_and_healed(field: SimulatedField) -> None:
    healthy = field.plant.wells.parameters.coupling.copy()
    await inject(field, {"do": "malfunction", "name": "broken shaft", "asset": WELL, "after_s": 10})
    await inject(field, {"do": "malfunction", "name": "pump-off", "wellpad": "B", "severity_pct": 50, "ramp_s": 0})
    field.env.run(until=20)
    assert field.plant.wells.parameters.coupling[0] == 0.0
    told = {
        (one["name"], one["asset"]): one["severity"] for one in (await inject(field, {"do": "status"}))["malfunctions"]
    }
    assert told.pop(("broken shaft", WELL)) == 1.0
    assert told == {("pump-off", f"Well.{w.code}"): 0.5 for w in field.field.wells if w.wellpad == "B"}
    await inject(field, {"do": "heal", "name": "broken shaft", "asset": WELL})
    await inject(field, {"do": "heal"})
    field.env.run(until=21)
    assert (await inject(field, {"do": "status"}))["malfunctions"] == []
    assert field.plant.wells.parameters.coupling.tolist() == healthy.tolist()


async def test_what_befalls_the_field_as_a_whole_needs_no_asset(field: SimulatedField) -> None:
    await inject(field, {"do": "malfunction", "name": "supply sag", "severity": 0.4})
    field.env.run(until=1)
    assert field.plant.station.power.parameters.sag[0] == pytest.approx(0.12)


async def test_the_true_value_can_be_asked_for(field: SimulatedField) -> None:
    answer = await inject(field, {"do": "value", "tag": f"{WELL}.Flow"})
    assert answer["value"] == field.plant.signals["Well.Flow"][0]


@pytest.mark.parametrize(
    ("request_", "parts"),
    [
        ({}, ["do: is missing"]),
        ("trip", ["do: is missing"]),
        ({"do": "explode"}, ["do = 'explode'"]),
        ({"do": "trip", "well": "Well.NONE", "code": "Tired"}, ["'Well.NONE'", "'Tired'"]),
        ({"do": "fault", "tag": "Well.X.Flow", "kind": "odd", "colour": 1}, ["'Well.X.Flow'", "'odd'", "colour"]),
        ({"do": "fault", "tag": f"{WELL}.Flow", "kind": "bias"}, ["size: is missing"]),
        ({"do": "fault", "tag": f"{WELL}.Flow", "kind": "bias", "size_A": 1}, ["no unit of volume rate"]),
        ({"do": "fault", "tag": f"{WELL}.RunState", "kind": "dead"}, ["measured nowhere"]),
        ({"do": "speed", "speed": -1}, ["speed = -1"]),
        ({"do": "speed", "speed": "fast"}, ["must be one of max"]),
        ({"do": "dip", "depth": 2, "duration_s": -1, "wellpad": "Z"}, ["depth", "duration_s", "'Z'"]),
        ({"do": "stop_device", "device": 7}, ["device = 7"]),
        ({"do": "malfunction"}, ["name: is missing"]),
        ({"do": "malfunction", "name": "gas lock", "asset": "Tank.OIL"}, ["'gas lock'", "no malfunction of Tank.OIL"]),
        ({"do": "malfunction", "name": "sag", "severity": 2}, ["of the field as a whole", "severity = 2"]),
        (
            {"do": "malfunction", "name": "gas lock", "asset": WELL, "wellpad": "A", "ramp_s": -1},
            ["along with", "ramp_s"],
        ),
        ({"do": "heal", "name": "gas lock", "wellpad": "Z"}, ["'Z'"]),
        ({"do": "detach"}, ["well: is missing"]),
    ],
)
async def test_a_wrong_request_is_told_all_its_mistakes_and_changes_nothing(
    field: SimulatedField, request_: Any, parts: list[str]
) -> None:
    before = field.status()
    with pytest.raises(ConfigError) as caught:
        await inject(field, request_)
    assert all(part in str(caught.value) for part in parts)
    assert field.status() == before
