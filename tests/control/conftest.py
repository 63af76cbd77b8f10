"""A Modbus device of the tests' own, written from the Modbus application protocol V1.1b3, not from our code.

It can be told to be silent, to refuse, to answer short, and to lack an address.
"""

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench

PROFILE = """
protocol = "modbus"
behaviour = "well_rtu"
roles = { well = "Well" }
"""


class ModbusPeer:
    """One device on a free loopback port: bits and registers by address."""

    def __init__(self) -> None:
        self.bits: dict[int, int] = {}
        self.inputs: dict[int, int] = {}
        self.holdings: dict[int, int] = {}
        self.holes: set[int] = set()  # addresses that answer exception 2
        self.refused: dict[int, int] = {}  # function → exception
        self.is_silent = self.is_short = False
        self.lost = 0  # answers that get lost before others arrive
        self.writes: list[tuple[int, int, list[int]]] = []  # function, address, values
        self.requests: list[tuple[int, int, int]] = []  # function, address, count
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """As when its power fails: the port closes and open connections break."""
        if self._server is not None:
            self._server.close()
            for writer in self._open:
                writer.transport.abort()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                tid, _, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
                answer = self._answer(await reader.readexactly(length - 1))
                self.lost -= 1
                if not self.is_silent and self.lost < 0:
                    writer.write(struct.pack(">HHHB", tid, 0, len(answer) + 1, unit) + answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
        finally:
            self._open.discard(writer)

    def _answer(self, pdu: bytes) -> bytes:
        function, address, count = struct.unpack(">BHH", pdu[:5])
        self.requests.append((function, address, count))
        if function in self.refused:
            return bytes([function | 0x80, self.refused[function]])
        if function in (1, 2, 3, 4):
            return self._read(function, address, count)
        return self._write(function, address, count, pdu)

    def _read(self, function: int, address: int, count: int) -> bytes:
        if self.holes & set(range(address, address + count)):
            return bytes([function | 0x80, 2])
        if function < 3:
            data = sum((self.bits.get(address + i, 0) << i) for i in range(count)).to_bytes((count + 7) // 8, "little")
        else:
            words = self.holdings if function == 3 else self.inputs
            data = struct.pack(f">{count}H", *(words.get(address + i, 0) for i in range(count)))
        data = data[:-2] if self.is_short else data
        return bytes([function, len(data)]) + data

    def _write(self, function: int, address: int, count: int, pdu: bytes) -> bytes:
        if function == 5:
            values = [int(count == 0xFF00)]
            self.bits[address] = values[0]
        else:
            values = [count] if function == 6 else list(struct.unpack(f">{count}H", pdu[6:]))
            self.holdings.update({address + i: value for i, value in enumerate(values)})
        self.writes.append((function, address, values))
        return pdu[:5]


@pytest.fixture
async def peer() -> AsyncIterator[ModbusPeer]:
    """A running Modbus device."""
    running = ModbusPeer()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def bench_of(tmp_path: Path):
    """Writes a bench of one device ``RTU`` that serves ``Well.A`` on a port, with the profile's points given."""

    def write(
        port: int, points: str, device: str = "", bench: str = "", unit: int = 1, scheme: str = "modbus"
    ) -> Bench:
        (tmp_path / "profile.toml").write_text(PROFILE + points)
        text = f"""
            field = "test"
            {bench}
            [[device]]
            name = "RTU"
            profile = "profile.toml"
            endpoint = "{scheme}://127.0.0.1:{port}/{unit}"
            assets = {{ well = "Well.A" }}
            {device}
        """
        (tmp_path / "bench.toml").write_text(text)
        return load_bench(tmp_path / "bench.toml", ["Well.A"])

    return write


class ManualClock:
    """A clock that moves only when told, or when somebody waits for it."""

    speed = 1.0

    def __init__(self, now: int = 1_700_000_000_000_000_000):
        self.time = now
        self.waited_for: list[int] = []

    def now(self) -> int:
        return self.time

    async def sleep_until(self, moment: int) -> None:
        self.waited_for.append(moment)
        self.time = max(self.time, moment)
        await asyncio.sleep(0)


@pytest.fixture
def manual_clock() -> ManualClock:
    """A clock that jumps to whatever moment is waited for."""
    return ManualClock()
