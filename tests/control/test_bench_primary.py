"""Whichever device of a well the bench makes primary, its samples carry the bare tags, and commands go to it."""

import asyncio
import re

import pytest

from control.acquisition.link import Link
from control.acquisition.wire import driver_of
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.asset.bench import Bench
from plant.asset.bench_file import FOLDER, load_bench
from plant.asset.error import ConfigError
from plant.asset.field_file import load_field
from simulators.field import SimulatedField
from ui.figures.stack import on_free_ports

pytestmark = pytest.mark.anyio
WELL = "Well.CACB27A-P1"
MODBUS, OPCUA = "RTU-CACB27A-P1", "OPC-CACB27A-P1"


def edited(tmp_path, *edits: tuple[str, str]) -> Bench:
    """The demo bench's devices of one well, with these edits."""
    head, *devices = (FOLDER / "shengli12.toml").read_text(encoding="utf-8").split("[[device]]\n")
    ours = [device for device in devices if f'"{MODBUS}"' in device or f'"{OPCUA}"' in device]
    text = on_free_ports("[[device]]\n".join([head, *ours]))
    for old, new in edits:
        text = re.sub(old, new, text)
    (tmp_path / "bench.toml").write_text(text)
    return load_bench(tmp_path / "bench.toml", load_field("shengli12").assets())


SWAP = (
    (f'(name = "{MODBUS}"\n)', r'\1role = "alternate"\nrecord = true\n'),
    (f'(name = "{OPCUA}"\n(?:.+\n)*?)role = "alternate"\n', r"\1"),
)  # fmt: skip


def test_in_the_demo_bench_modbus_is_primary_for_wells_and_opc_ua_for_the_station():
    bench = load_bench("shengli12", load_field("shengli12").assets())
    primary = bench.primary()
    assert primary[f"{WELL}.Frequency"].name == MODBUS
    assert primary["Separator.SEP.Pressure"].profile.protocol == "opcua"
    assert {device.profile.protocol for device in bench.acquired} == {"modbus", "opcua"}
    assert "Separator.SEP.Pressure@PLC-STATION" in bench.device("PLC-STATION").tags()


def test_two_primaries_of_one_well_are_a_mistake(tmp_path):
    with pytest.raises(ConfigError, match="one of them must be an alternate"):
        edited(tmp_path, SWAP[1])


class Desk:
    """Takes what links publish: names to values."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.news = asyncio.Event()

    def batch(self, _device, batch) -> None:
        if not quality.is_bad(batch.quality).any():
            self.values |= dict(zip(batch.names(), batch.value.tolist(), strict=True))
            self.news.set()

    def event(self, _event) -> None: ...

    async def until(self, *tags: str) -> dict[str, float]:
        while not set(tags) <= set(self.values):
            self.news.clear()
            await self.news.wait()
        return self.values


async def test_a_bench_edited_to_make_opc_ua_primary_swaps_the_tags_and_both_wires_agree(tmp_path):
    bench, clock, desk = edited(tmp_path, *SWAP), WallClock(), Desk()
    assert bench.primary()[f"{WELL}.FrequencyReference"].name == OPCUA
    field = SimulatedField(load_field("shengli12"), bench, speed=0.0)  # frozen: both wires show one moment
    field.env.run(until=5.0)
    await field.start()
    links = {d.name: Link(d, driver_of(d, clock), clock, desk) for d in bench.acquired}
    tasks = [asyncio.create_task(link.run()) for link in links.values()]
    async with asyncio.timeout(30):
        values = await desk.until(f"{WELL}.IntakePressure", f"{WELL}.IntakePressure@{MODBUS}")
        primary, alternate = (values[f"{WELL}.IntakePressure{mark}"] for mark in ("", f"@{MODBUS}"))
        await links[OPCUA].driver.write(f"{WELL}.FrequencyReference", 44.0)
    for task in tasks:
        await end(task)
    await field.stop()
    assert alternate == pytest.approx(primary, abs=1.0)  # Pa: a 32-bit register in MPa resolves about 0.5
    assert field.site.drives.reference[0] == 44.0
