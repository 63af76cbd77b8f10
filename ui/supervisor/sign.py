"""Signs of life: how the supervisor sees that a program not only has not ended but works.

A service of ours beats on its lifeline (:mod:`control.bus.lifeline`). The bus server is no program of ours: it greets
whoever connects, which a frozen one does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Mapping
from typing import Protocol

from control.bus.lifeline import VARIABLE

ANSWER = 5.0  # s that the bus may take to greet


class Sign(Protocol):
    """What a child is watched by, from one of its processes to the next."""

    def open(self) -> tuple[Mapping[str, str], tuple[int, ...]]:
        """Before a process starts: what it finds in its environment, and the files that it inherits."""
        ...

    def opened(self) -> None:
        """After it has started."""
        ...

    async def seen(self) -> bool:
        """Whether it has shown itself since the last look."""
        ...


class Beat:
    """The supervisor's end of a service's lifeline."""

    def __init__(self) -> None:
        self._ours = self._theirs = -1

    def open(self) -> tuple[Mapping[str, str], tuple[int, ...]]:
        """A new pipe, of which the process gets one end."""
        self.close()
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._ours, False)
        return {VARIABLE: str(self._theirs)}, (self._theirs,)

    def opened(self) -> None:
        """Keep our end only."""
        os.close(self._theirs)
        self._theirs = -1

    async def seen(self) -> bool:
        """Whether it has beaten."""
        with contextlib.suppress(OSError):  # nothing to read, or nothing to read from
            return bool(os.read(self._ours, 4096))
        return False

    def close(self) -> None:
        """Let go of the pipe."""
        for end in (self._ours, self._theirs):
            if end >= 0:
                os.close(end)
        self._ours = self._theirs = -1


class Greeting:
    """A server that speaks first, as NATS does."""

    def __init__(self, host: str, port: int):
        self._host, self._port = host, port

    def open(self) -> tuple[Mapping[str, str], tuple[int, ...]]:
        """Nothing is needed."""
        return {}, ()

    def opened(self) -> None:
        """Nothing is kept."""

    async def seen(self) -> bool:
        """Whether it greets."""
        try:
            async with asyncio.timeout(ANSWER):
                reader, writer = await asyncio.open_connection(self._host, self._port)
                try:
                    return bool(await reader.readline())
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            return False


class Unwatched:
    """No sign is looked for: a system that lets no pipe through, or a program that shows nothing."""

    def open(self) -> tuple[Mapping[str, str], tuple[int, ...]]:
        """Nothing is needed."""
        return {}, ()

    def opened(self) -> None:
        """Nothing is kept."""

    async def seen(self) -> bool:
        """It is believed to live."""
        return True


def beat() -> Sign:
    """A service's sign, where the system lets its children inherit a pipe."""
    return Unwatched() if os.name == "nt" else Beat()
