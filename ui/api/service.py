"""The API's process: an HTTP server on the same loop as the bus."""

from __future__ import annotations

import argparse
import asyncio
import os

from control.bus.connection import Bus
from control.bus.plant_time import clock_of
from control.bus.service import Pulse, options, run
from control.bus.work import until
from control.client import Control
from control.site import Site
from historian.client import History
from historian.ledger.audit import Actor
from historian.ledger.device_book import take_devices
from historian.ledger.field_book import take
from historian.ledger.ledger import Ledger
from scenarios.drill.instructor import Instructor
from ui.api.app import LOOPBACK, create_app
from ui.api.catalogue import Catalogue
from ui.api.client_feed import ClientFeed
from ui.api.context import Context
from ui.api.snapshot import Snapshot
from ui.identity.accounts import Accounts
from ui.identity.local import LocalKey
from ui.web_server import listening, serve


async def body(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Answer until told to stop. Raises :class:`ServiceError` where the port is taken."""
    with listening(settings.host, settings.port) as place:
        context = await _context(bus, settings, pulse)
        hosts = ("*",) if settings.host in ("0.0.0.0", "::") else (*LOOPBACK, settings.host)
        known = context.known_accounts.known if context.known_accounts else LocalKey(_secret())
        app = create_app(context, known, context.place, hosts)
        work = [serve(app, place, ending=context.feed.close), context.feed.follow(bus)]
        if settings.data is not None:
            site = context.catalogue.site
            instructor = Instructor(bus, context.clock, site.field, site.bench, settings.data)
            await instructor.start()
            work.append(instructor.run())
        await until(stop, *work)


async def _context(bus: Bus, settings: argparse.Namespace, pulse: Pulse) -> Context:
    site = Site.load(settings.field, settings.bench)
    clock = await clock_of(bus, site.bench)
    catalogue = Catalogue(site)
    feed = ClientFeed(Snapshot(catalogue, clock), pulse)
    await feed.start(bus)
    accounts = await asyncio.to_thread(_accounts, bus, settings)
    if accounts is not None:
        await asyncio.to_thread(_take_files, accounts.ledger, site)
    return Context(catalogue, bus, clock, Control(bus), History(bus), feed, accounts, data=settings.data)


def _accounts(bus: Bus, settings: argparse.Namespace) -> Accounts | None:
    """Those of the data folder, with a first administrator; none where there is no folder."""
    if settings.data is None:
        return None
    accounts = Accounts.open(settings.data, _secret(), settings.ledger)
    accounts.make_first(bus.subjects.tenant, settings.data)
    return accounts


def _take_files(ledger: Ledger, site: Site) -> None:
    """Let the ledger have the field and its devices as their files have them now."""
    with ledger.writing(site.field.tenant, Actor("gemelo", "api", "the start of the field")) as books:
        take(books, site.field)
        take_devices(books, site.field.name, site.bench)


def _secret() -> str | None:
    return os.environ.get("GEMELO_TOKEN")


def main() -> None:
    """Entry point of ``python -m ui.api.service``."""
    parser = options("Serves the field over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--ledger", default="", help="URL of the ledger; else the data folder's own")
    run("api", body, parser)


if __name__ == "__main__":
    main()
