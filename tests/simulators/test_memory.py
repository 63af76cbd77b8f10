"""What simulated devices keep over a loss of power, which a drive, an RTU or a PLC holds in non-volatile memory."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.error import ConfigError
from plant.asset.field_file import load_field
from simulators.field import SimulatedField
from simulators.memory import read, write
from simulators.vsd import RunState, TripCode

BenchFile = Callable[..., Path]
STOPPED, TRIPPED = "CACB27A-P1", "CACB248A-5"


def build(path: Path) -> SimulatedField:
    field = load_field("shengli12")
    return SimulatedField(field, load_bench(path, field.assets()))


def again(field: SimulatedField, path: Path) -> SimulatedField:
    """The field as it starts on what the devices of another kept in a file."""
    file = path.with_name("memory.json")
    write(file, {"field": "shengli12", "si": field.memory.kept()})
    fresh = build(path)
    assert fresh.memory.recall(read(file, "shengli12")) == []
    return fresh


def test_references_stops_trips_and_separator_setpoints_outlive_the_field(bench_file: BenchFile) -> None:
    path = bench_file()
    before = build(path)
    device, separator = before.devices[f"RTU-{STOPPED}"], next(iter(before.site.separators))
    device.write("well.FrequencyReference", 40.0)
    device.write("well.ChokeReference", 0.3)
    device.write("well.Stop", 1)
    before.site.drives.trip(before.plant.index(f"Well.{TRIPPED}"), TripCode.OVERLOAD)
    before.site.separators[separator].setpoints["OilLevelReference"] = 0.6
    after = again(before, path)

    i, j = (after.plant.index(f"Well.{well}") for well in (STOPPED, TRIPPED))
    drives, inputs = after.site.drives, after.plant.inputs
    assert (drives.reference[i], inputs["Well.ChokeTarget"][i]) == (40.0, 0.3)
    assert not inputs["Well.Energised"][[i, j]].any()
    assert (drives.state[j], drives.trip_code[j]) == (RunState.TRIPPED, TripCode.OVERLOAD)
    assert after.site.separators[separator].setpoints["OilLevelReference"] == 0.6
    after.env.run(until=1200.0)
    assert drives.state[i] in (RunState.BACKSPIN, RunState.STOPPED)  # its shaft may turn for an hour yet
    assert after.plant.signals["Well.Frequency"][i] == 0.0
    assert after.plant.signals["Well.Choke"][i] == pytest.approx(0.3)
    assert after.memory.kept() == before.memory.kept()


def test_a_running_well_goes_to_its_own_reference(bench_file: BenchFile) -> None:
    path = bench_file()
    before = build(path)
    before.devices[f"RTU-{STOPPED}"].write("well.FrequencyReference", 40.0)
    after = again(before, path)
    after.env.run(until=120.0)
    i = after.plant.index(f"Well.{STOPPED}")
    assert after.site.drives.state[i] == RunState.RUNNING
    assert after.plant.signals["Well.Frequency"][i] == pytest.approx(40.0)


def test_what_nobody_changed_is_left_to_the_field_file(bench_file: BenchFile) -> None:
    field = build(bench_file())
    assert field.memory.kept() == {}
    field.devices[f"RTU-{STOPPED}"].write("well.FrequencyReference", 40.0)
    assert field.memory.kept() == {f"Well.{STOPPED}.FrequencyReference": 40.0}


def test_what_no_device_can_have_kept_is_named_and_left_out(bench_file: BenchFile) -> None:
    field = build(bench_file())
    well = f"Well.{STOPPED}"
    wrong = field.memory.recall({
        "Well.GONE.RunState": 0, f"{well}.FrequencyReference": 400.0, f"{well}.RunState": 4,
        f"{well}.ChokeReference": "open", f"{well}.TripCode": 3, "Well.CACB248A-5.RunState": 0,
    })  # fmt: skip
    assert wrong == [
        "Well.GONE.RunState: no device keeps it",
        f"{well}.FrequencyReference = 400 Hz: must be 30 … 60",
        f"{well}.RunState = 4: must be one of [0, 2, 3]",
        f"{well}.ChokeReference = 'open': must be a number",
    ]
    assert set(field.memory.kept()) == {f"{well}.TripCode", "Well.CACB248A-5.RunState"}


def test_a_well_whose_device_is_real_keeps_nothing_here(bench_file: BenchFile) -> None:
    field = build(bench_file(lambda bench: bench.changed("RTU-CACB27A-P1", is_simulated=False)))
    assert not field.plant.inputs["Well.Energised"].all()
    assert field.memory.kept() == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"field": "shengli12", "si"', "file: cannot be read"),
        ("[]", "si: must be a table of tags"),
        (json.dumps({"field": "other", "si": {}}), "field = 'other': must be 'shengli12'"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_line(tmp_path: Path, text: str, rule: str) -> None:
    file = tmp_path / "memory.json"
    file.write_text(text)
    with pytest.raises(ConfigError, match=rule) as refused:
        read(file, "shengli12")
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_devices_that_never_kept_anything_have_nothing_to_recall(tmp_path: Path) -> None:
    assert read(tmp_path / "memory.json", "shengli12") == {}
