"""Cancellation that does not get lost.

``asyncio.wait_for`` of Python 3.11 returns a result that comes in the moment of a cancellation and swallows the
cancellation; libraries that we wait for use it. A loop that is meant to end by being cancelled looks for itself.
"""

from __future__ import annotations

import asyncio


def end_if_cancelled() -> None:
    """Raise ``CancelledError`` if the running task was told to end and something swallowed it."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
