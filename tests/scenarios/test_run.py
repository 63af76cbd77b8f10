"""A run on a bus on which somebody is missing: it ends with one clear error, and does not wait for ever."""

from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench, write_bench
from plant.error import ServiceError
from scenarios import run
from scenarios.story import load_story
from ui.cli.scenario import on_plant_time


@pytest.mark.anyio
async def test_no_historian_is_said_to_be_missing(bus_url: str) -> None:
    timeline, _, bench = load_story("device-lost")
    with pytest.raises(ServiceError, match="no answer on demo"):
        await run.run_story(timeline, bench, bus_url)


@pytest.mark.anyio
async def test_a_field_that_does_not_tell_its_time_is_said_to_be_missing(
    bus_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    file = tmp_path / "bench.toml"
    write_bench(on_plant_time(load_story("device-lost")[2], 20.0), file)
    timeline, _, bench = load_story("device-lost", file)
    with pytest.raises(ServiceError, match="shengli12 has not said what time it is"):
        await run.run_story(timeline, bench, bus_url)


def test_a_fast_field_is_scanned_no_faster_than_every_tenth_of_a_second_of_the_wall() -> None:
    bench = load_bench("shengli12").changed("PLC-STATION", scan=10.0)
    fast = on_plant_time(bench, 30.0)
    assert fast.clock == "field"
    assert {device.scan for device in fast.devices if device.name != "PLC-STATION"} == {3.0}
    assert fast.device("PLC-STATION").scan == 10.0
