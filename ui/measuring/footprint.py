"""Processor and memory of processes over a window, as the system counts them."""

from __future__ import annotations

import time
from collections.abc import Mapping

import psutil

MB = 1e6


class Footprint:
    """The processes by name (process numbers), watched from now on."""

    def __init__(self, processes: Mapping[str, int]):
        self._processes = {name: psutil.Process(pid) for name, pid in processes.items()}
        self._before, self._began = self._cpu(), time.monotonic()

    def cores(self) -> dict[str, float]:
        """Cores that each has kept busy since the window began, on average."""
        window = time.monotonic() - self._began
        return {name: (after - self._before[name]) / window for name, after in self._cpu().items()}

    def rss_mb(self) -> dict[str, float]:
        """Resident memory of each; pages that several share are counted in each."""
        return {name: process.memory_info().rss / MB for name, process in self._processes.items()}

    def pss_mb(self) -> dict[str, float | None]:
        """Memory with shared pages divided among those who share them, where the system tells it (Linux)."""
        return {name: _pss(process) for name, process in self._processes.items()}

    def _cpu(self) -> dict[str, float]:
        times = {name: process.cpu_times() for name, process in self._processes.items()}
        return {name: spent.user + spent.system for name, spent in times.items()}


def _pss(process: psutil.Process) -> float | None:
    pss = getattr(process.memory_full_info(), "pss", None)
    return None if pss is None else pss / MB
