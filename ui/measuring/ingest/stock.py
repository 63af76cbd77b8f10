"""The peer: stock pymodbus polls the same devices into SQLite, as one writes it after their documentation.

``python -m ui.measuring.ingest.stock FILE SECONDS UNITS REGISTERS PORT…`` prints how many samples a second it stored.
A client a connection, a request a block of registers, floats by pymodbus' own conversion, and every half second one
transaction that is flushed to disk.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time

from pymodbus.client import AsyncModbusTcpClient

COMMIT = 0.5  # s
PATIENCE = 10.0  # s that an answer may take
BLOCK = 124  # registers of a request: whole floats


async def _poll(port: int, units: int, registers: int, deadline: float, rows: list[tuple]) -> None:
    async with AsyncModbusTcpClient("127.0.0.1", port=port, timeout=PATIENCE) as client:
        while time.monotonic() < deadline:
            for unit in range(1, units + 1):
                for start in range(0, registers, BLOCK):
                    count = min(BLOCK, registers - start)
                    reply = await client.read_input_registers(start, count=count, device_id=unit)
                    values = client.convert_from_registers(reply.registers, client.DATATYPE.FLOAT32)
                    now = time.time_ns()
                    rows.extend((port, unit, start + 2 * i, now, v) for i, v in enumerate(values))


async def _store(database: sqlite3.Connection, deadline: float, rows: list[tuple]) -> int:
    stored = 0
    while rows or time.monotonic() < deadline:
        await asyncio.sleep(COMMIT)
        taken = rows[:]
        rows.clear()
        with database:
            database.executemany("insert into samples values (?, ?, ?, ?, ?)", taken)
        stored += len(taken)
    return stored


async def measured(file: str, seconds: float, units: int, registers: int, ports: list[int]) -> float:
    """Samples committed a second."""
    database, rows = sqlite3.connect(file), list[tuple]()
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table samples(port integer, unit integer, address integer, time integer, value real)")
    began = time.monotonic()
    polls = (_poll(port, units, registers, began + seconds, rows) for port in ports)
    storing = asyncio.create_task(_store(database, began + seconds, rows))
    await asyncio.gather(*polls)
    stored = await storing
    return stored / (time.monotonic() - began)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[3:]]
    print(asyncio.run(measured(sys.argv[1], float(sys.argv[2]), given[0], given[1], given[2:])))
