"""A device that shows what a test says, on a real OPC UA server, and a plain asyncua client of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
from asyncua import Client, ua
from asyncua.common.node import Node

from plant.asset.bench import Device as BenchDevice
from plant.asset.bench_file import load_bench
from plant.error import CommandRefused, OutOfRange
from simulators.device import Indication
from simulators.manner import Manner
from simulators.opcua.wire import OpcUaWire
from tests.conftest import free_port

WELL, OTHER = "Well.CACB27A-P1", "Well.XBKD47-X2"
EPOCH = 1_700_000_000_000_000_000


class Shown:
    """A device that is nothing but readings: 999 is refused as out of range, a start is not taken now."""

    def __init__(self) -> None:
        self.time, self.manner = EPOCH, Manner()
        self.values = {"well.Frequency": Indication(47.0), "well.FrequencyReference": Indication(47.0)}
        self.written: list[tuple[str, float]] = []

    @property
    def stamp(self) -> int:
        return self.time

    @property
    def signals(self) -> list[str]:
        return list(self.values)

    def readings(self) -> Mapping[str, Indication]:
        return self.values

    def check(self, signal: str, value: float) -> None:
        if value == 999:
            raise OutOfRange(signal, value, "is not permitted")
        if signal == "well.Start":
            raise CommandRefused(signal, value, "not now")

    def write(self, signal: str, value: float) -> None:
        self.check(signal, value)
        self.written.append((signal, value))
        self.values[signal] = Indication(value)


class Rig:
    """One shown device on a wire."""

    def __init__(self, wire: OpcUaWire, place: BenchDevice, device: Shown, client: Client):
        self.wire, self.place, self.device, self.client = wire, place, device, client

    def node(self, signal: str, well: str = WELL) -> Node:
        """The node of one of a well's signals."""
        return self.client.get_node(f"ns=2;s={well}.{signal}")

    async def show(self, signal: str, reading: Indication) -> None:
        """Let a scan pass in which the device shows this, and return when the server does."""
        self.device.values[f"well.{signal}"] = reading
        self.device.time += 1_000_000_000
        while await self.shown_time(signal) < self.device.time:
            await asyncio.sleep(0)

    async def shown_time(self, signal: str) -> int:
        moment = (await self.node(signal).read_data_value(raise_on_bad_status=False)).SourceTimestamp
        return round(moment.timestamp()) * 1_000_000_000


def place_at(folder: Path, port: int, name: str = "OPC", well: str = WELL) -> BenchDevice:
    """A device of a bench at that port."""
    text = f"""
        field = "f"
        [[device]]
        name = "{name}"
        profile = "well_opcua"
        endpoint = "opc.tcp://127.0.0.1:{port}/nexus/pf"
        assets = {{ well = "{well}" }}"""
    (folder / f"{name}.toml").write_text(text)
    return load_bench(folder / f"{name}.toml", [well]).devices[0]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Of the module: a server takes a second to start, and its tests share it."""
    return "asyncio"


@pytest.fixture(scope="module")
async def wire(anyio_backend, tmp_path_factory) -> AsyncIterator[OpcUaWire]:
    """A wire whose server goes on while devices come and go, since one never does."""
    kept = place_at(tmp_path_factory.mktemp("kept"), free_port(), "KEPT", "Well.CACB1GA-2")
    wire = OpcUaWire(kept.endpoint.host, kept.endpoint.port, "device[OPC].endpoint in bench.toml")
    wire.port = kept.endpoint.port
    await wire.add(kept, Shown())
    yield wire
    await wire.remove(kept)


@pytest.fixture
def place(tmp_path: Path, wire: OpcUaWire) -> BenchDevice:
    """Where the device answers."""
    return place_at(tmp_path, wire.port)


@pytest.fixture
def other_place(tmp_path: Path, wire: OpcUaWire) -> BenchDevice:
    """Where a device of another well answers, at the same server."""
    return place_at(tmp_path, wire.port, "OTHER", OTHER)


@pytest.fixture
def place_alone(tmp_path: Path) -> BenchDevice:
    """Where a device answers at a server of its own, not started."""
    return place_at(tmp_path, free_port(), "ALONE")


@pytest.fixture
async def rig(wire: OpcUaWire, place: BenchDevice) -> AsyncIterator[Rig]:
    """A device on the wire, and a client of it."""
    await wire.add(place, device := Shown())
    async with Client(str(place.endpoint), timeout=20) as client:
        yield Rig(wire, place, device, client)
    await wire.remove(place)


class Notes:
    """What a subscription has been notified of: (value, status code)."""

    def __init__(self) -> None:
        self.said: list[tuple[object, int]] = []
        self.news = asyncio.Event()

    def datachange_notification(self, _node, _value, data) -> None:
        said = data.monitored_item.Value
        self.said.append((said.Value.Value if said.Value else None, said.StatusCode.value))
        self.news.set()

    async def until(self, last: tuple[object, int]) -> list[tuple[object, int]]:
        """All that was notified, once it ends so."""
        while self.said[-1:] != [last]:
            self.news.clear()
            await self.news.wait()
        return self.said


@pytest.fixture
def notes() -> type[Notes]:
    """Handlers of subscriptions that note what they are told."""
    return Notes


@pytest.fixture
def deadband() -> Callable[..., ua.DataChangeFilter]:
    """Makes a filter of value and status with a deadband."""

    def make(width: float, kind: ua.DeadbandType = ua.DeadbandType.Absolute) -> ua.DataChangeFilter:
        return ua.DataChangeFilter(ua.DataChangeTrigger.StatusValue, kind, width)

    return make
