"""The MQTT driver against a device that shares no code with it, through a broker that shares none with either.

Topics and messages are those of ThingsBoard's device API (https://thingsboard.io/docs/reference/mqtt-api), under an
id for each device; what is made of silence, presence and what a broker retains is ours (docs/decisions/45).
"""

import asyncio
import json
from contextlib import asynccontextmanager

import aiomqtt
import pytest

from control.acquisition.mqtt import MqttDriver
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench
from plant.asset.topic import Topics
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

WELL = "Well.A-1"
FREQUENCY, REFERENCE = f"{WELL}.Frequency", f"{WELL}.FrequencyReference"
TS = 1_700_000_000_000  # ms
PATIENCE = HANGS


@pytest.fixture
def driver_for(tmp_path):
    """A driver for one device at a broker's port."""

    def make(port, device_id="", keys="", scan="slow"):
        (tmp_path / "bench.toml").write_text(f"""
            field = "test"
            scan = {{ quick_s = 0.2, slow_s = 10.0 }}
            [[device]]
            name = "WELL"
            profile = "well_mqtt"
            endpoint = "mqtt://127.0.0.1:{port}{device_id and "/" + device_id}"
            scan = "{scan}"
            assets = {{ well = "{WELL}" }}
            {keys}""")
        return MqttDriver(load_bench(tmp_path / "bench.toml", [WELL]).devices[0], WallClock())

    return make


@pytest.fixture
async def driver(driver_for, mqtt_broker):
    running = driver_for(mqtt_broker.port)
    await running.connect()
    yield running
    await running.close()


@pytest.fixture
async def device(mqtt_broker):
    """The other end: a client by which a test speaks as the device."""
    async with aiomqtt.Client("127.0.0.1", mqtt_broker.port) as client:
        yield client


@asynccontextmanager
async def answering(device, answer):
    """The device answers each request, as ``answer(number, request)`` says: a list of topic endings and payloads."""
    heard = []
    await device.subscribe("v1/devices/A-1/rpc/request/+", qos=1)

    async def serve():
        async for message in device.messages:
            request, number = json.loads(message.payload), message.topic.value.rpartition("/")[2]
            heard.append(request)
            for ending, payload in answer(number, request):
                await device.publish(f"v1/devices/A-1/rpc/response{ending}", payload, qos=1)

    task = asyncio.create_task(serve())
    yield heard
    await end(task)


async def say(device, values, ts=TS, **options):
    message = values if isinstance(values, bytes) else json.dumps({"ts": ts, "values": values}).encode()
    await device.publish("v1/devices/A-1/telemetry", message, qos=1, **options)


def sample(driver, reading, tag=FREQUENCY):
    i = driver.tags.index(tag)
    return int(reading.time[i]), float(reading.value[i]), int(reading.quality[i])


async def test_a_sample_carries_the_time_that_the_device_gave_it(driver, device):
    stream = driver.stream()
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    await say(device, {"Frequency": 47.0})
    assert sample(driver, await coming) == (TS * 1_000_000, 47.0, quality.GOOD)


async def test_the_same_message_again_is_a_sign_of_life_and_no_new_sample(driver, device):
    stream = driver.stream()
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    for ts, frequency in ((TS, 47.0), (TS, 47.0), (TS, 48.0), (TS + 1, 48.0)):
        await say(device, {"Frequency": frequency}, ts)
    seen = [sample(driver, await coming)] + [sample(driver, await anext(stream)) for _ in range(2)]
    assert [(time // 1_000_000 - TS, frequency) for time, frequency, _ in seen] == [(0, 47.0), (0, 48.0), (1, 48.0)]


async def test_what_the_broker_retained_is_the_past_and_is_not_heard(driver_for, mqtt_broker, device):
    await say(device, {"Frequency": 40.0}, retain=True)
    await device.publish("v1/devices/A-1/status", "offline", qos=1, retain=True)
    driver = driver_for(mqtt_broker.port)
    await driver.connect()
    coming = asyncio.ensure_future(driver.read())
    await asyncio.sleep(0)
    await say(device, {"Frequency": 47.0}, TS + 1)
    assert sample(driver, await coming)[1] == 47.0
    await driver.close()


async def test_nonsense_makes_the_device_bad_for_one_message_and_is_counted(driver, device):
    stream = driver.stream()
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    await say(device, b"{torn")
    await say(device, {"Frequency": 47.0})
    assert set((await coming).quality.tolist()) == {quality.BAD_DEVICE_FAILURE}
    assert sample(driver, await anext(stream))[2] == quality.GOOD
    assert driver.malformed == 1


async def test_a_device_that_says_it_goes_offline_is_lost_at_once(driver, device):
    await device.publish("v1/devices/A-1/status", "offline", qos=1)
    with pytest.raises(DeviceLost, match="WELL: is offline"):
        await driver.read()


async def test_silence_of_two_scans_is_a_lost_device(driver_for, mqtt_broker):
    driver = driver_for(mqtt_broker.port, scan="quick")
    await driver.connect()
    with pytest.raises(DeviceTimeout, match="WELL: has said nothing for 2 scans"):
        await driver.read()
    await driver.close()


async def test_a_broker_that_goes_takes_its_devices_along(driver, mqtt_broker):
    coming = asyncio.ensure_future(driver.read())
    await asyncio.sleep(0)
    await mqtt_broker.stop()
    with pytest.raises(DeviceLost, match=r"WELL: broker mqtt://127\.0\.0\.1"):
        async with asyncio.timeout(PATIENCE):
            await coming


async def test_a_broker_that_is_not_there_is_named(driver_for, free_port):
    driver = driver_for(free_port)
    with pytest.raises(DeviceLost, match=f"WELL: broker mqtt://127.0.0.1:{free_port}: "):
        await driver.connect()
    await driver.close()


async def test_a_setpoint_is_the_method_of_its_key_with_the_value_in_the_devices_unit(driver, device):
    async with answering(device, lambda number, _: [(f"/{number}", '{"ok": true}')]) as heard:
        await driver.write(REFERENCE, 46.5)
        await driver.write(f"{WELL}.ChokeReference", 0.4)
        await driver.write(f"{WELL}.Start", 1)
    asked = [(request["method"], request["params"]) for request in heard]
    assert asked == [("setFrequencyReference", 46.5), ("setChokeReference", pytest.approx(40.0)), ("start", 1)]


async def test_a_key_without_a_method_is_written_by_its_name(driver_for, mqtt_broker, device):
    overrides = 'overrides = { "well.FrequencyReference" = { method = "", key = "fref" } }'
    driver = driver_for(mqtt_broker.port, keys=overrides)
    await driver.connect()
    async with answering(device, lambda number, _: [(f"/{number}", "{}")]) as heard:
        await driver.write(REFERENCE, 46.5)
    assert (heard[0]["method"], heard[0]["params"]) == ("write", {"key": "fref", "value": 46.5})
    await driver.close()


async def test_what_the_device_does_not_take_is_told_in_its_words(driver, device):
    async with answering(device, lambda number, _: [(f"/{number}", '{"error": "too fast"}')]):
        with pytest.raises(DeviceRefused, match=r"WELL: .*FrequencyReference = 75: answered too fast"):
            await driver.write(REFERENCE, 75.0)


@pytest.mark.parametrize("answer", [b"", b"{torn", b"\xff"])
async def test_an_answer_that_is_no_json_is_no_consent(driver, device, answer):
    async with answering(device, lambda number, _: [(f"/{number}", answer)]):
        with pytest.raises(DeviceRefused, match="no JSON"):
            await driver.write(REFERENCE, 46.5)


async def test_an_answer_to_somebody_elses_request_is_not_ours(driver, device):
    def answer(number, _):
        return [("/1x", '{"error": "not yours"}'), ("", '{"error": "nobody\'s"}'), (f"/{number}", '{"ok": true}')]

    async with answering(device, answer):
        await driver.write(REFERENCE, 46.5)


async def test_an_answer_without_a_number_in_its_topic_is_known_by_the_requests_id(driver, device):
    async with answering(device, lambda _, request: [("", json.dumps({"id": request["id"], "ok": True}))]):
        await driver.write(REFERENCE, 46.5)


async def test_a_request_that_nobody_answers_ends_in_time(driver_for, mqtt_broker):
    driver = driver_for(mqtt_broker.port, scan="quick")
    await driver.connect()
    with pytest.raises((DeviceTimeout, DeviceLost), match=r"not answered within|said nothing"):
        await driver.write(REFERENCE, 46.5)
    await driver.close()


async def test_an_id_in_the_address_takes_the_place_of_the_assets_code(driver_for, mqtt_broker, device):
    driver = driver_for(mqtt_broker.port, device_id="a.meter-7")
    await driver.connect()
    coming = asyncio.ensure_future(driver.read())
    await asyncio.sleep(0)
    await device.publish(Topics("a.meter-7").telemetry, b'{"Frequency": 47.0}', qos=1)
    assert sample(driver, await coming)[1] == 47.0
    await driver.close()
