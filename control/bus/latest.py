"""Latest values: the last batch of each device, kept in a bucket for whoever comes later.

Only the newest of each counts, so what could not be put is overwritten rather than queued. The bucket lives
in the server's memory; after a restart of the server everything known is put again.
"""

from __future__ import annotations

import asyncio

import nats.errors
from nats.js.kv import KeyValue

from control.bus import log
from control.bus.cancel import end_if_cancelled
from control.bus.connection import Bus

PAUSE = 0.5  # s between attempts


class Latest:
    """Run :meth:`run` as a task; :meth:`put` whenever there is something newer."""

    def __init__(self, bus: Bus):
        self._bus = bus
        self._known: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self._wake = asyncio.Event()

    def put(self, key: str, data: bytes) -> None:
        """``data`` is what holds now of ``key``."""
        self._known[key] = self._changed[key] = data
        self._wake.set()

    async def run(self) -> None:
        """Put what changed, until cancelled."""
        while True:
            end_if_cancelled()
            connections = self._bus.client.stats["reconnects"]
            try:
                bucket = await self._bus.latest()
                self._changed = dict(self._known)
                while self._bus.client.stats["reconnects"] == connections:
                    await self._put_changed(bucket)
                    end_if_cancelled()
                    await self._wake.wait()
            except (TimeoutError, nats.errors.Error) as error:
                log.warning("latest", error=str(error) or type(error).__name__)
                await asyncio.sleep(PAUSE)

    async def _put_changed(self, bucket: KeyValue) -> None:
        self._wake.clear()
        changed, self._changed = self._changed, {}
        await asyncio.gather(*(bucket.put(key, data) for key, data in changed.items()))
