"""What all pages of this process share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from control.bus.connection import Bus
from ui.screens.page_feed import PageFeed
from ui.screens.shown_field import ShownField


@dataclass(frozen=True)
class Context:
    """The site, its live feed, the bus on which to ask and command, and the loop on which all of that runs."""

    site: ShownField
    feed: PageFeed
    bus: Bus
    loop: asyncio.AbstractEventLoop
