"""A foreign OPC UA client, node-opcua, on our simulated devices over the real plant."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from control.bus.cancel import end
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from simulators.field import SimulatedField
from tests.conftest import free_port
from tests.foreign.opcua.peer import ask

pytestmark = pytest.mark.anyio
WELL = "Well.CACB27A-P1"
EPOCH = 1_800_000_000_000_000_000  # 2027-01-15T08:00:00Z


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Of the module, which shares a field."""
    return "asyncio"


@pytest.fixture(scope="module")
async def field(anyio_backend, tmp_path_factory) -> AsyncIterator[SimulatedField]:
    """The demo bench's OPC UA devices, running."""
    field, path = load_field("shengli12"), Path(tmp_path_factory.mktemp("bench") / "bench.toml")
    port = free_port()
    path.write_text(f"""
        field = "shengli12"
        [[device]]
        name = "OPC"
        profile = "well_opcua"
        endpoint = "opc.tcp://127.0.0.1:{port}/nexus/pf"
        assets = {{ well = "{WELL}" }}
        [[device]]
        name = "STATION"
        profile = "station_opcua"
        endpoint = "opc.tcp://127.0.0.1:{port}/nexus/pf"
        [device.assets]
        separator = "Separator.SEP"
        oil_tank = "Tank.OIL"
        water_tank = "Tank.WATER"
        manifold_a = "Manifold.MA"
        manifold_b = "Manifold.MB"
    """)
    simulated = SimulatedField(field, load_bench(path, field.assets()), epoch=EPOCH, speed=10.0)
    await simulated.start()
    running = asyncio.create_task(simulated.run())
    yield simulated
    await end(running)
    await simulated.stop()


@pytest.fixture(scope="module")
def endpoint(field) -> str:
    """Where it answers."""
    return str(field.places["OPC"].endpoint)


async def test_it_browses_from_the_objects_to_a_signal(endpoint):
    objects, wells, well = await ask(
        endpoint, {"do": "browse", "node": "ObjectsFolder"}, {"do": "browse", "node": "ns=2;s=Well"},
        {"do": "browse", "node": f"ns=2;s={WELL}"},
    )  # fmt: skip
    assert {"2:Well", "2:Separator", "2:Tank", "2:Manifold"} <= set(objects)
    assert wells == ["2:CACB27A-P1"]
    assert "2:FrequencyReference" in well


async def test_it_reads_a_value_with_plant_time(endpoint, field):
    [read] = await ask(endpoint, {"do": "read", "node": f"ns=2;s={WELL}.IntakePressure"})
    true = field.truth(f"{WELL}.IntakePressure") - 101_325
    assert read["value"] == pytest.approx(true / 1e6, rel=0.05)
    assert read["status"] == "Good"
    assert read["time"].startswith("2027-01-15T08:")


async def test_it_writes_a_setpoint_and_is_told_why_others_are_not_taken(endpoint, field):
    reference = {"do": "write", "node": f"ns=2;s={WELL}.FrequencyReference", "type": "Double"}
    answers = await ask(
        endpoint,
        reference | {"value": 44.0}, reference | {"value": 75.0}, reference | {"type": "String", "value": "x"},
        {"do": "write", "node": f"ns=2;s={WELL}.Frequency", "type": "Double", "value": 1.0},
        {"do": "write", "node": f"ns=2;s={WELL}.Stop", "type": "Boolean", "value": True},
        {"do": "write", "node": f"ns=2;s={WELL}.Start", "type": "Boolean", "value": True},
        {"do": "read", "node": f"ns=2;s={WELL}.FrequencyReference"},
    )  # fmt: skip
    assert answers[:3] == ["Good", "BadOutOfRange", "BadTypeMismatch"]
    assert answers[3] == "BadNotWritable"
    assert answers[4:6] == ["Good", "BadInvalidState"]  # it spins backward
    assert answers[6]["value"] == 44.0
    assert field.site.drives.reference[0] == 44.0


async def test_it_is_notified_of_changes_and_a_deadband_holds_back_what_is_smaller(endpoint):
    node = "ns=2;s=Separator.SEP.Pressure"
    [seen] = await ask(endpoint, {"do": "watch", "node": node, "count": 4})
    times = [one["time"] for one in seen]
    assert times == sorted(set(times))
    assert {one["status"] for one in seen} == {"Good"}
    [far] = await ask(endpoint, {"do": "watch", "node": node, "count": 3, "deadband": 0.0008})
    values = [one["value"] for one in far]
    assert all(abs(b - a) > 0.0008 for a, b in pairwise(values))
