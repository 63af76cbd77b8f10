"""Devices at a broker, heard by a client that shares no code with them. Who established what: MQTT 3.1.1
(OASIS) 3.3.1.3 on retained messages; the rest is the device's own manual, docs/decisions/45."""

import asyncio
import json
from contextlib import asynccontextmanager

import aiomqtt
import pytest

from control.bus.clock import SECOND
from plant.asset.bench_file import load_bench
from plant.error import OutOfRange
from simulators.device import Indication
from simulators.manner import Manner
from simulators.mqtt.wire import MqttWire
from tests.conftest import BusServer
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

PATIENCE = HANGS
START = 1_700_000_000 * SECOND


class FakeDevice:
    """A device whose time a test moves."""

    def __init__(self):
        self.time, self.reference = START, 45.0
        self.manner = Manner()

    @property
    def stamp(self) -> int:
        return self.time

    def readings(self):
        return {"well.FrequencyReference": Indication(self.reference)}

    def write(self, signal, value):
        if value > 60:
            raise OutOfRange(signal, value, "is too much")
        self.reference = value


def placed(tmp_path, port, device_id=""):
    """A device whose scan is a hundred seconds of plant time."""
    (tmp_path / "bench.toml").write_text(f"""
        field = "test"
        scan = {{ slow_s = 100 }}
        [[device]]
        name = "MQTT-A-1"
        profile = "well_mqtt"
        scan = "slow"
        endpoint = "mqtt://127.0.0.1:{port}/{device_id}"
        assets = {{ well = "Well.A-1" }}
    """)
    return load_bench(tmp_path / "bench.toml", ["Well.A-1"]).devices[0]


@pytest.fixture
def place(tmp_path, mqtt_broker):
    """At a broker that runs."""
    return placed(tmp_path, mqtt_broker.port)


@pytest.fixture
async def device(place):
    """A device on the wire."""
    wire, device = MqttWire(), FakeDevice()
    device.wire = wire
    await wire.add(place, device)
    yield device
    await wire.remove(place)


@asynccontextmanager
async def listener(broker, *topics):
    """A client that has subscribed; ``anext(messages)`` waits for the next."""
    async with asyncio.timeout(PATIENCE), aiomqtt.Client("127.0.0.1", broker.port) as client:
        for topic in topics:
            await client.subscribe(f"v1/devices/A-1/{topic}", qos=1)
        yield client


async def heard(client, topic="", wanted=lambda _: True):
    """The first message on a topic that is as wanted."""
    async for message in client.messages:
        if message.topic.value.endswith(topic) and wanted(message):
            return message
    raise AssertionError


def ts(message):
    return json.loads(message.payload)["ts"]


async def test_it_speaks_once_a_scan_of_plant_time_however_slow_the_wall_is(mqtt_broker, device):
    async with listener(mqtt_broker, "telemetry", "rpc/response") as client:
        await _asked(client, "", "{}")  # it answers: it is there
        times = []
        for step in (50, 100, 150, 200):  # half scans: two of the four are none
            device.time = START + step * SECOND
            if step % 100 == 0:
                times.append(ts(await heard(client, "telemetry", lambda m: ts(m) > START // 1_000_000)))
        assert times == [START // 1_000_000 + 100_000, START // 1_000_000 + 200_000]


async def test_it_is_online_for_whoever_comes_later_and_offline_once_it_has_left(mqtt_broker, place, device):
    async with listener(mqtt_broker, "status") as client:
        assert (await heard(client)).payload == b"online"
        await device.wire.remove(place)
        # whoever came while it said so has heard it twice: as it was said, and as it was kept
        await heard(client, "status", lambda message: message.payload == b"offline")
    async with listener(mqtt_broker, "status") as later:
        message = await heard(later)
        assert (message.payload, message.retain) == (b"offline", True)


@pytest.mark.parametrize("number", ["", "/7"])
async def test_it_answers_a_request_under_its_number_and_shows_what_was_set(mqtt_broker, device, number):
    async with listener(mqtt_broker, "telemetry", "rpc/response/#") as client:
        request = '{"id": 7, "method": "setFrequencyReference", "params": 46.5}'
        # Until it has subscribed, nobody answers: the request is repeated until somebody does.
        answer = await _asked(client, number, request)
        assert json.loads(answer.payload) == {"ok": True, "id": 7}
        assert answer.topic.value == f"v1/devices/A-1/rpc/response{number}"
        await heard(client, "telemetry", lambda m: json.loads(m.payload)["values"] == {"FrequencyReference": 46.5})


async def _asked(client, number, request):
    waiting = asyncio.ensure_future(heard(client, f"rpc/response{number}"))
    while not waiting.done():
        await client.publish(f"v1/devices/A-1/rpc/request{number}", request, qos=1)
        await asyncio.wait({waiting}, timeout=0.2)
    return waiting.result()


async def test_a_request_that_the_broker_retained_is_not_done(mqtt_broker, place):
    async with listener(mqtt_broker, "telemetry", "rpc/response/#") as client:
        stale = '{"id": 1, "method": "setFrequencyReference", "params": 35}'
        await client.publish("v1/devices/A-1/rpc/request/1", stale, qos=1, retain=True)
        wire, device = MqttWire(), FakeDevice()
        await wire.add(place, device)
        fresh = '{"id": 2, "method": "setFrequencyReference", "params": 46.5}'
        answer = await _asked(client, "/2", fresh)
        assert json.loads(answer.payload) == {"ok": True, "id": 2}
        assert device.reference == 46.5
        assert wire.requests(place) >= 1
        await wire.remove(place)


async def test_a_broker_that_comes_late_or_comes_back_is_found(tmp_path, free_port):
    broker, place = BusServer(tmp_path / "bus", mqtt_port=free_port), placed(tmp_path, free_port)
    wire, device = MqttWire(), FakeDevice()
    await wire.add(place, device)
    assert not wire.answers(place)
    for _ in range(2):
        broker.start()
        async with listener(place.endpoint, "rpc/response/#") as client:
            await _asked(client, "/7", "{}")
            assert wire.answers(place)
            assert wire.clients() == 1
        broker.kill()
    await wire.remove(place)
    assert wire.clients() == 0


@pytest.mark.parametrize("device_id", ["a.meter-7", "x..y", "Ñ-1"])
async def test_the_embedded_broker_takes_an_id_with_dots_which_divide_its_own_subjects(tmp_path, free_port, device_id):
    """The server writes a dot within a topic as two slashes (NATS documentation, MQTT topics and NATS subjects)."""
    broker, place = BusServer(tmp_path / "bus", mqtt_port=free_port), placed(tmp_path, free_port, device_id)
    broker.start()
    wire, device = MqttWire(), FakeDevice()
    await wire.add(place, device)
    async with asyncio.timeout(PATIENCE), aiomqtt.Client("127.0.0.1", free_port) as client:
        await client.subscribe(f"v1/devices/{device_id}/status", qos=1)
        message = await heard(client, wanted=lambda message: message.payload == b"online")
        assert message.topic.value == f"v1/devices/{device_id}/status"
    await wire.remove(place)
    broker.stop()
