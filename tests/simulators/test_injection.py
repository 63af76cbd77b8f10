"""What can be done to a field on its control channel, and what is said to a wrong request."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import CommandRefused, ConfigError
from simulators.field import SimulatedField
from simulators.injection import inject
from simulators.vsd import Inhibit, RunState, TripCode

pytestmark = pytest.mark.anyio
WELL = "Well.CACB27A-P1"


@pytest.fixture
def field(bench_file: Callable[..., Path]) -> SimulatedField:
    field = load_field("shengli12")
    own_clock = bench_file(lambda bench: replace(bench, clock="field"))
    return SimulatedField(field, load_bench(own_clock, field.assets()), epoch=1_000)


def shown(field: SimulatedField, seconds: float, signal: str) -> float:
    field.env.run(until=field.env.now + seconds)
    return field.devices["RTU-CACB27A-P1"].readings()[f"well.{signal}"].value


async def test_the_answer_repeats_the_request_stamped_with_plant_time(field: SimulatedField) -> None:
    field.env.run(until=2)
    asked = {"do": "malfunction", "malfunction": "trip", "on": WELL, "code": "GroundFault"}
    assert await inject(field, asked) == {"time_ns": 2_000_001_000, **asked}
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
    bias = {"malfunction": "bias", "on": f"{WELL}.Flow"}
    await inject(field, {"do": "malfunction", **bias, "size_m3_d": 50})
    assert (shown(field, 1, "Flow") - before) * 86400 == pytest.approx(50, abs=6)
    await inject(field, {"do": "heal", **bias})
    assert (shown(field, 1, "Flow") - before) * 86400 == pytest.approx(0, abs=6)


async def test_a_fault_can_begin_later_and_end_by_itself(field: SimulatedField) -> None:
    before = shown(field, 1, "IntakePressure")
    drift = {"malfunction": "drift", "on": f"{WELL}.IntakePressure", "size_MPa": 0.6, "over": "1m"}
    await inject(field, {"do": "malfunction", **drift, "after_s": 60, "lasts": "2m"})
    assert shown(field, 59, "IntakePressure") == pytest.approx(before, abs=0.03e6)
    assert shown(field, 101, "IntakePressure") - before == pytest.approx(1e6, abs=0.03e6)
    assert shown(field, 100, "IntakePressure") == pytest.approx(before, abs=0.03e6)


async def test_devices_are_cut_off_and_return(field: SimulatedField) -> None:
    name = "RTU-XBKD47-X2"
    await field.start()
    for verb, answers in (("malfunction", False), ("heal", True)):
        await inject(field, {"do": verb, "malfunction": "cut", "on": name})
        assert (await inject(field, {"do": "status"}))["devices"][name]["answers"] is answers
    await field.stop()


async def test_a_device_that_starts_anew_answers_again_when_it_has(field: SimulatedField) -> None:
    name = "RTU-XBKD47-X2"
    await field.start()
    await inject(field, {"do": "malfunction", "malfunction": "reboot", "on": name, "lasts": "5s"})
    assert not field.wire(name).answers(field.places[name])
    field.set_speed(math.inf)
    await field.run(until=6.0)
    await field.mind_links()
    assert field.wire(name).answers(field.places[name])
    await field.stop()


async def test_a_device_that_ignores_its_reference_acknowledges_it_all_the_same(field: SimulatedField) -> None:
    rtu, before = field.devices["RTU-CACB27A-P1"], shown(field, 1, "FrequencyReference")
    await inject(field, {"do": "malfunction", "malfunction": "reference ignored", "on": "RTU-*"})
    rtu.write("well.FrequencyReference", 41.0)
    assert shown(field, 1, "FrequencyReference") == before


async def test_what_begins_and_ends_is_news_stamped_with_plant_time(field: SimulatedField) -> None:
    await inject(field, {"do": "malfunction", "malfunction": "dead", "on": f"{WELL}.Flow", "after_s": 3, "lasts_s": 5})
    await inject(field, {"do": "malfunction", "malfunction": "plugged intake", "on": WELL, "ramp_s": 4})
    field.env.run(until=20)
    await inject(field, {"do": "heal"})
    told = [(one["what"], one["malfunction"], one["on"], one["time_ns"] / 1e9) for one in field.news.take()]
    assert told == [
        ("began", "plugged intake", WELL, pytest.approx(0.2, abs=0.21)),
        ("began", "dead", f"{WELL}.Flow", pytest.approx(3.0, abs=0.21)),
        ("ended", "dead", f"{WELL}.Flow", pytest.approx(8.0, abs=0.21)),
        ("ended", "plugged intake", WELL, pytest.approx(20.0, abs=0.01)),
    ]
    assert field.news.take() == []


async def test_what_is_real_cannot_be_made_to_fail(bench_file: Callable[..., Path]) -> None:
    asset_field = load_field("shengli12")
    real = bench_file(lambda bench: bench.changed("RTU-CACB27A-P1", is_simulated=False))
    field = SimulatedField(asset_field, load_bench(real, asset_field.assets()))
    for said in (
        {"malfunction": "gas lock", "on": WELL}, {"malfunction": "dead", "on": f"{WELL}.Flow"},
        {"malfunction": "cut", "on": "RTU-CACB27A-P1"}, {"malfunction": "trip", "on": "Well.*"},
    ):  # fmt: skip
        with pytest.raises(CommandRefused, match="is real hardware"):
            await inject(field, {"do": "malfunction", **said})
    assert field.faults.is_idle
    assert (field.site.drives.trip_code == TripCode.NONE).all()


async def test_faults_put_back_as_arrays_go_on_as_they_were(field: SimulatedField) -> None:
    await inject(field, {"do": "malfunction", "malfunction": "bias", "on": f"{WELL}.Flow", "size": 1.0, "ramp": "10s"})
    field.env.run(until=5)
    kept = {name: array.copy() for name, array in field.faults.state.items()}
    standing = field.faults.standing()
    await inject(field, {"do": "heal"})
    assert field.faults.standing() == []
    for name, array in field.faults.state.items():
        array[...] = kept[name]
    assert field.faults.standing() == standing


async def test_a_detached_well_shuts_in_and_comes_back_stopped(field: SimulatedField) -> None:
    await inject(field, {"do": "detach", "well": WELL})
    assert shown(field, 300, "Flow") == 0.0
    await inject(field, {"do": "attach", "well": WELL})
    assert shown(field, 1, "RunState") in (RunState.STOPPED, RunState.BACKSPIN)
    assert field.plant.inputs["Well.Attached"].all()


async def test_a_drive_operated_at_its_panel_takes_nothing_from_the_wire_until_it_is_given_back(
    field: SimulatedField,
) -> None:
    device = field.devices["RTU-CACB27A-P1"]
    await inject(field, {"do": "local", "well": WELL})
    with pytest.raises(CommandRefused, match="local mode"):
        device.write("well.FrequencyReference", 45.0)
    assert device.readings()["well.Inhibit"].value == Inhibit.LOCAL
    await inject(field, {"do": "remote", "well": WELL})
    device.write("well.FrequencyReference", 45.0)
    assert device.readings()["well.FrequencyReference"].value == 45.0


@pytest.mark.parametrize("request_", [{"do": "freeze"}, {"do": "run"}, {"do": "speed", "speed": 1.0}])
async def test_beside_real_hardware_time_is_neither_stopped_nor_set(
    bench_file: Callable[..., Path], request_: dict[str, Any]
) -> None:
    field = load_field("shengli12")
    bench = load_bench(bench_file(lambda b: b.changed("RTU-CACB27A-P1", is_simulated=False)), field.assets())
    beside = SimulatedField(field, bench)
    with pytest.raises(CommandRefused, match="real hardware"):
        await inject(beside, request_)
    assert beside.speed == 1.0


async def test_a_dip_of_the_supply_trips_what_it_reaches(field: SimulatedField) -> None:
    await inject(field, {"do": "malfunction", "malfunction": "dip", "depth_pct": 60, "on": "Wellpad.B"})
    field.env.run(until=5)
    drives = (await inject(field, {"do": "status"}))["drives"]
    tripped = {well for well, drive in drives.items() if drive["trip"] == TripCode.SUPPLY_VOLTAGE}
    assert tripped == {f"Well.{well.code}" for well in field.field.wells if well.wellpad == "B"}


async def test_a_malfunction_is_started_seen_in_the_status_and_healed(field: SimulatedField) -> None:
    healthy = field.plant.wells.parameters.coupling.copy()
    await inject(field, {"do": "malfunction", "malfunction": "broken shaft", "on": WELL, "after_s": 10})
    await inject(
        field, {"do": "malfunction", "malfunction": "pump-off", "on": "Wellpad.B", "severity_pct": 50, "ramp_s": 0}
    )
    field.env.run(until=20)
    assert field.plant.wells.parameters.coupling[0] == 0.0
    told = {
        (one["malfunction"], one["on"]): one["severity"]
        for one in (await inject(field, {"do": "status"}))["malfunctions"]
    }
    assert told.pop(("broken shaft", WELL)) == 1.0
    assert told == {("pump-off", f"Well.{w.code}"): 0.5 for w in field.field.wells if w.wellpad == "B"}
    await inject(field, {"do": "heal", "malfunction": "broken shaft", "on": WELL})
    await inject(field, {"do": "heal"})
    field.env.run(until=21)
    assert (await inject(field, {"do": "status"}))["malfunctions"] == []
    assert field.plant.wells.parameters.coupling.tolist() == healthy.tolist()


async def test_what_befalls_the_field_as_a_whole_needs_no_asset(field: SimulatedField) -> None:
    await inject(field, {"do": "malfunction", "malfunction": "supply sag", "severity": 0.4})
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
        (
            {"do": "malfunction", "malfunction": "trip", "on": "Well.NONE", "code": "Tired"},
            ["'Well.NONE'", "'Tired'"],
        ),
        (
            {"do": "malfunction", "malfunction": "odd", "on": f"{WELL}.Flow", "colour": 1, "size": 1},
            ["malfunction = 'odd'", "colour: is not a key"],
        ),
        ({"do": "malfunction", "malfunction": "bias", "on": "Well.X.Flow", "colour": 1}, ["'Well.X.Flow'", "colour"]),
        ({"do": "malfunction", "malfunction": "bias", "on": f"{WELL}.Flow"}, ["size: is missing"]),
        ({"do": "malfunction", "malfunction": "bias", "on": f"{WELL}.Flow", "size_A": 1}, ["no unit of volume rate"]),
        ({"do": "malfunction", "malfunction": "bias", "on": f"{WELL}.*", "size": 1}, ["names tags of", "is of one"]),
        (
            {"do": "malfunction", "malfunction": "dead", "on": f"{WELL}.RunState"},
            ["names nothing", "befalls Instrument"],
        ),
        ({"do": "malfunction", "malfunction": "dead", "on": f"{WELL}.Flow", "ramp_s": 3}, ["ramp_s: is not a key"]),
        ({"do": "malfunction", "malfunction": "clock skew", "on": "RTU-*", "by": "2h"}, ["speak opcua or mqtt"]),
        ({"do": "speed", "speed": -1}, ["speed = -1"]),
        ({"do": "speed", "speed": "fast"}, ["must be one of max"]),
        (
            {"do": "malfunction", "malfunction": "dip", "depth": 2, "lasts": "x", "on": "Wellpad.Z"},
            ["depth", "must be a duration", "'Wellpad.Z'"],
        ),
        ({"do": "malfunction", "malfunction": "cut", "on": 7}, ["on = 7"]),
        ({"do": "malfunction"}, ["malfunction: is missing"]),
        ({"do": "malfunction", "malfunction": "gas lock"}, ["on: is missing"]),
        (
            {"do": "malfunction", "malfunction": "gas lock", "on": "Tank.OIL", "severity": 2, "ramp_s": -1},
            ["'Tank.OIL'", "befalls Well", "severity = 2", "ramp_s"],
        ),
        ({"do": "heal", "malfunction": "gas lock", "on": WELL, "severity": 0.5}, ["severity: is not a key"]),
        ({"do": "heal", "malfunction": "trip", "on": WELL}, ["leaves nothing to heal"]),
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
