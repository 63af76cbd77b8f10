"""Mosquitto as the broker, and its own clients as whoever listens and asks (Eclipse, EPL-2.0): no code of ours.

Also its client as a device, which our driver acquires.
"""

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiomqtt
import pytest

from control.acquisition.driver import Driver
from control.acquisition.wire import driver_of
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import SECOND, WallClock
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import DeviceLost, DeviceRefused
from simulators.field import SimulatedField
from tests.certificate import certificate
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

WELL, ID = "Well.CACB27A-P1", "CACB27A-P1"
PATIENCE = HANGS
# By default it drops messages of QoS 1 that wait: at most 20 under way, and 1,000 queued.
CONFIGURATION = """
listener {port} 127.0.0.1
allow_anonymous true
max_queued_messages 0
max_inflight_messages 0
persistence false
"""


class Mosquitto:
    """The broker, which a test may kill and start again, and its clients."""

    def __init__(self, programs: dict[str, str], folder: Path, port: int):
        self._programs, self.port = programs, port
        self._file = folder / "mosquitto.conf"
        self._file.write_text(CONFIGURATION.format(port=port))
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it; return when it listens."""
        command = [self._programs["mosquitto"], "-c", str(self._file), "-v"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "running" in line:
                break
        # Its log must go on being read, or a full pipe would stop it.
        self._reader = subprocess.Popen(["cat"], stdin=self._process.stderr, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """As kill -9 does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(HANGS)
            self._reader.wait(HANGS)
            self._process = None

    def publish(self, topic: str, message: str, *options: str) -> None:
        """mosquitto_pub, at QoS 1."""
        command = [*self._command("mosquitto_pub", topic), *options, "-m", message]
        subprocess.run(command, check=True, timeout=PATIENCE)

    def said(self, topic: str, count: int, once_listening: Callable[[], None] = lambda: None) -> list[tuple[str, str]]:
        """What mosquitto_sub prints: topic and text of so many messages, retained ones included.

        ``once_listening`` is called when the broker has confirmed the subscription.
        """
        options = ["-W", str(PATIENCE), "-C", str(count), "-F", "%t %p", "-d"]
        command = ["stdbuf", "-oL", *self._command("mosquitto_sub", topic), *options]
        said = []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as listening:
            assert listening.stdout is not None
            for line in listening.stdout:
                if line.startswith("Subscribed"):
                    once_listening()
                elif line.startswith("v1/"):
                    name, _, message = line.strip().partition(" ")
                    said.append((name, message))
        assert len(said) == count, said
        return said

    def _command(self, name: str, topic: str) -> list[str]:
        return [self._programs[name], "-p", str(self.port), "-q", "1", "-t", topic]


@pytest.fixture
def mosquitto(require_peer: Callable[[str], str], tmp_path: Path, free_port: int) -> Iterator[Mosquitto]:
    """The running broker."""
    programs = {name: require_peer(name) for name in ("mosquitto", "mosquitto_pub", "mosquitto_sub")}
    broker = Mosquitto(programs, tmp_path, free_port)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def bench(tmp_path: Path, mosquitto: Mosquitto) -> Bench:
    """One well, at mosquitto."""
    (tmp_path / "bench.toml").write_text(f"""
        field = "shengli12"
        scan = {{ quick_s = 0.2 }}
        [[device]]
        name = "WELL"
        profile = "well_mqtt"
        scan = "quick"
        timeout_s = 5
        endpoint = "mqtt://127.0.0.1:{mosquitto.port}"
        assets = {{ well = "{WELL}" }}
    """)
    return load_bench(tmp_path / "bench.toml", load_field("shengli12").assets())


@pytest.fixture
async def field(bench: Bench) -> AsyncIterator[SimulatedField]:
    """The simulated field, whose well has found the broker."""
    running = SimulatedField(load_field("shengli12"), bench, epoch=time.time_ns())
    await running.start()
    task = asyncio.create_task(running.run())
    await _until(lambda: running.wire("WELL").answers(bench.device("WELL")))
    yield running
    await end(task)
    await running.stop()


async def _until(look: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not look():
            await asyncio.sleep(0.02)


async def test_its_listener_sees_telemetry_with_the_devices_time_in_order(mosquitto, field):
    said = await asyncio.to_thread(mosquitto.said, f"v1/devices/{ID}/telemetry", 5)
    messages = [json.loads(message) for _, message in said]
    times = [message["ts"] for message in messages]
    assert times == sorted(set(times))
    assert field.site.epoch <= times[0] * 1_000_000 <= field.site.time
    assert messages[-1]["values"]["Frequency"] == pytest.approx(field.truth(f"{WELL}.Frequency"), abs=0.1)
    assert messages[-1]["values"]["RunState"] == 2


async def asked(mosquitto: Mosquitto, request: str, number: str) -> tuple[str, dict]:
    """The topic and content of the answer to a request by mosquitto's own clients."""
    rpc = f"v1/devices/{ID}/rpc"
    ask = lambda: mosquitto.publish(f"{rpc}/request{number}", request)  # noqa: E731
    ((topic, message),) = await asyncio.to_thread(mosquitto.said, f"{rpc}/response/#", 1, ask)
    return topic, json.loads(message)


@pytest.mark.parametrize("number", ["", "/7"])
async def test_its_clients_set_the_frequency_and_read_the_answer(mosquitto, field, number):
    topic, answer = await asked(mosquitto, '{"method": "setFrequencyReference", "params": 46.5}', number)
    assert topic == f"v1/devices/{ID}/rpc/response{number}"
    assert answer == {"ok": True}
    assert field.devices["WELL"].readings()["well.FrequencyReference"].value == 46.5


async def test_its_clients_are_told_why_a_frequency_is_refused(mosquitto, field):
    _, answer = await asked(mosquitto, '{"method": "setFrequencyReference", "params": 75}', "/8")
    assert "must be 30" in answer["error"]


async def test_it_tells_who_comes_later_that_the_device_is_there_and_that_it_has_left(mosquitto, field):
    status = f"v1/devices/{ID}/status"
    assert await asyncio.to_thread(mosquitto.said, status, 1) == [(status, "online")]
    await field.lose("WELL")
    assert await asyncio.to_thread(mosquitto.said, status, 1) == [(status, "offline")]


async def test_it_publishes_the_will_of_a_device_whose_connection_was_cut_and_hears_it_again(mosquitto, field):
    # A second client of a device's name has the device's connection cut (MQTT 3.1.1, 3.1.4-2).
    cut = lambda: mosquitto.publish("elsewhere", "", "-i", "WELL")  # noqa: E731
    said = await asyncio.to_thread(mosquitto.said, f"v1/devices/{ID}/status", 3, cut)
    assert [message for _, message in said] == ["online", "offline", "online"]


async def test_a_device_and_its_driver_find_a_broker_that_was_killed(mosquitto, field, bench):
    driver = driver_of(bench.device("WELL"), WallClock())
    await driver.connect()
    await driver.read()
    mosquitto.kill()
    with pytest.raises(DeviceLost):
        await driver.read()
    await driver.close()
    await _until(lambda: not field.wire("WELL").answers(bench.device("WELL")))
    mosquitto.start()
    await _until(lambda: field.wire("WELL").answers(bench.device("WELL")))
    await driver.connect()
    async with asyncio.timeout(PATIENCE):
        reading = await driver.read()
    frequency = reading.value[driver.tags.index(f"{WELL}.Frequency")]
    assert frequency == pytest.approx(field.truth(f"{WELL}.Frequency"), abs=0.1)
    await driver.close()


@pytest.fixture
async def driver(bench: Bench) -> AsyncIterator[Driver]:
    """Our driver, with nothing of ours at the other end."""
    running = driver_of(bench.device("WELL"), WallClock())
    await running.connect()
    yield running
    await running.close()


async def test_a_device_that_is_mosquittos_own_client_is_acquired(mosquitto, driver):
    coming = asyncio.ensure_future(driver.read())
    message = '{"ts": 1700000000000, "values": {"Frequency": 43.5}}'
    await asyncio.to_thread(mosquitto.publish, f"v1/devices/{ID}/telemetry", message)
    reading = await coming
    at = driver.tags.index(f"{WELL}.Frequency")
    assert (reading.time[at], reading.value[at], reading.quality[at]) == (1_700_000_000 * SECOND, 43.5, quality.GOOD)


async def test_a_device_that_is_mosquittos_own_client_refuses_a_setpoint(mosquitto, driver):
    loop, writing = asyncio.get_running_loop(), []
    write = lambda: loop.call_soon_threadsafe(  # noqa: E731
        lambda: writing.append(asyncio.ensure_future(driver.write(f"{WELL}.FrequencyReference", 46.5)))
    )
    ((topic, message),) = await asyncio.to_thread(mosquitto.said, f"v1/devices/{ID}/rpc/request/+", 1, write)
    assert json.loads(message)["method"] == "setFrequencyReference"
    await asyncio.to_thread(mosquitto.publish, topic.replace("request", "response"), '{"error": "local mode"}')
    with pytest.raises(DeviceRefused, match="local mode"):
        await writing[0]


# Started by root it would become another user, who may not read this folder.
SECURED = """
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/users
certfile {folder}/broker.pem
keyfile {folder}/broker.key
user root
"""
MAPPED = """
protocol = "mqtt"
topic = "maker/{id}/#"
report = "changes"
mqtt_version = "5"
[roles]
well = "Well"
[[point]]
signal = "well.Frequency"
key = "drive.hz"
[[point]]
signal = "well.FrequencyReference"
key = "drive.set"
write_topic = "maker/{id}/set"
"""


@pytest.fixture
def secured(require_peer, tmp_path, free_port) -> Iterator[tuple[Path, int]]:
    """A broker that wants TLS and a password, with the driver's bench beside it."""
    for name in ("broker", "stranger"):
        certificate(tmp_path, name)
    users = tmp_path / "users"
    users.touch(0o600)
    subprocess.run([require_peer("mosquitto_passwd"), "-b", str(users), "gemelo", "secret"], check=True)
    programs = {name: require_peer(name) for name in ("mosquitto", "mosquitto_pub", "mosquitto_sub")}
    broker = Mosquitto(programs, tmp_path, free_port)
    (tmp_path / "mosquitto.conf").write_text(SECURED.format(port=free_port, folder=tmp_path))
    broker.start()
    (tmp_path / "mapped.toml").write_text(MAPPED)
    (tmp_path / "secret").write_text("secret\n")
    (tmp_path / "wrong").write_text("guessed\n")
    yield tmp_path, free_port
    broker.kill()


def secured_driver(secured: tuple[Path, int], password: str = "secret", trust: str = "broker.pem") -> Driver:
    """Of the mapped device behind that broker."""
    folder, port = secured
    (folder / "bench.toml").write_text(f"""
        field = "test"
        scan = {{ slow_s = 30.0 }}
        [[device]]
        name = "MAPPED"
        profile = "./mapped.toml"
        endpoint = "mqtts://127.0.0.1:{port}/a-7"
        scan = "slow"
        assets = {{ well = "{WELL}" }}
        answers = "real"
        user = "gemelo"
        password_file = "{password}"
        trust_file = "{trust}\"""")
    return driver_of(load_bench(folder / "bench.toml", [WELL]).devices[0], WallClock())


async def test_a_device_of_its_makers_topics_is_acquired_and_written_over_tls_and_mqtt_5(secured):
    folder, port = secured
    trusted = aiomqtt.TLSParameters(ca_certs=str(folder / "broker.pem"))
    device = aiomqtt.Client("127.0.0.1", port, username="gemelo", password="secret", tls_params=trusted)
    driver = secured_driver(secured)
    async with asyncio.timeout(PATIENCE), device:
        await device.subscribe("maker/a-7/set", qos=1)
        await driver.connect()
        stream = driver.stream()
        coming = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        await device.publish("maker/a-7/data", '{"drive": {"hz": "47.5", "set": 45}}', qos=1)
        assert (await coming).value.tolist() == [47.5, 45.0]
        await device.publish("maker/a-7/data", '{"drive": {"hz": 48}}', qos=1)
        reading = await anext(stream)
        assert (reading.value.tolist(), reading.quality.tolist()) == ([48.0, 45.0], [quality.GOOD] * 2)
        await driver.write(f"{WELL}.FrequencyReference", 46.5)
        assert (await anext(aiter(device.messages))).payload == b"46.5"
        await driver.close()


@pytest.mark.parametrize(
    ("keys", "why"),
    [({"password": "wrong"}, "(?i)not authori|user name or password"), ({"trust": "stranger.pem"}, "verify failed")],
)  # fmt: skip
async def test_a_broker_and_a_client_that_do_not_believe_each_other_do_not_meet(secured, keys, why):
    driver = secured_driver(secured, **keys)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(DeviceLost, match=why):
            await driver.connect()
    await driver.close()
