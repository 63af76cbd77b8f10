"""A Modbus server: any number of units behind one port, and the masters that come to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from plant.error import ServiceError
from simulators.modbus.connection import Connection
from simulators.modbus.request import NO_TARGET, Unit, answer, refusal
from simulators.modbus.temper import Reply, treat

_ANY_UNIT = (0, 255)  # what masters send to a device that is itself the TCP end (Messaging Guide 1.0b, 4.4.2.3)
MOST_MASTERS = 512  # at one port; whoever comes beyond them is sent away at once, and those that are there stay
_IDLE = 60  # s of silence after which the system asks whether a master is still there


class ModbusServer:
    """One port. ``origin`` says which setting chose it, for the message when it is taken.

    A unit that is not there is answered as a gateway does, with exception 0x0B at once, so that a master need not
    wait out its timeout.
    """

    def __init__(self, host: str, port: int, origin: str = "its endpoint"):
        self.host, self.port, self.origin = host, port, origin
        self.units: dict[int, Unit] = {}
        self.requests: dict[int, int] = {}  # answered, by unit
        self.masters: set[Connection] = set()
        self.joined: Callable[[ModbusServer], Connection] = Connection  # what a master that comes is given
        self._server: asyncio.Server | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    @property
    def clients(self) -> int:
        """Open connections."""
        return len(self.masters)

    @property
    def most_masters(self) -> int:
        """How many it takes: as many as the least patient of its units."""
        limits = (unit.manner.most_masters for unit in self.units.values())
        return min((limit for limit in limits if limit), default=MOST_MASTERS)

    async def start(self) -> None:
        """Listen; port 0 becomes the one that was free. Raises :class:`ServiceError` where it cannot."""
        if self.is_open:
            return
        try:
            self._server = await asyncio.get_running_loop().create_server(
                lambda: self.joined(self), self.host, self.port
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise ServiceError(f"cannot listen on {self.host}:{self.port} ({reason}); set by {self.origin}") from None
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for master in tuple(self.masters):
            master.close()
        await server.wait_closed()

    def admit(self, master: Connection, its_socket: socket.socket) -> bool:
        """Whether a master that came may stay. One whose machine died is noticed, and leaves its place."""
        if len(self.masters) >= self.most_masters:
            return False
        self.masters.add(master)
        its_socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_KEEPIDLE"):
            its_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _IDLE)
        return True

    def answer(self, unit_id: int, request: bytes) -> bytes | Reply:
        """What one unit says; a :class:`Reply` where there is more to it than its PDU."""
        unit = self.units.get(unit_id) or self._only_unit(unit_id)
        if unit is None:
            return refusal(request[0], NO_TARGET)
        manner = unit.manner
        if manner.is_silent:
            return Reply(b"")
        number = self.requests[unit_id] = self.requests.get(unit_id, 0) + 1
        return answer(unit, request) if manner.is_sound else treat(unit, request, number)

    def _only_unit(self, unit_id: int) -> Unit | None:
        return next(iter(self.units.values())) if unit_id in _ANY_UNIT and len(self.units) == 1 else None
