"""Ports: all are tried before anything starts, so that every taken one is reported at once."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from plant.error import ServiceError

ANYWHERE = {"0.0.0.0", "::", ""}  # addresses that stand for all of this machine's


@dataclass(frozen=True)
class Port:
    """An address that something is to listen on, what that is, and the setting that chooses it."""

    host: str
    number: int
    setting: str
    who: str = ""

    def meets(self, other: Port) -> bool:
        """Whether both cannot be had: one number on one address, or on one that stands for all."""
        return self.number == other.number and (
            self.host == other.host or not ANYWHERE.isdisjoint((self.host, other.host))
        )


def check_ports(ports: Iterable[Port]) -> None:
    """Raise :class:`ServiceError` naming every port that cannot be had, with the setting that changes it.

    That is one on which somebody listens, and one that two of ours are to have.
    """
    ports = list(ports)
    twice = [
        f"{one.host}:{one.number} is wanted twice, by {one.who} ({one.setting}) and by {other.who} ({other.setting})"
        for one, other in combinations(ports, 2)
        if one.meets(other)
    ]
    taken = [f"{port.host}:{port.number} {why}; {port.setting}" for port in ports if (why := _obstacle(port))]
    if twice or taken:
        raise ServiceError("\n".join([*twice, *taken]))


def _obstacle(port: Port) -> str | None:
    family = socket.AF_INET6 if ":" in port.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would let two listen on one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((port.host, port.number))
            probe.listen()
        except (OSError, OverflowError) as error:
            return "is taken" if getattr(error, "errno", 0) == errno.EADDRINUSE else f"cannot be opened ({error})"
    return None
