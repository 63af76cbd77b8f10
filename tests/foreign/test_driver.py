"""The Modbus driver against another maker's drive.

The drive is tests/foreign/vsd.c, a process on libmodbus that shares nothing with Gemelo. Expected values
come from its manual (the comment at its head and its table of registers) or from mbpoll, not from our code.
"""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from scipy.constants import atm, bbl, day, psi

from control.acquisition.wire import driver_of
from control.bus import quality
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench, write_bench
from plant.error import DeviceError, DeviceLost, DeviceRefused
from tests.limit import HANGS

pytestmark = pytest.mark.anyio
DEVICE, WELL = "RTU-CACB27A-P1", "Well.CACB27A-P1"
STOPPED, RUNNING, TRIPPED = 0, 2, 3
UNDERLOAD = 1


@pytest.fixture
async def driver(foreign_drive, on_bench, tmp_path):
    """The stack's driver, connected to the foreign drive as the bench says."""
    file = tmp_path / "bench.toml"
    write_bench(on_bench(foreign_drive), file)
    running = driver_of(load_bench(file).device(DEVICE), WallClock())
    await running.connect()
    yield running
    await running.close()


async def said(driver) -> dict[str, float]:
    """What the drive says of its well, by signal, in SI; all of it Good."""
    reading = await driver.read()
    assert set(reading.quality.tolist()) == {quality.GOOD}
    return {tag.removeprefix(f"{WELL}."): value for tag, value in zip(driver.tags, reading.value, strict=True)}


async def until(driver, wanted: Callable[[dict[str, float]], bool]) -> dict[str, float]:
    """The first reading that is as wanted."""
    async with asyncio.timeout(HANGS):
        while not wanted(now := await said(driver)):
            pass
    return now


async def test_its_values_come_out_in_si_whatever_it_speaks(driver):
    now = await said(driver)
    assert now["IntakePressure"] == pytest.approx(atm + 1250 * psi)
    assert now["MotorTemperature"] == pytest.approx((194 - 32) / 1.8 + 273.15)
    assert now["FrequencyReference"] == pytest.approx(45)
    assert now["ChokeReference"] == pytest.approx(1)
    assert (now["RunState"], now["TripCode"], now["Frequency"], now["Current"]) == (STOPPED, 0, 0, 0)


async def test_what_the_driver_reads_is_what_a_foreign_master_reads(driver, foreign_drive, master):
    await driver.write(f"{WELL}.Start", 1)
    await until(driver, lambda now: now["RunState"] == RUNNING)
    settled = await until(driver, lambda now: now["Flow"] > 640 * bbl / day)
    assert settled["Frequency"] == pytest.approx(master(foreign_drive.port).read(1013)[0] / 10)
    flow = master(foreign_drive.port).read(1028, "4:float")[0]
    current = master(foreign_drive.port).read(1014, "4:int")[0]
    assert settled["Flow"] / (bbl / day) == pytest.approx(flow, rel=0.02)
    assert settled["Current"] == pytest.approx(current / 1000, rel=0.02)


async def test_it_ramps_to_a_reference_that_we_write_and_its_well_follows(driver):
    await driver.write(f"{WELL}.Start", 1)
    before = await until(driver, lambda now: now["RunState"] == RUNNING)
    await driver.write(f"{WELL}.FrequencyReference", 55.5)
    await until(driver, lambda now: now["Frequency"] == pytest.approx(55.5))
    await until(driver, lambda now: now["IntakePressure"] < before["IntakePressure"] - 300 * psi)


async def test_a_float_setpoint_arrives_low_word_first(driver, foreign_drive, master):
    await driver.write(f"{WELL}.ChokeReference", 0.25)
    assert master(foreign_drive.port).read(1002, "4:float") == [0.25]


@pytest.mark.parametrize(("signal", "value"), [("FrequencyReference", 29.0), ("ChokeReference", 1.5)])
async def test_it_refuses_a_reference_out_of_range_and_keeps_the_old_one(driver, signal, value):
    before = (await said(driver))[signal]
    with pytest.raises(DeviceRefused, match="exception 3, illegal data value"):
        await driver.write(f"{WELL}.{signal}", value)
    assert (await said(driver))[signal] == before


async def test_a_start_that_it_refuses_is_told_apart_from_a_lost_device(driver, foreign_drive, master):
    await driver.write(f"{WELL}.Start", 1)
    master(foreign_drive.port).write(1032, 20)  # the test stand's brake: the pump runs empty
    tripped = await until(driver, lambda now: now["RunState"] == TRIPPED)
    assert (tripped["TripCode"], tripped["Frequency"]) == (UNDERLOAD, 0)
    with pytest.raises(DeviceRefused, match="exception 4, server device failure"):
        await driver.write(f"{WELL}.Start", 1)
    await driver.write(f"{WELL}.Reset", 1)
    await until(driver, lambda now: (now["RunState"], now["TripCode"]) == (STOPPED, 0))


async def test_when_it_dies_it_is_lost_and_nothing_of_pymodbus_gets_past_the_driver(driver, foreign_drive):
    foreign_drive.stop()
    with pytest.raises(DeviceError):
        await driver.read()
    with pytest.raises(DeviceError):
        await driver.write(f"{WELL}.FrequencyReference", 50)
    await driver.close()
    with pytest.raises(DeviceLost):
        await driver.connect()
    foreign_drive.start()
    await driver.connect()
    assert (await said(driver))["RunState"] == STOPPED


async def test_it_streams_one_sample_of_each_tag_a_scan(driver):
    stream = driver.stream()
    first, second = [await anext(stream) for _ in range(2)]
    await stream.aclose()
    assert len(first.value) == len(driver.tags)
    assert np.all(second.time > first.time)
