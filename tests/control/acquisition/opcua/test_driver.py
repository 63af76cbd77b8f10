"""The OPC UA driver against a server of the tests' own, behind a relay that can fall silent."""

import asyncio
import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import numpy as np
import pytest
from asyncua import Server, ua
from asyncua.common.utils import ServiceError

from control.acquisition.link import Link
from control.acquisition.opcua import driver as opcua
from control.acquisition.opcua.driver import OpcUaDriver
from control.acquisition.opcua.session import LIMITS, Session
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
MORE = {
    "number in text": ua.Variant(" 46.5 "), "word": ua.Variant("TURNING"),
    "bits": ua.Variant(0b110, ua.VariantType.UInt16), "tenths": ua.Variant(455, ua.VariantType.Int32),
    "power": ua.Variant(-1, ua.VariantType.SByte),
}  # fmt: skip
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
        for name, value in (NODES | ODD | MORE).items():
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
    for name, value in (NODES | ODD | MORE).items():
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
        await Session(driver_at(1).device, print).asked(fail())
    assert type(told.value) is ours


def changed(name: str, keys: str) -> str:
    """The profile with other keys at a node."""
    return PROFILE.replace(f'node = "ns=2;s={name}"', keys)


@pytest.mark.parametrize(
    ("name", "keys", "tag", "value"),
    [
        ("F", 'node = "ns=2;s=array"\nindex = 1', FREQUENCY, 2.0),
        ("F", 'node = "ns=2;s=number in text"', FREQUENCY, 46.5),
        ("T", 'node = "ns=2;s=word"\nstates = { "TURNING" = 4 }', TRIP, 4.0),
        ("T", 'node = "ns=2;s=bits"\nmask = 6', TRIP, 3.0),
        ("F", 'node = "ns=2;s=F"\nno_value = [45.0]', FREQUENCY, None),
        ("F", 'node = "ns=2;s=tenths"\nscale_at = { node = "ns=2;s=power", power = true }', FREQUENCY, 45.5),
        ("F", 'node = "ns=2;s=tenths"\nscale_at = { node = "ns=2;s=text" }', FREQUENCY, None),
        ("F", 'node = "nsu=urn:maker;s=F"', FREQUENCY, 45.0),
        ("F", 'node = "nsu=urn:nobody;s=F"', FREQUENCY, None),
    ],
)
async def test_a_node_is_read_as_its_profile_says(peer, driver_at, name, keys, tag, value):
    driver = driver_at(peer.port, profile=changed(name, keys))
    await driver.connect()
    read, stream = by_tag(driver, await driver.read())[tag], driver.stream()
    streamed = await until(driver, stream, lambda said: said[REFERENCE][1] == quality.GOOD)
    await driver.close()
    if value is None:
        assert quality.is_bad(read[1])
        assert quality.is_bad(streamed[tag][1])
    else:
        assert read == streamed[tag] == (pytest.approx(value), quality.GOOD)


@pytest.mark.parametrize(
    ("keys", "si", "node", "written"),
    [
        ('node = "ns=2;s=array"\nindex = 1', 46.0, "array", [1.0, 46.0]),
        ('node = "ns=2;s=F"\nwrite = { node = "ns=2;s=tenths", scale = 0.1 }', 46.0, "tenths", 460),
        ('node = "ns=2;s=tenths"\nscale_at = { node = "ns=2;s=power", power = true }', 46.0, "tenths", 460),
        ('node = "nsu=urn:maker;s=F"', 46.0, "F", 46.0),
        ('node = "ns=2;s=word"\nstates = { SLOW = 40, FAST = 50 }', 50.0, "word", "FAST"),
    ],
)
async def test_a_node_is_written_as_its_profile_says(peer, driver_at, keys, si, node, written):
    driver = driver_at(peer.port, profile=PROFILE.replace('node = "ns=2;s={tag}"', keys))
    await driver.connect()
    await driver.read()
    if node == "array":  # asyncua's server does not look at index ranges and would put the part in the whole's place
        peer.server.set_attribute_value_setter(ua.NodeId(node, 2), _element(written))
    await driver.write(REFERENCE, si)
    assert (await peer.value(node)).Value == written
    await driver.close()


def _element(whole):
    def put(node, attribute, value):
        is_part = value.Value.Value == whole[1:]
        node.attributes[attribute].value = ua.DataValue(ua.Variant(whole)) if is_part else value

    return put


async def test_a_value_that_stands_still_for_hours_is_of_now_while_its_server_lives(driver):
    """Servers of most makers move a source time with its value alone; there is no other word of it."""
    stream = driver.stream()
    first = await anext(stream)
    second = await anext(stream)
    assert (first.value[0], set(first.quality.tolist())) == (45.0, {quality.GOOD})
    assert second.value.tolist() == pytest.approx(first.value.tolist())
    assert MOMENT.timestamp() * 1e9 + 3600e9 < first.time.max() < second.time.max()


@pytest.mark.parametrize(
    ("moment", "complaint"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "not set"), (MOMENT, "stand still"),
        (MOMENT.replace(hour=5), "clock is behind"),
    ],
)  # fmt: skip
async def test_a_source_time_that_dates_nothing_gives_way_to_the_moment_of_arrival_and_is_never_good(
    driver, peer, moment, complaint
):
    stream = driver.stream()
    began = int((await anext(stream)).time.max())
    await peer.show("F", ua.Variant(44.0, ua.VariantType.Float), moment=moment)
    async for reading in stream:
        if reading.value[0] == 44.0:
            break
    assert (reading.quality[0], reading.time[0] >= began) == (quality.UNCERTAIN_SUBNORMAL, True)
    assert complaint in " ".join(driver.complaints.counts)


@pytest.mark.parametrize("is_said", [True, False])
async def test_requests_are_split_to_what_the_server_takes_at_once(peer, driver_at, monkeypatch, is_said):
    """As it says in its OperationLimits, or as it answers BadTooManyOperations."""
    service, monitored, sizes = peer.server.iserver.attribute_service, peer.server.iserver.subscription_service, []
    read, monitor = service.read, monitored.create_monitored_items

    def most(parts, ask):
        sizes.append(len(parts))
        if len(parts) > 3:
            raise ServiceError(ua.StatusCodes.BadTooManyOperations)
        return ask

    def limited(params):
        return most(params.NodesToRead, read)(params)

    async def limited_too(params):
        return await most(params.ItemsToCreate, monitor)(params)

    monkeypatch.setattr(service, "read", limited)
    monkeypatch.setattr(monitored, "create_monitored_items", limited_too)
    for limit in LIMITS.values():
        await peer.server.get_node(ua.NodeId(limit)).write_value(ua.Variant(3 if is_said else 0, ua.VariantType.UInt32))
    driver = driver_at(peer.port)
    await driver.connect()
    said = by_tag(driver, await driver.read())
    await until(driver, driver.stream(), lambda said: said[FREQUENCY][1] == quality.GOOD)
    assert said[FREQUENCY] == (45.0, quality.GOOD)
    assert (max(sizes) <= 3) is is_said
    sizes.clear()
    await driver.read()
    await driver.close()
    assert max(sizes) <= 3


async def test_a_server_without_filters_tells_changes_alone(peer, driver_at, monkeypatch):
    monitored = peer.server.iserver.subscription_service
    monitor = monitored.create_monitored_items

    async def unfiltered(params):
        if any(type(item.RequestedParameters.Filter).__name__ == "DataChangeFilter" for item in params.ItemsToCreate):
            bad = ua.StatusCode(ua.StatusCodes.BadMonitoredItemFilterUnsupported)
            return [ua.MonitoredItemCreateResult(StatusCode=bad) for _ in params.ItemsToCreate]
        return await monitor(params)

    monkeypatch.setattr(monitored, "create_monitored_items", unfiltered)
    driver = driver_at(peer.port)
    await driver.connect()
    stream = driver.stream()
    await until(driver, stream, lambda said: said[FREQUENCY] == (45.0, quality.GOOD))
    await peer.show("F", ua.Variant(44.0, ua.VariantType.Float), moment=datetime.now(UTC))
    await until(driver, stream, lambda said: said[FREQUENCY] == (44.0, quality.GOOD))
    await driver.close()
