"""Cancellation that does not get lost.

``asyncio.wait_for`` of Python 3.11 returns a result that comes in the moment of a cancellation and swallows the
cancellation; libraries that we wait for use it. So whoever ends a task tells it until it has ended, and a loop
that is meant to end by being cancelled looks for itself.
"""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN = 0.5  # s until a task that has not ended is told again


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task, and return when it has ended, however it did."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=AGAIN)


def end_if_cancelled() -> None:
    """Raise ``CancelledError`` if the running task was told to end and something swallowed it."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
