"""The process of the screens: ``python -m ui.screens.service``.

It has a loop of its own because building a page blocks it for a moment.
"""

from __future__ import annotations

import argparse
import asyncio
import os

from control.access.identity import Place
from control.bus.connection import Bus
from control.bus.plant_time import clock_of
from control.bus.service import PULSE_PERIOD, Pulse, options, run
from control.bus.work import until
from historian.client import History
from ui.identity.accounts import Accounts
from ui.screens.app import create_app
from ui.screens.context import Context
from ui.screens.entrance import Entrance
from ui.screens.mount import UNUSED
from ui.screens.page_feed import PageFeed
from ui.screens.past import remember
from ui.screens.shown_field import ShownField
from ui.screens.wall import leading
from ui.web_server import listening, serve

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


async def body(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Serve the screens until told to stop."""
    site = ShownField.load(settings.field, settings.bench)
    feed = PageFeed(site.tags, await clock_of(bus, site.bench), site.scan)
    await feed.start(bus)
    hosts = LOOPBACK if settings.host in LOOPBACK else None  # who listens to all has names that we cannot know
    secret = os.environ.get("GEMELO_TOKEN")
    accounts = await asyncio.to_thread(Accounts.open, settings.data, secret, settings.ledger)
    of = Place(bus.subjects.tenant, bus.subjects.field)
    context = Context(site, feed, bus, asyncio.get_running_loop(), accounts.known, of)
    app = create_app(context, Entrance(accounts.known, of, accounts, settings.data), hosts, settings.linger)
    with listening(settings.host, settings.port) as place:
        await until(
            stop, serve(app, place, lifespan="auto"), feed.run(), feed.follow(bus), _count(feed, pulse),
            remember(feed, History(bus), leading(site)),
        )  # fmt: skip


async def _count(feed: PageFeed, pulse: Pulse) -> None:
    while True:
        pulse.gauges["sessions"] = feed.listening
        await asyncio.sleep(PULSE_PERIOD)


def main() -> None:
    """Run the process."""
    parser = options(__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--ledger", default="", help="URL of the ledger; else the data folder's own")
    parser.add_argument("--linger", type=float, default=UNUSED, help="seconds that a session outlives its client")
    run("screens", body, parser)


if __name__ == "__main__":
    main()
