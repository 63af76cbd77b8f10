"""A server to be measured, in a process of its own: ours or pymodbus', of 125 holding registers.

``python -m ui.measuring.modbus.served ours|pymodbus|pymodbus_uvloop`` prints its port and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

import numpy as np
import uvloop

from simulators.manner import SOUND
from simulators.modbus.image import Image
from simulators.modbus.server import ModbusServer

REGISTERS = 125


class Plain:
    """A unit that is nothing but registers, as the peers' are."""

    def __init__(self) -> None:
        self.image, self.identity, self.manner = Image(holding=REGISTERS), {0: b"Gemelo", 1: b"bench", 2: b"1"}, SOUND
        self.image.write("holding", 0, np.arange(REGISTERS))

    def refresh(self) -> None:
        """It stands still."""

    def covers(self, area: str, address: int, count: int) -> bool:  # noqa: ARG002 (as every unit's)
        """It has them all."""
        return True

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        """Take anything."""
        self.image.write(area, address, values)


async def ours() -> int:
    """Start ours; its port."""
    server = ModbusServer("127.0.0.1", 0)
    server.units[1] = Plain()
    await server.start()
    return server.port


async def pymodbus() -> int:
    """Start pymodbus', as its documentation writes one; its port."""
    from pymodbus.server import ModbusTcpServer
    from pymodbus.simulator import DataType, SimData, SimDevice

    data = SimData(0, count=REGISTERS, datatype=DataType.REGISTERS)
    server = ModbusTcpServer([SimDevice(1, data)], address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    KEPT.append(server)
    return int(server.transport.sockets[0].getsockname()[1])  # type: ignore[attr-defined]


KEPT: list[object] = []  # what only its caller would keep from being collected
SERVERS: dict[str, Callable[[], Awaitable[int]]] = {"ours": ours, "pymodbus": pymodbus, "pymodbus_uvloop": pymodbus}


async def _serve(name: str) -> None:
    print(await SERVERS[name](), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    running = asyncio.run if sys.argv[1] == "pymodbus" else uvloop.run  # the services of ours run on uvloop
    running(_serve(sys.argv[1]))
