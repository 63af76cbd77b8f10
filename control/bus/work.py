"""Work until told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from control.bus.cancel import end


async def until(stop: asyncio.Event, *works: Coroutine[Any, Any, Any]) -> None:
    """Do all of ``works`` at once until told to stop, or until one of them fails, whose error is raised.

    All have ended when this returns, however it does.
    """
    tasks = [asyncio.create_task(work) for work in works]
    ending: asyncio.Future[Any] = asyncio.create_task(stop.wait())
    working: asyncio.Future[Any] = asyncio.gather(*tasks)
    try:
        await asyncio.wait({ending, working}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            await ending  # all is done that was to be done; what they began goes on
    finally:
        ending.cancel()
        for task in tasks:
            await end(task)
        await asyncio.gather(working, return_exceptions=True)
