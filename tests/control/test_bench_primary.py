"""Whichever device of a well the bench makes primary, its samples carry the bare tags, and commands go to it."""

import asyncio

import pytest

from control.acquisition.link import Link
from control.acquisition.wire import driver_of
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from hil.port import free_ports
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench, write_bench
from plant.asset.field_file import load_field
from plant.error import ConfigError
from simulators.field import SimulatedField
from tests.limit import HANGS

pytestmark = pytest.mark.anyio
WELL = "Well.CACB27A-P1"
MODBUS, OPCUA = "RTU-CACB27A-P1", "OPC-CACB27A-P1"


def both(tmp_path, **primary: bool) -> Bench:
    """The demo bench's devices of one well, both acquired, and which of them are primary."""
    bench = load_bench("shengli12").only(lambda device: device.name in (MODBUS, OPCUA)).moved(free_ports())
    for device in (MODBUS, OPCUA):
        bench = bench.changed(device, is_acquired=True, is_primary=primary[device[:3]])
    return write_bench(bench, tmp_path / "bench.toml", load_field("shengli12").assets())


def test_in_the_demo_bench_modbus_is_primary_for_wells_and_opc_ua_for_the_station():
    bench = load_bench("shengli12", load_field("shengli12").assets())
    primary = bench.primary()
    assert primary[f"{WELL}.Frequency"].name == MODBUS
    assert primary["Separator.SEP.Pressure"].profile.protocol == "opcua"
    assert {device.profile.protocol for device in bench.acquired} == {"modbus", "opcua"}
    assert "Separator.SEP.Pressure@PLC-STATION" in bench.device("PLC-STATION").tags()


def test_two_primaries_of_one_well_are_a_mistake(tmp_path):
    with pytest.raises(ConfigError, match="one of them must be an alternate"):
        both(tmp_path, RTU=True, OPC=True)


class Desk:
    """Takes what links publish: names to values."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.news = asyncio.Event()

    def batch(self, _device, batch) -> None:
        if not quality.is_bad(batch.quality).any():
            self.values |= dict(zip(batch.names(), batch.value.tolist(), strict=True))
            self.news.set()

    def event(self, device, state, detail) -> None: ...

    async def until(self, *tags: str) -> dict[str, float]:
        while not set(tags) <= set(self.values):
            self.news.clear()
            await self.news.wait()
        return self.values


async def test_a_bench_changed_to_make_opc_ua_primary_swaps_the_tags_and_both_wires_agree(tmp_path):
    bench, clock, desk = both(tmp_path, RTU=False, OPC=True), WallClock(), Desk()
    assert bench.primary()[f"{WELL}.FrequencyReference"].name == OPCUA
    field = SimulatedField(load_field("shengli12"), bench, speed=0.0)  # frozen: both wires show one moment
    field.env.run(until=5.0)
    await field.start()
    links = {d.name: Link(d, driver_of(d, clock), clock, desk) for d in bench.acquired}
    tasks = [asyncio.create_task(link.run()) for link in links.values()]
    async with asyncio.timeout(HANGS):
        values = await desk.until(f"{WELL}.IntakePressure", f"{WELL}.IntakePressure@{MODBUS}")
        primary, alternate = (values[f"{WELL}.IntakePressure{mark}"] for mark in ("", f"@{MODBUS}"))
        await links[OPCUA].driver.write(f"{WELL}.FrequencyReference", 44.0)
    for task in tasks:
        await end(task)
    await field.stop()
    assert alternate == pytest.approx(primary, abs=1.0)  # Pa: a 32-bit register in MPa resolves about 0.5
    assert field.site.drives.reference[0] == 44.0
