"""The hold on a simulated field: one trainer drives it, and whoever else comes watches."""

from __future__ import annotations

import time
from collections.abc import Callable

from plant.error import CommandRefused

IDLE = 900.0  # s without anything done, after which somebody else may take it


class Hold:
    """Whose field it is just now. ``read`` tells the time [s]."""

    def __init__(self, read: Callable[[], float] = time.monotonic):
        self._read, self._name, self._at = read, "", 0.0

    @property
    def name(self) -> str:
        """Who has it; empty where nobody does."""
        return self._name if self._read() - self._at < IDLE else ""

    def take(self, by: str) -> None:
        """Drive it from now on, or go on doing so. Raises :class:`CommandRefused` where somebody else does."""
        if self.name not in ("", by):
            rule = f"is driven by {self.name}: you watch until they leave it, or do nothing for {IDLE / 60:g} minutes"
            raise CommandRefused("field", by, rule)
        self._name, self._at = by, self._read()

    def leave(self, by: str) -> None:
        """Let somebody else have it."""
        if self._name == by:
            self._name = ""
