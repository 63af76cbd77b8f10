"""The API's process: an HTTP server on the same loop as the bus."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator

import uvicorn

from control.bus.connection import Bus
from control.bus.service import Pulse, options, run
from control.site import Site
from historian.client import History
from historian.plant_time import clock_of
from plant.asset.error import ServiceError
from ui.api.app import LOOPBACK, create_app
from ui.api.context import Context
from ui.api.feed import Feed
from ui.api.site import Catalogue
from ui.api.snapshot import Snapshot

GRACE = 2  # s that a request may go on for, once told to stop


class Server(uvicorn.Server):
    """A server that leaves signals to the service around it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None are captured."""
        yield


async def serve(bus: Bus, settings: argparse.Namespace, pulse: Pulse, stop: asyncio.Event) -> None:
    """Answer until told to stop. Raises :class:`ServiceError` where the port is taken."""
    with _listening(settings.host, settings.port) as place:
        context = await _context(bus, settings, pulse)
        app = create_app(context, ("*",) if settings.host in ("0.0.0.0", "::") else (*LOOPBACK, settings.host))
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=GRACE
        )
        server = Server(config)
        serving, following = asyncio.create_task(server.serve([place])), asyncio.create_task(context.feed.follow(bus))
        await stop.wait()
        following.cancel()
        context.feed.close()
        server.should_exit = True
        await serving


async def _context(bus: Bus, settings: argparse.Namespace, pulse: Pulse) -> Context:
    site = Site.load(settings.field, settings.bench)
    clock = await clock_of(bus, site.bench)
    catalogue = Catalogue(site)
    feed = Feed(Snapshot(catalogue, clock), pulse)
    await feed.start(bus)
    return Context(catalogue, bus, clock, History(bus), feed, os.environ.get("GEMELO_TOKEN"))


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or error
        raise ServiceError(f"cannot listen on {host}:{port} ({reason}); choose another with --port") from None


def main() -> None:
    """Entry point of ``python -m ui.api.service``."""
    parser = options("Serves the field over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    run("api", serve, parser)


if __name__ == "__main__":
    main()
