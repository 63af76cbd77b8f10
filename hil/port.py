"""Ports for fields that are started beside others: free now, and nobody else's who chooses in this way.

A block of ports belongs to the process that holds the UDP socket of its first number, which the system gives to one
process and takes back at its end, however that comes. Devices, API and bus speak TCP, so no port is lost by it.
"""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator

from plant.error import ServiceError

LOWEST, BLOCK, BLOCKS = 20_000, 50, 240  # up to 32,000: below those that systems give to outgoing connections


class Reservation:
    """The blocks that this process holds, and the ports in them that it has not given out yet."""

    def __init__(self) -> None:
        self._held: list[socket.socket] = []
        self._unused: list[int] = []
        self._lock = threading.Lock()

    def ports(self, count: int) -> list[int]:
        """So many loopback ports on which nobody listens, none of them given out before."""
        with self._lock:
            return [self._port() for _ in range(count)]

    def _port(self) -> int:
        while True:
            if not self._unused:
                self._hold_another()
            if _is_free(port := self._unused.pop(0)):
                return port

    def _hold_another(self) -> None:
        for block in random.SystemRandom().sample(range(BLOCKS), BLOCKS):
            first = LOWEST + block * BLOCK
            mark = socket.socket(type=socket.SOCK_DGRAM)
            try:
                mark.bind(("127.0.0.1", first))
            except OSError:  # another's
                mark.close()
                continue
            self._held.append(mark)
            self._unused = list(range(first, first + BLOCK))
            return
        raise ServiceError(f"no block of ports is left between {LOWEST} and {LOWEST + BLOCKS * BLOCK}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


RESERVATION = Reservation()


def free_ports() -> Iterator[int]:
    """Ports on which nobody listens, one after the other, none of them given out before."""
    while True:
        yield from RESERVATION.ports(1)
