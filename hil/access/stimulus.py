"""Stimuli: what is written to a target over its own time: a step, a ramp, a sine, or what was recorded before.

Each is a series of moments and values of one signal; :func:`play` merges several and writes each at its moment. Stories
of whole fields have their timelines in :mod:`hil.timeline`; these are for one target and its test.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hil.access.model import ModelPort

STEP = 1.0  # s between two writes of what moves steadily


@dataclass(frozen=True)
class Moment:
    """At ``at`` seconds from the start, something is done: a value is written, or ``act`` is called."""

    at: float
    signal: str = ""
    value: float = 0.0
    act: Callable[[], object] | None = None


def step(signal: str, value: float, at: float = 0.0) -> list[Moment]:
    """One value, at once."""
    return [Moment(at, signal, value)]


def ramp(
    signal: str, start: float, end: float, over: float, at: float = 0.0, every: float = STEP
) -> list[Moment]:  # fmt: skip
    """Steadily from ``start`` to ``end``."""
    n = max(1, round(over / every))
    return [Moment(at + over * i / n, signal, start + (end - start) * i / n) for i in range(n + 1)]


def sine(
    signal: str, middle: float, amplitude: float, period: float, over: float, at: float = 0.0, every: float = STEP
) -> list[Moment]:  # fmt: skip
    """About ``middle``, first upwards."""
    n = max(1, round(over / every))
    times = [over * i / n for i in range(n + 1)]
    return [Moment(at + t, signal, middle + amplitude * math.sin(2 * math.pi * t / period)) for t in times]


def replay(path: Path, tag: str, signal: str) -> list[Moment]:
    """What a capture (Parquet) has of ``tag``, as it came, SI."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["source_time", "tag", "value"])
    rows = table.filter(pc.equal(pc.cast(table["tag"], "string"), tag))
    times = [one.value for one in rows["source_time"]]
    zero = times[0] if times else 0
    return [Moment((t - zero) / 1e9, signal, v) for t, v in zip(times, rows["value"].to_pylist(), strict=True)]


def fault(act: Callable[[], object], at: float) -> list[Moment]:
    """Anything else, such as ``lambda: faults.inject("drop")``, at its moment."""
    return [Moment(at, act=act)]


def play(port: ModelPort, *stimuli: Sequence[Moment]) -> None:
    """Do everything at its moment of the target's time, and return after the last."""
    now = 0.0
    for moment in _merged(stimuli):
        port.wait(max(0.0, moment.at - now))
        now = max(now, moment.at)
        if moment.act is not None:
            moment.act()
        else:
            port.write(moment.signal, moment.value)


def _merged(stimuli: Sequence[Sequence[Moment]]) -> Iterator[Moment]:
    yield from sorted((moment for one in stimuli for moment in one), key=lambda moment: moment.at)
