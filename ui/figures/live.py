"""The API's live stream, as a client of it sees it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx

from ui.figures.wire import SIGNALS, Fingerprint, fingerprint


async def events(client: httpx.AsyncClient, tags: Sequence[str]) -> AsyncIterator[list[dict[str, Any]]]:
    """Lists of values (SI) as they come."""
    query = {"tags": ",".join(tags), "units": "si"}
    async with client.stream("GET", "/live", params=query, timeout=None) as reply:
        reply.raise_for_status()
        async for line in reply.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


async def follow(client: httpx.AsyncClient, tags: Sequence[str]) -> None:
    """Take what comes until cancelled."""
    async for _ in events(client, tags):
        pass


async def follow_states(client: httpx.AsyncClient, arrived: Mapping[str, list[tuple[Fingerprint, float]]]) -> None:
    """Note each well's states and when they came, until cancelled."""
    tags = [f"{well}.{signal}" for well in arrived for signal in SIGNALS]
    async for values in events(client, tags):
        now = time.time()
        by_well: dict[str, dict[str, float]] = {}
        for value in values:
            well, _, signal = value["tag"].rpartition(".")
            by_well.setdefault(well, {})[signal] = value["value"]
        for well, readings in by_well.items():
            if set(readings) == set(SIGNALS) and None not in readings.values():
                arrived[well].append((fingerprint(readings), now))
