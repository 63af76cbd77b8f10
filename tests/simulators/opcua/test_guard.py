"""Whom the simulators' OPC UA server lets in, tried by our own driver and by a bare asyncua client."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from asyncua import Client, ua

from control.acquisition.opcua.driver import OpcUaDriver
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench, write_bench
from plant.error import ConfigError, DeviceRefused
from simulators.opcua.certificate import make
from simulators.opcua.wire import OpcUaWire
from tests.conftest import free_port
from tests.limit import HANGS
from tests.simulators.opcua.conftest import Shown

pytestmark = pytest.mark.anyio
WELL = "Well.CACB1GA-2"
WORDS = {"ana": "an open door", "visitor": "only looking"}
LISTENER = """
[[listener]]
endpoint = "opc.tcp://127.0.0.1:{port}/nexus/pf"
policies = ["Basic256Sha256"]
certificate_file = "field.der"
key_file = "field.key"
trust_folder = "trusted"
users = {{ ana = {{ role = "operator", password_file = "ana" }}, visitor = {{ password_file = "visitor" }} }}
"""
DEVICE = """
field = "shengli12"
[[device]]
name = "OPC"
profile = "well_opcua"
endpoint = "opc.tcp://127.0.0.1:{port}/nexus/pf"
assets = {{ well = "{well}" }}
timeout_s = 20
{keys}
"""
US = {"certificate_file": "us.der", "key_file": "us.key", "trust_file": "field.der"}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Certificates as `gemelo device certificate` makes them, passwords, and whom the server trusts."""
    place = tmp_path_factory.mktemp("guard")
    make(place, "field", "server", "127.0.0.1")
    for name in ("us", "stranger"):
        make(place, name, "client", "localhost")
    (place / "trusted").mkdir()
    (place / "trusted" / "us.der").write_bytes((place / "us.der").read_bytes())
    for name, word in (WORDS | {"guess": "wrong"}).items():
        (place / name).write_text(f"{word}\n")
    return place


def bench(folder, port: int, listener: str = LISTENER, **keys: str):
    said = "\n".join(f'{key} = "{value}"' for key, value in keys.items())
    path = folder / f"bench{len(list(folder.iterdir()))}.toml"
    path.write_text(DEVICE.format(port=port, well=WELL, keys=said) + listener.format(port=port))
    return load_bench(path, [WELL])


@pytest.fixture(scope="module")
async def port(anyio_backend, folder) -> AsyncIterator[int]:
    at = free_port()
    made = bench(folder, at)
    wire = OpcUaWire("127.0.0.1", at, "the bench", made.listener(made.devices[0].endpoint))
    await wire.add(made.devices[0], Shown())
    yield at
    await wire.remove(made.devices[0])


def driver(folder, port: int, **keys: str) -> OpcUaDriver:
    return OpcUaDriver(bench(folder, port, **keys).devices[0], WallClock())


async def refused(driver: OpcUaDriver) -> str:
    with pytest.raises(DeviceRefused) as said:
        async with asyncio.timeout(HANGS):
            await driver.connect()
    return str(said.value)


async def test_an_operator_with_a_certificate_it_trusts_reads_and_writes(folder, port):
    ours = driver(folder, port, user="ana", password_file="ana", **US)
    await ours.connect()
    assert len((await ours.read()).value) == len(ours.tags)
    await ours.write(f"{WELL}.FrequencyReference", 45.0)
    await ours.close()


async def test_a_viewer_reads_and_is_refused_what_he_writes(folder, port):
    ours = driver(folder, port, user="visitor", password_file="visitor", **US)
    await ours.connect()
    assert len((await ours.read()).value) == len(ours.tags)
    with pytest.raises(DeviceRefused, match="BadUserAccessDenied"):
        await ours.write(f"{WELL}.FrequencyReference", 45.0)
    await ours.close()


async def test_nobody_comes_in_without_a_name_or_by_a_wrong_word(folder, port):
    assert "BadIdentityToken" in await refused(driver(folder, port, **US))
    wrong = {"user": "ana", "password_file": "guess"}
    assert "BadUserAccessDenied" in await refused(driver(folder, port, **wrong, **US))
    unknown = {"user": "who", "password_file": "ana"}
    assert "BadUserAccessDenied" in await refused(driver(folder, port, **unknown, **US))


async def test_a_new_password_counts_from_the_next_time_on(folder, port):
    (folder / "visitor").write_text("changed\n")
    (folder / "old").write_text(WORDS["visitor"])
    assert "Denied" in await refused(driver(folder, port, user="visitor", password_file="old", **US))
    (folder / "visitor").write_text(WORDS["visitor"])


async def test_a_stranger_is_turned_away_kept_among_the_rejected_and_let_in_once_he_is_trusted(folder, port):
    theirs = US | {"certificate_file": "stranger.der", "key_file": "stranger.key"}
    name = {"user": "ana", "password_file": "ana"}
    assert "BadCertificateUntrusted" in await refused(driver(folder, port, **name, **theirs))
    (kept,) = (folder / "trusted" / "rejected").iterdir()
    assert kept.read_bytes() == (folder / "stranger.der").read_bytes()
    kept.rename(folder / "trusted" / "stranger.der")
    ours = driver(folder, port, **name, **theirs)
    await ours.connect()
    await ours.close()
    (folder / "trusted" / "stranger.der").unlink()


async def test_nothing_is_offered_without_encryption(port):
    client = Client(f"opc.tcp://127.0.0.1:{port}/nexus/pf", timeout=20)
    offered = await client.connect_and_get_server_endpoints()
    assert {endpoint.SecurityMode for endpoint in offered} == {
        ua.MessageSecurityMode.Sign,
        ua.MessageSecurityMode.SignAndEncrypt,
    }
    with pytest.raises(ua.UaError, match="No matching endpoints"):
        async with client:
            pass


def test_a_listener_is_read_back_as_it_was_written(folder, tmp_path):
    made = bench(folder, 4840)
    assert write_bench(made, tmp_path / "bench.toml").listeners == made.listeners


def test_all_that_is_wrong_with_a_listener_is_told_at_once(folder):
    wrong = """
        [[listener]]
        endpoint = "opc.tcp://127.0.0.1:9/other"
        policies = ["Basic256Sha256", "Rot13"]
        key_file = "nowhere.key"
        users = {{ ana = {{ role = "king" }} }}
        [[listener]]
        endpoint = "modbus://127.0.0.1:502/1"
        policies = ["None"]
        """
    with pytest.raises(ConfigError) as said:
        bench(folder, 4840, wrong)
    text = str(said.value)
    for rule in (
        "policies = 'Rot13': must be of None, Basic256Sha256", "certificate_file: must be said where policies",
        "key_file = 'nowhere.key': does not exist", "trust_folder: must be said",
        "users.ana.role = 'king': must be one of viewer, operator", "users.ana.password_file",
        "must be opc.tcp://", "must name somebody, or anonymous", "is where no simulated OPC UA device",
    ):  # fmt: skip
        assert rule in text
