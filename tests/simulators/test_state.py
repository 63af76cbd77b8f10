"""What a simulated field keeps in a file, and what it starts from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import ConfigError
from simulators.field import SimulatedField
from simulators.state import Keeper, read_state, write_state
from simulators.state_place import set_all_aside, set_aside
from simulators.vsd import TripCode

BenchFile = Callable[..., Path]
WELL, SEED = "CACB27A-P1", 3
FIELD = load_field("shengli12")


def build(path: Path, saved: dict[str, np.ndarray] | None = None) -> SimulatedField:
    return SimulatedField(FIELD, load_bench(path, FIELD.assets(), FIELD.name), seed=SEED, saved=saved)


def again(field: SimulatedField, path: Path) -> SimulatedField:
    """The field as it starts on what another has kept in a file."""
    file = path.with_name("state.npz")
    write_state(file, field, SEED)
    kept = read_state(file, FIELD, SEED)
    assert kept is not None
    return build(path, kept)


def disturbed(path: Path) -> SimulatedField:
    """A field in the middle of everything: a trip and a start, ramps, defects, a dip of the supply, a malfunction."""
    field = build(path)
    device, plant = field.devices[f"RTU-{WELL}"], field.plant
    field.site.drives.trip(4, TripCode.OVERLOAD)
    device.write("well.FrequencyReference", 40.0)
    instruments = field.site.instruments
    instruments.start("frozen", f"Well.{WELL}.IntakePressure", {})
    instruments.start("noise", f"Well.{WELL}.Current", {"size": 1.0, "after": 20.0, "lasts": 100.0})
    plant.malfunctions.start("sand slug", f"Well.{WELL}", 0.7, ramp=60.0)
    field.env.run(until=33.3)
    next(iter(field.site.separators.values())).setpoints["OilLevelReference"] = 0.6
    field.faults.supply.wells.start("dip", 2, {"depth": 0.15, "lasts": 20.0})
    field.faults.devices.start("silent", 5, {"lasts": 100.0})
    field.env.run(until=47.1)
    return field


def test_a_field_that_starts_on_its_file_is_the_one_that_went_on_to_the_last_bit(bench_file: BenchFile) -> None:
    path = bench_file()
    on = disturbed(path)
    resumed = again(on, path)
    assert resumed.env.now == on.env.now
    for until in (47.5, 60.0, 300.0):
        for field in (on, resumed):
            field.env.run(until=until)
            field.devices[f"RTU-{WELL}"].readings()
        for name, array in on.save().items():
            assert np.array_equal(array, resumed.save()[name], equal_nan=True), (until, name)
        assert all(
            str(device.readings()) == str(resumed.devices[name].readings()) for name, device in on.devices.items()
        )


def test_devices_stamp_what_they_show_with_the_time_that_they_start_at(bench_file: BenchFile) -> None:
    saved = disturbed(path := bench_file()).save()
    field = SimulatedField(
        FIELD, load_bench(path, FIELD.assets(), FIELD.name), seed=SEED, epoch=1_700_000_000_000_000_000, saved=saved
    )
    assert field.site.time == pytest.approx(1_700_000_000_000_000_000, abs=1000)


def test_a_well_whose_device_becomes_simulated_comes_back_stopped(bench_file: BenchFile) -> None:
    real = build(bench_file(lambda bench: bench.changed(f"RTU-{WELL}", is_simulated=False)))
    simulated = build(bench_file(), real.save())
    i = simulated.plant.index(f"Well.{WELL}")
    assert not real.plant.inputs["Well.Attached"][i]
    assert simulated.plant.inputs["Well.Attached"][i]
    assert not simulated.plant.inputs["Well.Energised"][i]


def test_the_state_is_kept_every_half_minute_of_plant_time_and_when_a_device_was_told_something(
    bench_file: BenchFile,
) -> None:
    field = build(path := bench_file())
    file = path.with_name("state.npz")
    keeper = Keeper(file, field, SEED)

    def kept_at() -> float:
        kept = read_state(file, FIELD, SEED)
        return float(kept["now"]) if kept else -1.0

    keeper.look()
    assert kept_at() == -1.0
    field.env.run(until=61.0)
    assert kept_at() == pytest.approx(60.0)
    keeper.look()
    assert kept_at() == pytest.approx(60.0)
    field.devices[f"RTU-{WELL}"].write("well.Stop", 1)
    keeper.look()
    assert kept_at() == pytest.approx(61.0)


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_torn_file_is_refused_in_one_line(bench_file: BenchFile, part: float) -> None:
    file = (path := bench_file()).with_name("state.npz")
    write_state(file, build(path), SEED)
    whole = file.read_bytes()
    file.write_bytes(whole[: round(part * len(whole))])
    with pytest.raises(ConfigError, match="torn") as refused:
        read_state(file, FIELD, SEED)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_would_have_to_be_unpickled_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "state.npz"
    np.savez(file, index=np.array([{"about": {}}], object), values=np.zeros(1))
    with pytest.raises(ConfigError, match="torn or no file of arrays"):
        read_state(file, FIELD, SEED)


def test_another_seed_or_a_field_file_that_was_changed_is_refused_with_the_reason(bench_file: BenchFile) -> None:
    from dataclasses import replace

    file = (path := bench_file()).with_name("state.npz")
    write_state(file, build(path), SEED)
    with pytest.raises(ConfigError, match="is of another seed"):
        read_state(file, FIELD, SEED + 1)
    with pytest.raises(ConfigError, match="is of a field file that has been changed since"):
        read_state(file, replace(FIELD, surface_temperature=290.0), SEED)


def test_a_state_that_nobody_goes_on_from_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "shengli12-state.npz"
    for number in (1, 2):
        file.write_text(str(number))
        assert set_aside(file).name == f"shengli12-state-{number}.npz"
    assert sorted(one.read_text() for one in tmp_path.iterdir()) == ["1", "2"]
    assert set_all_aside(tmp_path) == []


def test_a_field_that_never_kept_anything_has_nothing_to_start_from(tmp_path: Path) -> None:
    assert read_state(tmp_path / "state.npz", FIELD, SEED) is None
