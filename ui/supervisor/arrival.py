"""Waiting for what has been started: a port that listens, an API that has values."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from typing import Any

from hil.patience import Patience

PAUSE = 0.2  # s between two looks


async def listening(host: str, port: int) -> bool:
    """Return once somebody listens there."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(PAUSE)
        else:
            writer.close()
            return True


async def first_values(api: str, token: str, devices: frozenset[str], patience: Patience) -> bool:
    """Return once the API is ready and has values from each device, or when ``patience`` is over."""
    while not patience.is_over():
        if await asyncio.to_thread(_has_values, api, token, devices):
            return True
        await asyncio.sleep(PAUSE)
    return False


def _has_values(api: str, token: str, devices: frozenset[str]) -> bool:
    try:
        _get(f"{api}/ready", token)
        values = _get(f"{api}/api/v1/values", token)["values"]
    except (OSError, ValueError):  # it does not listen yet, or is not ready
        return False
    return devices <= {value["source"] for value in values if value["value"] is not None}


def _get(url: str, token: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=2.0) as reply:
        return json.load(reply)
