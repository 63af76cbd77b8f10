"""Latest values: the last batch of each device, kept in a bucket for whoever comes later.

Only the newest of each counts, so what could not be put is overwritten rather than queued. The bucket lives
in the server's memory; after a restart of the server everything known is put again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import nats.errors
from nats.js.kv import KeyValue

from control.bus import log
from control.bus.cancel import end_if_cancelled
from control.bus.connection import Bus

PAUSE = 0.5  # s between attempts

Said = bytes | Callable[[], bytes]


class Latest:
    """Run :meth:`run` as a task; :meth:`put` whenever there is something newer.

    Between rounds of putting it rests [s]: where there are many thousands of tags, all of them many times a second
    would be more than what is measured.
    """

    def __init__(self, bus: Bus, rest: float = 0.0):
        self._bus, self._rest = bus, rest
        self._known: dict[str, Said] = {}
        self._changed: dict[str, Said] = {}
        self._wake = asyncio.Event()

    def put(self, key: str, data: Said) -> None:
        """``data`` is what holds now of ``key``, or says it when asked."""
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
                    await asyncio.sleep(self._rest)
            except (TimeoutError, nats.errors.Error) as error:
                log.warning("latest", error=str(error) or type(error).__name__)
                await asyncio.sleep(PAUSE)

    async def _put_changed(self, bucket: KeyValue) -> None:
        self._wake.clear()
        changed, self._changed = self._changed, {}
        await asyncio.gather(
            *(bucket.put(key, data if isinstance(data, bytes) else data()) for key, data in changed.items())
        )
