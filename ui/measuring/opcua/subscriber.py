"""A subscriber to all variables of a server, in a process of its own, which counts what comes and how late.

``python -m ui.measuring.opcua.subscriber PORT SECONDS < IDS`` prints how many notifications came, in how long, and the
99th percentile of the time from their source to here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from typing import Any

import numpy as np
import uvloop
from asyncua import Client, ua

PUBLISHING = 50.0  # ms between two publications
DEEP = 10  # values that the server keeps of each variable between them
AT_ONCE = 200  # variables that one request subscribes to
SETTLE = 1.0  # s after the last subscription, of which nothing is counted


class Counter:
    """What an asyncua subscription calls."""

    def __init__(self) -> None:
        self.lags: list[float] = []  # [s]

    def datachange_notification(self, _node: Any, _value: Any, data: Any) -> None:
        """One value came."""
        source = data.monitored_item.Value.SourceTimestamp
        self.lags.append(time.time() - source.timestamp() if source else 0.0)


async def _subscribe(port: int, ids: list[str], seconds: float) -> dict[str, float]:
    counter = Counter()
    async with Client(f"opc.tcp://127.0.0.1:{port}/nexus/pf", timeout=60.0, watchdog_intervall=60.0) as client:
        subscription = await client.create_subscription(PUBLISHING, counter)
        for start in range(0, len(ids), AT_ONCE):
            nodes = [client.get_node(ua.NodeId.from_string(each)) for each in ids[start : start + AT_ONCE]]
            await subscription.subscribe_data_change(nodes, queuesize=DEEP, sampling_interval=ua.Double(0.0))
        await asyncio.sleep(SETTLE)
        counter.lags.clear()
        began = time.monotonic()
        await asyncio.sleep(seconds)
        took, lags = time.monotonic() - began, np.array(counter.lags or [np.nan])
    return {"count": len(counter.lags), "seconds": took, "lag_p99_ms": 1e3 * float(np.percentile(lags, 99))}


if __name__ == "__main__":
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    print(json.dumps(uvloop.run(_subscribe(int(sys.argv[1]), json.loads(sys.stdin.readline()), float(sys.argv[2])))))
