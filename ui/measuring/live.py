"""The API's live stream, as a client of it sees it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx

from ui.measuring.wire import SIGNALS, Arrivals, fingerprint


async def events(client: httpx.AsyncClient, tags: Sequence[str]) -> AsyncIterator[list[dict[str, Any]]]:
    """Lists of values (SI) as they come."""
    query = {"tags": ",".join(tags), "units": "si"}
    async with client.stream("GET", "/live", params=query, timeout=None) as reply:
        reply.raise_for_status()
        async for line in reply.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])["values"]


async def follow(client: httpx.AsyncClient, tags: Sequence[str]) -> None:
    """Take what comes until cancelled."""
    async for _ in events(client, tags):
        pass


async def follow_states(client: httpx.AsyncClient, arrived: Mapping[str, Arrivals], lags: list[float]) -> None:
    """Note each well's states and when they came, and how long after their scan that was, until cancelled."""
    tags = [f"{well}.{signal}" for well in arrived for signal in SIGNALS]
    async for values in events(client, tags):
        now = time.time()
        by_well: dict[str, dict[str, float]] = {}
        for value in values:
            well, _, signal = value["tag"].rpartition(".")
            by_well.setdefault(well, {})[signal] = value["value"]
        complete = {well: readings for well, readings in by_well.items() if _is_state(readings)}
        for well, readings in complete.items():
            arrived[well].append((fingerprint(readings), now))
        if len(complete) == 1:  # one device's scan; the first event holds all that stood before
            lags.append(now - values[0]["time_ns"] / 1e9)


def _is_state(readings: Mapping[str, float | None]) -> bool:
    return set(readings) == set(SIGNALS) and None not in readings.values()
