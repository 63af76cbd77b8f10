"""What every driver promises, whatever its wire. A new driver, or a new device, is a row in ``RIGS``.

A rig is one device on its wire: one of our simulated ones over the real plant, or a peer that shares no
code with them. The promises are those of :mod:`control.acquisition.driver`.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiomqtt
import numpy as np
import pytest

from control.acquisition.driver import Driver, Reading
from control.acquisition.wire import DRIVERS, driver_of
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.asset.bench import Device
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import DeviceError, DeviceLost, DeviceRefused, DeviceTimeout
from simulators.field import SimulatedField
from tests.conftest import free_port

pytestmark = pytest.mark.anyio

WELL = "Well.CACB27A-P1"
REFERENCE, FREQUENCY = f"{WELL}.FrequencyReference", f"{WELL}.Frequency"


@dataclass
class Rig:
    """One device on its wire, and what a test may do to it."""

    device: Device
    lose: Callable[[], Any]  # awaitable: it falls silent or its connections break
    restore: Callable[[], Any]  # awaitable: it answers again
    frequency: Callable[[], float]  # what it should show as its frequency [Hz]
    refused: float  # a frequency reference that it does not take [Hz]


RigMaker = Callable[[Path, int], AbstractAsyncContextManager[Rig]]


def bench_device(tmp_path: Path, profile: str, endpoint: str, **keys: Any) -> Device:
    """The one device of a bench that serves the demo field's first well."""
    more = "".join(f"{key} = {value!r}\n" for key, value in keys.items())
    text = f"""
        field = "shengli12"
        scan = {{ quick_s = 0.4 }}
        [[device]]
        name = "DEVICE"
        profile = "{profile}"
        endpoint = "{endpoint}"
        scan = "quick"
        assets = {{ well = "{WELL}" }}
        {more}"""
    (tmp_path / "bench.toml").write_text(text)
    return load_bench(tmp_path / "bench.toml", load_field("shengli12").assets()).devices[0]


def simulated(profile: str, endpoint: str) -> RigMaker:
    """Our simulated well device over the real plant, at ``endpoint`` with ``{port}`` in it."""

    @asynccontextmanager
    async def rig(tmp_path: Path, port: int) -> AsyncIterator[Rig]:
        device = bench_device(tmp_path, profile, endpoint.format(port=port))
        field = SimulatedField(load_field("shengli12"), load_bench(tmp_path / "bench.toml"))
        await field.start()
        field.site.set_clocks(time.time_ns())
        running = asyncio.create_task(field.run())
        yield Rig(
            device, lambda: field.lose("DEVICE"), lambda: field.restore("DEVICE"), lambda: field.truth(FREQUENCY), 75.0
        )
        await end(running)
        await field.stop()

    return rig


@asynccontextmanager
async def foreign_modbus(tmp_path: Path, port: int) -> AsyncIterator[Rig]:
    """A Modbus peer written from the specification, with the register map of our well device."""
    from tests.control.conftest import ModbusPeer

    peer = ModbusPeer()
    peer.port, peer.inputs[0], peer.holdings[0] = port, 4321, 4500
    await peer.start()
    refuse = peer._write

    def write(function: int, address: int, value: int, pdu: bytes) -> bytes:
        return bytes([function | 0x80, 3]) if value > 6000 else refuse(function, address, value, pdu)

    peer._write = write
    yield Rig(
        bench_device(tmp_path, "well_rtu", f"modbus://127.0.0.1:{port}/1"), peer.stop, peer.start, lambda: 43.21, 75.0
    )
    await peer.stop()


def through_broker(profile: str, endpoint: str) -> RigMaker:
    """Our simulated well device behind the bus server's MQTT broker."""

    @asynccontextmanager
    async def rig(tmp_path: Path, port: int) -> AsyncIterator[Rig]:
        from tests.conftest import BusServer

        broker = BusServer(tmp_path / "bus", mqtt_port=port)
        broker.start()
        async with simulated(profile, endpoint)(tmp_path, port) as made:
            yield made
        broker.stop()

    return rig


@asynccontextmanager
async def foreign_mqtt(tmp_path: Path, _: int) -> AsyncIterator[Rig]:
    """An MQTT device written from ThingsBoard's API, at a broker that is not the bus server."""
    from tests.conftest import MqttBroker

    broker = MqttBroker()
    await broker.start()
    shown = dict.fromkeys(("IntakePressure", "DischargePressure"), 20.0) | {"Frequency": 43.21}
    shown["FrequencyReference"] = 45.0
    topic, spoken = "v1/devices/CACB27A-P1", asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def speak(client: aiomqtt.Client) -> None:
        while True:
            message = json.dumps({"ts": time.time_ns() // 1_000_000, "values": shown})
            await client.publish(f"{topic}/telemetry", message, qos=1)
            spoken.set()
            await asyncio.sleep(0.1)

    async def live() -> None:
        async with aiomqtt.Client("127.0.0.1", broker.port) as client:
            await client.subscribe(f"{topic}/rpc/request/+", qos=1)
            tasks.append(asyncio.create_task(speak(client)))
            async for message in client.messages:
                reference = json.loads(message.payload)["params"]
                is_taken = reference <= 60
                shown["FrequencyReference"] = reference if is_taken else shown["FrequencyReference"]
                answer = {} if is_taken else {"error": "limit"}
                await client.publish(message.topic.value.replace("request", "response"), json.dumps(answer), qos=1)

    async def lose() -> None:
        while tasks:  # the first may add the second before it ends
            await end(tasks[0])
            del tasks[0]

    async def restore() -> None:
        spoken.clear()
        tasks.append(asyncio.create_task(live()))
        await spoken.wait()

    await restore()
    endpoint = f"mqtt://127.0.0.1:{broker.port}"
    yield Rig(bench_device(tmp_path, "well_mqtt", endpoint), lose, restore, lambda: 43.21, 75.0)
    await lose()
    await broker.stop()


@asynccontextmanager
async def foreign_opcua(tmp_path: Path, port: int) -> AsyncIterator[Rig]:
    """A well on node-opcua."""
    from tests.foreign.opcua.peer import ForeignServer

    server = ForeignServer(port)
    server.start()

    async def lose() -> None:
        server.kill()

    async def restore() -> None:
        await asyncio.to_thread(server.start)

    yield Rig(bench_device(tmp_path, "well_opcua", server.endpoint), lose, restore, lambda: 43.21, 75.0)
    server.kill()


RIGS: dict[str, RigMaker] = {
    "modbus, simulated": simulated("well_rtu", "modbus://127.0.0.1:{port}/1"),
    "modbus, foreign": foreign_modbus,
    "opcua, foreign": foreign_opcua,
    "opcua, simulated": simulated("well_opcua", "opc.tcp://127.0.0.1:{port}/nexus/pf"),
    "mqtt, foreign": foreign_mqtt,
    "mqtt, simulated": through_broker("well_mqtt", "mqtt://127.0.0.1:{port}"),
}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=RIGS)
async def rig(request, anyio_backend, tmp_path_factory):
    """One for all promises: whoever loses it, restores it."""
    async with RIGS[request.param](tmp_path_factory.mktemp("rig"), free_port()) as made:
        yield made


@pytest.fixture
async def driver(rig):
    running = driver_of(rig.device, WallClock())
    await running.connect()
    yield running
    await running.close()


async def first(driver: Driver, wanted: Callable[[dict[str, tuple[float, int]]], bool]) -> dict[str, tuple[float, int]]:
    """What the first reading says that is as wanted."""
    while not wanted(said := by_tag(driver, await driver.read())):
        await asyncio.sleep(0)
    return said


def by_tag(driver: Driver, reading: Reading) -> dict[str, tuple[float, int]]:
    return dict(zip(driver.tags, zip(reading.value.tolist(), reading.quality.tolist(), strict=True), strict=True))


def test_every_protocol_that_a_driver_speaks_is_on_a_rig_here():
    assert {name.partition(",")[0] for name in RIGS} == set(DRIVERS)


async def test_a_reading_has_one_sample_of_every_tag_of_the_device_and_no_number_where_it_is_bad(rig, driver):
    reading = await driver.read()
    assert set(driver.tags) == set(rig.device.tags())
    assert len(reading.time) == len(reading.value) == len(reading.quality) == len(driver.tags)
    assert (reading.time.dtype, reading.value.dtype, reading.quality.dtype) == (np.int64, np.float64, np.uint32)
    assert not np.isnan(reading.value[~quality.is_bad(reading.quality)]).any()
    assert np.isnan(reading.value[quality.is_bad(reading.quality)]).all()


async def test_values_are_those_of_the_device_in_si(rig, driver):
    said = await first(driver, lambda said: said[FREQUENCY][1] == quality.GOOD)
    assert said[FREQUENCY][0] == pytest.approx(rig.frequency(), abs=0.1)
    for name in ("IntakePressure", "DischargePressure"):  # absolute pascals, whatever gauge unit the device speaks
        assert said[f"{WELL}.{name}"][0] > 1e5


async def test_a_stream_brings_new_readings_in_the_order_of_time(driver):
    stream = driver.stream()
    readings = [await anext(stream) for _ in range(3)]
    await stream.aclose()
    latest = [int(reading.time.max()) for reading in readings]
    assert latest == sorted(set(latest))


async def test_a_setpoint_arrives_and_shows(driver):
    await driver.write(REFERENCE, 46.5)
    await first(driver, lambda said: said[REFERENCE][0] == pytest.approx(46.5))


async def test_what_the_device_does_not_take_is_refused_and_changes_nothing(rig, driver):
    before = (await first(driver, lambda said: said[REFERENCE][1] == quality.GOOD))[REFERENCE]
    with pytest.raises(DeviceRefused, match="DEVICE"):
        await driver.write(REFERENCE, rig.refused)
    assert by_tag(driver, await driver.read())[REFERENCE] == before


async def test_a_device_that_falls_silent_ends_the_stream_with_an_error_of_ours_and_can_be_reached_again(rig, driver):
    stream = driver.stream()
    await anext(stream)
    await rig.lose()
    with pytest.raises((DeviceLost, DeviceTimeout)):
        await _exhaust(stream)
    await driver.close()
    await rig.restore()
    await driver.connect()
    await first(driver, lambda said: said[FREQUENCY][1] == quality.GOOD)


async def _exhaust(stream: AsyncIterator[Reading]) -> None:
    async for _ in stream:
        pass


async def test_what_does_not_answer_cannot_be_connected(rig):
    await rig.lose()
    driver = driver_of(rig.device, WallClock())
    with pytest.raises((DeviceLost, DeviceTimeout)):  # some wires take the connection and only then are silent
        await _reach(driver)
    await driver.close()
    await rig.restore()


async def _reach(driver: Driver) -> None:
    await driver.connect()
    await anext(driver.stream())


async def test_once_closed_it_reads_and_writes_no_more_and_may_be_closed_again(driver):
    await driver.close()
    await driver.close()
    with pytest.raises(DeviceError):
        await driver.read()
    with pytest.raises(DeviceError):
        await driver.write(REFERENCE, 46.0)
