"""The OPC UA driver against a server of the tests' own, behind a relay that can fall silent."""

import asyncio
import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import numpy as np
import pytest
from asyncua import Server, ua

from control.acquisition import opcua
from control.acquisition.link import Link
from control.acquisition.opcua import OpcUaDriver
from control.bus import quality
from control.bus.cancel import end
from control.bus.clock import WallClock
from plant.asset.bench_file import load_bench
from plant.error import DeviceError, DeviceLost, DeviceRefused, DeviceTimeout
from plant.unit import UNITS
from tests.conftest import free_port
from tests.limit import HANGS

pytestmark = pytest.mark.anyio

PROFILE = """
protocol = "opcua"
behaviour = "well_rtu"
roles = { well = "Well" }
[[point]]
signal = "well.Frequency"
node = "ns=2;s=F"
[[point]]
signal = "well.IntakePressure"
unit = "psig"
node = "ns=2;s=P"
[[point]]
signal = "well.TripCode"
node = "ns=2;s=T"
[[point]]
signal = "well.FrequencyReference"
node = "ns=2;s={tag}"
[[point]]
signal = "well.Start"
node = "ns=2;s=S"
"""
FREQUENCY, PRESSURE, TRIP = "Well.A.Frequency", "Well.A.IntakePressure", "Well.A.TripCode"
REFERENCE, START = "Well.A.FrequencyReference", "Well.A.Start"
NODES = {  # as a maker might type them
    "F": ua.Variant(45.0, ua.VariantType.Float), "P": ua.Variant(1000.0, ua.VariantType.Double),
    "T": ua.Variant(2, ua.VariantType.UInt16), REFERENCE: ua.Variant(45, ua.VariantType.Int16),
    "S": ua.Variant(False, ua.VariantType.Boolean),
}  # fmt: skip
ODD = {"text": ua.Variant("fast"), "nothing": ua.Variant(), "array": ua.Variant([1.0, 2.0])}
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)


class Peer:
    """A plain asyncua server with the nodes of a well."""

    def __init__(self, port: int):
        self.port, self.url, self.server = port, f"opc.tcp://127.0.0.1:{port}/maker", Server()

    async def start(self) -> None:
        self.server = Server()
        await self.server.init()
        self.server.set_endpoint(self.url)
        self.server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        await self.server.register_namespace("urn:maker")
        for name, value in (NODES | ODD).items():
            await self.add(name, value)
        await self.server.start()

    async def add(self, name: str, value: ua.Variant) -> None:
        node = await self.server.nodes.objects.add_variable(ua.NodeId(name, 2), name, value)
        await node.set_writable()

    async def stop(self) -> None:
        await self.server.stop()

    async def show(self, name: str, value: ua.Variant, status: int = 0, moment: datetime | None = MOMENT) -> None:
        await self.server.write_attribute_value(
            ua.NodeId(name, 2), ua.DataValue(value, ua.StatusCode(status), SourceTimestamp=moment)
        )

    async def value(self, name: str) -> ua.Variant:
        return (await self.server.get_node(ua.NodeId(name, 2)).read_data_value()).Value


class Relay:
    """Passes bytes between a client and a server, until it is told to be silent."""

    def __init__(self) -> None:
        self.is_silent, self.port, self._to = False, 0, 0
        self.is_free = asyncio.Event()  # the client has gone
        self._server: asyncio.Server | None = None

    async def start(self, to: int) -> None:
        self._to, self._server = to, await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.wait(
            [asyncio.create_task(self._pass(reader, back)), asyncio.create_task(self._pass(there, writer))],
            return_when=asyncio.FIRST_COMPLETED,
        )
        back.close()
        writer.close()
        self.is_free.set()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if not self.is_silent:
                writer.write(data)

    def stop(self) -> None:
        assert self._server is not None
        self._server.close()


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Of the module: a server takes a second to start, and all tests share it."""
    return "asyncio"


@pytest.fixture(scope="module")
async def shared_peer(anyio_backend) -> AsyncIterator[Peer]:
    running = Peer(free_port())
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def peer(shared_peer) -> AsyncIterator[Peer]:
    """The running server, its nodes as they were at the start."""
    for name, value in NODES.items():
        await shared_peer.show(name, value)
    async with asyncio.timeout(HANGS):
        yield shared_peer


@pytest.fixture
async def relay(peer) -> AsyncIterator[Relay]:
    running = Relay()
    await running.start(peer.port)
    yield running
    running.stop()


@pytest.fixture
def driver_at(tmp_path):
    """Makes a driver of a device at that port, scanned five times a second."""

    def make(port: int, timeout: float = 20.0, profile: str = PROFILE) -> OpcUaDriver:
        (tmp_path / "profile.toml").write_text(profile)
        (tmp_path / "bench.toml").write_text(f"""
            field = "test"
            scan = {{ quick_s = 0.2 }}
            [[device]]
            name = "OPC"
            profile = "profile.toml"
            endpoint = "opc.tcp://127.0.0.1:{port}/maker"
            assets = {{ well = "Well.A" }}
            scan = "quick"
            timeout_s = {timeout}""")
        return OpcUaDriver(load_bench(tmp_path / "bench.toml", ["Well.A"]).devices[0], WallClock())

    return make


@pytest.fixture
async def driver(peer, driver_at) -> AsyncIterator[OpcUaDriver]:
    running = driver_at(peer.port)
    await running.connect()
    yield running
    await running.close()


def by_tag(driver, reading) -> dict[str, tuple[float, int]]:
    return dict(zip(driver.tags, zip(reading.value.tolist(), reading.quality.tolist(), strict=True), strict=True))


async def until(driver, stream, wanted) -> dict[str, tuple[float, int]]:
    """What the first reading of a stream says that is as wanted."""
    async for reading in stream:
        if wanted(said := by_tag(driver, reading)):
            return said
    raise AssertionError("the stream ended")


async def test_values_come_out_in_si_whatever_type_and_unit_the_maker_chose(driver):
    said = by_tag(driver, await driver.read())
    assert said[FREQUENCY] == (45.0, quality.GOOD)
    assert said[PRESSURE] == (pytest.approx(UNITS["psig"].to_si(1000.0)), quality.GOOD)
    assert (said[TRIP], said[START]) == ((2.0, quality.GOOD), (0.0, quality.GOOD))


@pytest.mark.parametrize(
    ("tag", "si", "name", "value", "kind"),
    [
        (REFERENCE, 47.6, REFERENCE, 48, ua.VariantType.Int16),
        (START, 1.0, "S", True, ua.VariantType.Boolean),
        (FREQUENCY, 50.5, "F", 50.5, ua.VariantType.Float),
        (PRESSURE, UNITS["psig"].to_si(500.0), "P", pytest.approx(500.0), ua.VariantType.Double),
    ],
)
async def test_a_write_takes_the_nodes_own_type_and_unit(driver, peer, tag, si, name, value, kind):
    await driver.write(tag, si)
    written = await peer.value(name)
    assert (written.Value, written.VariantType) == (value, kind)


async def test_status_and_source_time_are_those_of_the_server(driver, peer):
    await peer.show("F", ua.Variant(44.0, ua.VariantType.Float), quality.UNCERTAIN_LAST_USABLE)
    stream = driver.stream()
    said = await until(driver, stream, lambda said: said[FREQUENCY][0] == 44.0)
    assert said[FREQUENCY][1] == quality.UNCERTAIN_LAST_USABLE
    await peer.show("F", ua.Variant(44.5, ua.VariantType.Float), moment=datetime(2099, 1, 1, tzinfo=UTC))
    async for reading in stream:
        if reading.value[0] == 44.5:
            break
    assert set(reading.time.tolist()) == {int(datetime(2099, 1, 1, tzinfo=UTC).timestamp()) * 10**9}


async def test_bits_of_a_status_that_tell_how_it_was_sampled_are_no_quality(driver, peer):
    """10000-4, 7.39.1: the low 16 bits are info bits; 0x480 says that a queue overflowed."""
    await peer.show("F", ua.Variant(44.0, ua.VariantType.Float), 0x0000_0480)
    assert by_tag(driver, await driver.read())[FREQUENCY] == (44.0, quality.GOOD)


@pytest.mark.parametrize("node", ODD)
async def test_what_is_no_number_is_bad(peer, driver_at, node):
    driver = driver_at(peer.port, profile=PROFILE.replace("ns=2;s=F", f"ns=2;s={node}"))
    await driver.connect()
    value, code = by_tag(driver, await driver.read())[FREQUENCY]
    await driver.close()
    assert np.isnan(value)
    assert code == quality.BAD_CONFIGURATION


async def test_a_node_that_the_server_does_not_know_is_bad_until_it_does_and_the_others_live(
    peer, driver_at, monkeypatch
):
    """A server may listen before all its nodes are there, as ours does."""
    monkeypatch.setattr(opcua, "RETRY", 0.05)
    driver = driver_at(peer.port, profile=PROFILE.replace("ns=2;s=T", "ns=2;s=later"))
    await driver.connect()
    stream = driver.stream()
    said = await until(driver, stream, lambda said: said[FREQUENCY][1] == quality.GOOD)
    assert said[TRIP][1] == by_tag(driver, await driver.read())[TRIP][1] == quality.BAD_CONFIGURATION
    await peer.add("later", NODES["T"])
    await until(driver, stream, lambda said: said[TRIP] == (2.0, quality.GOOD))
    await driver.close()


async def test_where_no_node_is_known_that_is_what_the_stream_says(peer, driver_at):
    driver = driver_at(peer.port, profile=PROFILE.replace("ns=2;s=", "ns=2;s=no "))
    await driver.connect()
    reading = await anext(driver.stream())
    await driver.close()
    assert set(reading.quality.tolist()) == {quality.BAD_CONFIGURATION}
    assert (reading.time > MOMENT.timestamp() * 1e9).all()


async def test_a_frozen_server_is_lost_whatever_its_timeout_and_its_connection_closed(peer, relay, driver_at):
    """Half a scan until it is asked and half until the answer is missed; its timeout, 60 s, is longer than we wait."""
    driver = driver_at(relay.port, timeout=60.0)
    await driver.connect()
    stream = driver.stream()
    await anext(stream)
    relay.is_silent = True
    with pytest.raises((DeviceLost, DeviceTimeout)):
        await until(driver, stream, lambda _: False)
    await driver.close()
    await relay.is_free.wait()


class Desk:
    """Takes what a link publishes."""

    def __init__(self) -> None:
        self.batches: asyncio.Queue = asyncio.Queue()

    def batch(self, _device, batch) -> None:
        self.batches.put_nowait(batch)

    def event(self, device, state, detail) -> None: ...

    async def until(self, code: int):
        while set((batch := await self.batches.get()).quality.tolist()) != {code}:
            pass
        return batch


async def test_after_a_restart_of_the_server_its_link_subscribes_again(peer, driver_at):
    driver, desk = driver_at(peer.port), Desk()
    running = asyncio.create_task(Link(driver.device, driver, WallClock(), desk, pause=lambda _: 0.05).run())
    await desk.until(quality.GOOD)
    await peer.stop()
    assert np.isnan((await desk.until(quality.BAD_COMMUNICATION)).value).all()
    await peer.start()
    assert (await desk.until(quality.GOOD)).value[0] == 45.0
    await peer.show("F", ua.Variant(46.0, ua.VariantType.Float), moment=datetime.now(UTC))
    while (await desk.until(quality.GOOD)).value[0] != 46.0:
        pass
    await end(running)


async def test_a_subscription_that_the_server_gives_up_ends_the_stream(driver):
    """10000-4, 5.13.6: a StatusChangeNotification with Bad_Timeout."""
    stream = driver.stream()
    await anext(stream)
    driver.status_change_notification(ua.StatusChangeNotification(Status=ua.StatusCode(ua.StatusCodes.BadTimeout)))
    with pytest.raises(DeviceLost, match="BadTimeout"):
        await until(driver, stream, lambda _: False)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", DeviceError), (b"", DeviceTimeout), (b"ACKF" + bytes(4), DeviceError),
        (b"ACKF" + struct.pack("<I5I", 28, 0, 65536, 65536, 0, 0), DeviceTimeout),
        (b"ERRF" + struct.pack("<IIi", 16, ua.StatusCodes.BadTcpServerTooBusy, -1), DeviceError),
    ],
    ids=["http", "silence", "half a frame", "hello and no more", "too busy"],
)  # fmt: skip
async def test_whoever_speaks_no_opc_ua_is_an_error_of_ours(driver_at, answer, error):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    driver = driver_at(server.sockets[0].getsockname()[1], timeout=0.2)
    with pytest.raises(error):
        await driver.connect()
    await driver.close()
    server.close()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (TimeoutError(), DeviceTimeout), (OSError(104, "reset"), DeviceLost), (struct.error("short"), DeviceLost),
        (ua.UaError("odd"), DeviceLost), (ua.UaStatusCodeError(ua.StatusCodes.BadSessionClosed), DeviceLost),
        (ua.UaStatusCodeError(ua.StatusCodes.BadOutOfRange), DeviceRefused), (KeyError("x"), DeviceLost),
    ],
)  # fmt: skip
async def test_nothing_that_asyncua_throws_gets_past_the_driver(driver_at, theirs, ours):
    async def fail() -> None:
        raise theirs

    with pytest.raises(DeviceError) as told:
        await driver_at(1)._asked(fail())
    assert type(told.value) is ours
