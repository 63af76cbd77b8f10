"""Devices to be polled, in a process of their own: registers that count how often they were read.

``python -m ui.measuring.ingest.served CONNECTIONS`` prints a port for each connection and serves until it is ended. A
read of input registers is answered with 32-bit floats that all hold the number of that read, 1, 2, 3 …, counted for
each unit and first address. So every value is new, and what is kept of a tag shows whether any is missing or doubled.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from functools import partial
from typing import cast

import uvloop

REQUEST = struct.Struct(">HHHBBHH")  # MBAP, function, address, count
HEAD = struct.Struct(">HHHBBB")
READ = 4


class Counting(asyncio.Protocol):
    """One connection of a master, to units whose ``reads`` are counted by unit and address."""

    def __init__(self, reads: dict[tuple[int, int], int]) -> None:
        self._reads, self._held = reads, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to answer."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods alone

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        held, answers, at = self._held + data, [], 0
        while len(held) - at >= REQUEST.size:
            answers.append(answered(self._reads, *REQUEST.unpack_from(held, at)))
            at += REQUEST.size
        self._held = held[at:]
        self._transport.write(b"".join(answers))


Reads = dict[tuple[int, int], int]  # so far, by unit and address


def answered(
    reads: Reads, transaction: int, _protocol: int, _length: int, unit: int, function: int, address: int, count: int
) -> bytes:
    """The answer to one request; anything but a read of whole floats is refused."""
    if function != READ or count % 2:
        return HEAD.pack(transaction, 0, 3, unit, function | 0x80, 1)
    number = reads[unit, address] = reads.get((unit, address), 0) + 1
    return HEAD.pack(transaction, 0, 3 + 2 * count, unit, READ, 2 * count) + struct.pack(">f", number) * (count // 2)


async def _serve(connections: int) -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(partial(Counting, {}), "127.0.0.1", 0) for _ in range(connections)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
