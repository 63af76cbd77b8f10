"""Hot records: those that were read a moment ago, as they are sent, so that reading one again asks no database.

A write through this process forgets them all; what another process writes is seen a second later at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from control.access.identity import Identity, Place

LIFE = 1.0  # s
ROOM = 10_000


@dataclass(frozen=True)
class Kept:
    """One record as it is sent, and where it stands, by which it is decided who may see it."""

    body: bytes
    etag: str
    place: Place

    def is_seen_by(self, who: Identity, permission: str) -> bool:
        """Whether he may see it."""
        return who.may(permission, self.place)


@dataclass
class Hot:
    """What is kept, by the path at which it is and the units."""

    clock: Callable[[], float] = time.monotonic
    _kept: dict[tuple[str, str], tuple[float, Kept]] = field(default_factory=dict)
    _writes: int = 0

    def began(self) -> tuple[float, int]:
        """Now, as :meth:`put` is to be told of it."""
        return self.clock(), self._writes

    def get(self, key: tuple[str, str]) -> Kept | None:
        """What is kept of it, if it is not older than :data:`LIFE`."""
        until, kept = self._kept.get(key, (0.0, None))
        return kept if kept is not None and self.clock() < until else None

    def put(self, key: tuple[str, str], kept: Kept, began: tuple[float, int]) -> None:
        """Keep it as of when its reading began, unless something was written since."""
        if began[1] != self._writes:
            return
        if len(self._kept) >= ROOM:
            self._kept.clear()
        self._kept[key] = began[0] + LIFE, kept

    def forget(self) -> None:
        """Keep nothing: something was written."""
        self._writes += 1
        self._kept.clear()
