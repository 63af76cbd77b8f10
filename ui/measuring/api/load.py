"""Load: the same request again and again over many connections, as fast as it is answered, or at a given rate."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import psutil

_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Target:
    """What is asked, of whom, by whom."""

    host: str
    port: int
    path: str
    bearer: str

    @property
    def request(self) -> bytes:
        """As it goes over the wire."""
        head = f"GET {self.path} HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: {self.bearer}\r\n\r\n"
        return head.encode()

    async def connect(self) -> Line:
        """A connection that is kept."""
        return Line(self, *await asyncio.open_connection(self.host, self.port, limit=2**24))

    async def once(self) -> bytes:
        """The answer's body. Raises :class:`OSError` where it is none."""
        line = await self.connect()
        status, body = await line.ask()
        line.close()
        if status != 200:
            raise OSError(f"{self.path} was answered with {status}: {body[:200]!r}")
        return body


class Line:
    """One connection, with one request outstanding at a time."""

    def __init__(self, target: Target, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self._request, self._reader, self._writer = target.request, reader, writer

    async def ask(self) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._writer.write(self._request)
        head = await self._reader.readuntil(_END)
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
        return int(head[9:12]), await self._reader.readexactly(int(length))

    def close(self) -> None:
        """End it."""
        self._writer.close()


@dataclass(frozen=True)
class Told:
    """What came of it."""

    rate: float  # requests per second
    per_core: float  # requests for each second of the server's processor
    p95: float  # [s]
    failed: int


async def flat_out(target: Target, server: psutil.Process, connections: int, window: float) -> Told:
    """As fast as it is answered, for a window in seconds."""
    lines = await asyncio.gather(*(target.connect() for _ in range(connections)))
    took: list[float] = []
    failed = 0

    async def ask(line: Line, until: float) -> None:
        nonlocal failed
        while (began := time.perf_counter()) < until:
            status, _ = await line.ask()
            failed += status != 200
            took.append(time.perf_counter() - began)

    await lines[0].ask()
    spent, began = _spent(server), time.perf_counter()
    await asyncio.gather(*(ask(line, began + window) for line in lines))
    wall, cpu = time.perf_counter() - began, _spent(server) - spent
    for line in lines:
        line.close()
    return Told(len(took) / wall, len(took) / max(cpu, 0.01), _p95(took), failed)


async def at_rate(target: Target, rate: float, window: float, connections: int = 50) -> Told:
    """At a rate, whatever is answered: an answer's time counts from when its request was due."""
    lines: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(connections):
        lines.put_nowait(await target.connect())
    took: list[float] = []
    failed, asking = 0, set()

    async def ask(due: float) -> None:
        nonlocal failed
        line = await lines.get()
        status, _ = await line.ask()
        failed += status != 200
        took.append(time.perf_counter() - due)
        lines.put_nowait(line)

    began, total = time.perf_counter(), int(rate * window)
    for number in range(total):
        due = began + number / rate
        if (ahead := due - time.perf_counter()) > 0.0:
            await asyncio.sleep(ahead)
        asking.add(asyncio.create_task(ask(due)))
    await asyncio.gather(*asking)
    wall = time.perf_counter() - began
    while not lines.empty():
        lines.get_nowait().close()
    return Told(len(took) / wall, 0.0, _p95(took), failed)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _p95(took: list[float]) -> float:
    return sorted(took)[int(0.95 * len(took))] if took else float("nan")
