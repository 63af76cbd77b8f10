"""From plant step to API: how late each state arrives that comes out of the live stream.

See :mod:`ui.measuring.endtoend` for what is measured, and :mod:`ui.measuring.wire` for how a state is known again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import httpx
import numpy as np

from plant.asset.bench import Device
from plant.error import ServiceError
from ui.measuring.live import follow_states
from ui.measuring.wire import Arrivals, RawClient, Sightings


async def path_delays(
    client: httpx.AsyncClient, devices: Sequence[Device], window: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Delays from plant to API, and from plant to a plain client of the same devices."""
    seen = [Sightings() for _ in devices]
    ours: list[Arrivals] = [[] for _ in devices]
    plain: list[Arrivals] = [[] for _ in devices]
    wells = [device.assets["well"] for device in devices]
    deadline, lags = time.monotonic() + window, list[float]()
    async with asyncio.TaskGroup() as group:
        following = group.create_task(follow_states(client, dict(zip(wells, ours, strict=True)), lags))
        watching = [RawClient(d).watch(deadline, sightings) for d, sightings in zip(devices, seen, strict=True)]
        scanning = [RawClient(d).scan(deadline, arrived) for d, arrived in zip(devices, plain, strict=True)]
        await asyncio.wait([group.create_task(work) for work in (*watching, *scanning)])
        following.cancel()
    delays, ages = _delays(seen, ours)
    raw_delays, raw_ages = _delays(seen, plain)
    figures = {"age_p99_s": _p99(ages), "scan_to_api_p99_s": _p99(lags), "unmatched_states": _unmatched(seen, ours)}
    return quantiles("path", delays) | figures, quantiles("raw_path", raw_delays) | {"raw_age_p99_s": _p99(raw_ages)}


def quantiles(name: str, delays: Sequence[float]) -> dict[str, Any]:
    """Median, 99th percentile and number. Raises :class:`ServiceError` where nothing was seen."""
    if not len(delays):
        raise ServiceError(f"nothing was seen of {name}")
    p50, p99 = np.quantile(delays, (0.5, 0.99))
    return {f"{name}_p50_s": float(p50), f"{name}_p99_s": float(p99), f"{name}_samples": len(delays)}


def _delays(seen: Sequence[Sightings], arrived: Sequence[Arrivals]) -> tuple[list[float], list[float]]:
    """From making to arrival, and from making to the arrival of the next, over all devices."""
    delays, ages = [], []
    for sightings, states in zip(seen, arrived, strict=True):
        moments = [(made, at) for state, at in states if (made := sightings.made(state)) is not None]
        delays += [at - made for made, at in moments]
        ages += [after - made for (made, _), (_, after) in pairwise(moments)]
    return delays, ages


def _unmatched(seen: Sequence[Sightings], arrived: Sequence[Arrivals]) -> int:
    """States that came out of the API but were never seen on the wire, save those from before the window."""
    pairs = zip(seen, arrived, strict=True)
    return sum(sightings.made(state) is None for sightings, states in pairs for state, _ in states[2:])


def _p99(ages: Sequence[float]) -> float:
    return float(np.quantile(ages, 0.99)) if len(ages) else float("nan")
