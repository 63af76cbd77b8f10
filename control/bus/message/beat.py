"""Beats: what a process shows of itself with each of its pulses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from control.bus.message.form import Message


@dataclass(frozen=True)
class Beat(Message):
    """A service lives: since when, what it has counted, and what last went wrong. Times are the wall's [s]."""

    service: str
    pid: int
    time: float
    started: float
    counts: dict[str, int]
    gauges: dict[str, float]
    devices: dict[str, dict[str, Any]]
    last_error: dict[str, Any] | None = None
    trouble: str = ""  # what keeps it from its work just now
