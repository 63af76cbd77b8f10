"""Our driver against the bad manners that our simulated devices know: what is right is read, what is not is Bad."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from control.acquisition.driver import Reading
from control.acquisition.modbus.driver import ModbusDriver
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import DeviceLost, DeviceTimeout
from simulators.field import SimulatedField
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

WELL = "Well.CACB27A-P1"
SETTINGS = {"needs a breath": "settings = { pause_s = 0.06 }"}  # which no master can learn
BENCH = """
field = "shengli12"
[[device]]
name = "DEVICE"
profile = "well_rtu"
endpoint = "modbus://127.0.0.1:{port}/1"
assets = {{ well = "{well}" }}
timeout_s = {timeout}
{settings}
"""


@contextlib.asynccontextmanager
async def met(tmp_path: Path, port: int, personality: str, timeout: float) -> AsyncIterator[ModbusDriver]:
    """A driver connected to a simulated device of that personality."""
    file = tmp_path / "bench.toml"
    file.write_text(BENCH.format(port=port, well=WELL, timeout=timeout, settings=SETTINGS.get(personality, "")))
    bench = load_bench(file)
    field = SimulatedField(load_field("shengli12"), bench.changed("DEVICE", personality=personality))
    await field.start()
    running, driver = asyncio.create_task(field.run()), ModbusDriver(bench.device("DEVICE"), WallClock())
    await driver.connect()
    try:
        yield driver
    finally:
        await driver.close()
        await end(running)
        await field.stop()


async def good(driver: ModbusDriver) -> Reading:
    """The first reading of which all is Good; what is lost meanwhile is asked again, as a link does."""
    async with asyncio.timeout(HANGS):
        while True:
            with contextlib.suppress(DeviceTimeout, DeviceLost):
                reading = await driver.read()
                if quality.is_good(reading.quality).all():
                    return reading


@pytest.mark.parametrize(
    ("personality", "timeout"),
    [("small buffer", 5), ("mute buffer", 1), ("wrong code", 5), ("hangs up", 5), ("falls asleep", 5),
     ("blocks only", 5), ("patient gateway", 5), ("needs a breath", 5), ("overworked", 5)],
)  # fmt: skip
async def test_a_difficult_device_is_read_and_written_all_the_same(tmp_path, free_port, personality, timeout):
    async with met(tmp_path, free_port, personality, timeout) as driver:
        await good(driver)
        if personality != "overworked":  # which may be too busy for what is sent once only
            await driver.write(f"{WELL}.FrequencyReference", 46.5)
            reading = await good(driver)
            assert reading.value[driver.tags.index(f"{WELL}.FrequencyReference")] == pytest.approx(46.5)


async def test_registers_that_are_answered_under_another_function_are_bad(tmp_path, free_port):
    async with met(tmp_path, free_port, "confused", 5) as driver:
        reading = await driver.read()
        commands = {f"{WELL}.{name}" for name in ("Start", "Stop", "Reset")}  # coils, which it does not confuse
        bad = {tag for tag, code in zip(driver.tags, reading.quality, strict=True) if quality.is_bad(code)}
        assert bad == set(driver.tags) - commands
        assert any("answered function" in what for what in driver.complaints.counts)
