"""What all pages of this process share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from control.access.identity import Place
from control.bus.connection import Bus
from ui.identity.known import Known
from ui.screens.page_feed import PageFeed
from ui.screens.shown_field import ShownField


@dataclass(frozen=True)
class Context:
    """The site, its live feed, the bus to ask and command on, the loop on which all of that runs, and who is known."""

    site: ShownField
    feed: PageFeed
    bus: Bus
    loop: asyncio.AbstractEventLoop
    known: Known
    place: Place
