"""Modbus devices with the manners of real ones, scripted on a socket in the test's own process."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from control.acquisition.driver import Reading
from control.acquisition.modbus.driver import ModbusDriver
from control.bus.clock import WallClock


@dataclass
class Manners:
    """How a device behaves towards its master; what is not said is as the specification has it."""

    most: int = 125  # registers that it reads at once
    too_long: int | None = 3  # the exception of a longer read; None: silence
    absent: frozenset[int] = frozenset()  # addresses that it does not have …
    of_absent: int | None = 2  # … and the exception of a read over one; None: silence
    lacks: dict[int, int] = field(default_factory=dict)  # function → exception
    closes_after: int = 0  # answers after which it closes the connection; 0: never
    most_connections: int = 0  # beyond which it closes new ones at once; 0: any number
    answers_as: dict[int, int] = field(default_factory=dict)  # function → the function in its answer
    rest: float = 0.0  # s after an answer in which it hears nothing
    units: frozenset[int] = frozenset({1})  # others are not answered


class Server:
    """Registers behind manners, on a free loopback port."""

    def __init__(self, manners: Manners):
        self.manners = manners
        self.words: dict[int, int] = {}  # holding and input registers alike
        self.requests: list[tuple[int, int, int]] = []  # function, address, count or value
        self.units: list[int] = []  # asked, in order
        self.connections = self.most_open = self._open = self._ready_at = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open += 1
        self.most_open = max(self.most_open, self._open)
        answered, most = 0, self.manners.most_connections
        try:
            while not (most and self._open > most) and answered != (self.manners.closes_after or -1):
                tid, _, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
                answer = self._heard(unit, await reader.readexactly(length - 1))
                if answer:
                    writer.write(struct.pack(">HHHB", tid, 0, len(answer) + 1, unit) + answer)
                    answered += 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open -= 1
            writer.close()

    def _heard(self, unit: int, pdu: bytes) -> bytes:
        now = asyncio.get_running_loop().time()
        if now < self._ready_at or unit not in self.manners.units:
            return b""
        self._ready_at = now + self.manners.rest
        self.units.append(unit)
        self.requests.append(struct.unpack(">BHH", pdu[:5]))
        answer = self._answer(pdu)
        function = self.manners.answers_as.get(pdu[0])
        return bytes([function]) + answer[1:] if answer and function else answer

    def _answer(self, pdu: bytes) -> bytes:
        function, address, count = struct.unpack(">BHH", pdu[:5])
        if function in self.manners.lacks:
            return bytes([function | 0x80, self.manners.lacks[function]])
        if function in (3, 4):
            return self._read(function, address, count)
        if function == 6:
            self.words[address] = count
        elif function == 16:
            self.words |= dict(enumerate(struct.unpack(f">{count}H", pdu[6:]), address))
        elif function == 22:
            keep, put = struct.unpack(">HH", pdu[3:7])
            self.words[address] = (self.words.get(address, 0) & keep) | (put & ~keep & 0xFFFF)
            return pdu
        return pdu[:5]

    def _read(self, function: int, address: int, count: int) -> bytes:
        refusal = 0
        if self.manners.absent & set(range(address, address + count)):
            refusal = self.manners.of_absent or -1
        if count > self.manners.most:
            refusal = self.manners.too_long or -1
        if refusal:
            return bytes([function | 0x80, refusal]) if refusal > 0 else b""
        words = [self.words.get(address + i, address + i) for i in range(count)]
        return bytes([function, 2 * count]) + struct.pack(f">{count}H", *words)


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., "asyncio.Future[Server]"]]:
    """Starts servers of given manners; ends them with the test."""
    running: list[asyncio.Server] = []

    async def start(**manners) -> Server:
        server = Server(Manners(**manners))
        running.append(await asyncio.start_server(server.serve, "127.0.0.1", 0))
        server.port = running[-1].sockets[0].getsockname()[1]
        return server

    yield start
    for server in running:
        server.close()


@pytest.fixture
async def drive(bench_of) -> AsyncIterator[Callable]:
    """Connects drivers to a port, with the profile's points and keys of the device as given."""
    drivers: list[ModbusDriver] = []

    async def connect(port: int, points: str, device: str = "", unit: int = 1, scheme: str = "modbus") -> ModbusDriver:
        text = f'answers = "real"\n{device}'
        [place] = bench_of(port, points, text, unit=unit, scheme=scheme).devices
        drivers.append(ModbusDriver(place, WallClock()))
        await drivers[-1].connect()
        return drivers[-1]

    yield connect
    for driver in drivers:
        await driver.close()


def by_signal(driver: ModbusDriver, reading: Reading) -> dict[str, tuple[float, int]]:
    """Value and quality by signal."""
    names = [tag.rpartition(".")[2] for tag in driver.tags]
    return dict(zip(names, zip(reading.value.tolist(), reading.quality.tolist(), strict=True), strict=True))


@pytest.fixture
def said() -> Callable:
    """What a driver reads now: value and quality by signal."""

    async def read(driver: ModbusDriver) -> dict[str, tuple[float, int]]:
        return by_signal(driver, await driver.read())

    return read
