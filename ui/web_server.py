"""A web server on the loop of the service around it: the API's and the screens'."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Any, Literal

import uvicorn

from plant.error import ServiceError

GRACE = 2  # s that a request may go on for, once told to stop


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals to the service."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listening(host: str, port: int) -> socket.socket:
    """The socket, opened by us because uvicorn would end the process where it cannot.

    Raises :class:`ServiceError` where the port is not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or error
        raise ServiceError(f"cannot listen on {host}:{port} ({reason}); choose another with --port") from None


async def serve(
    app: Any, place: socket.socket,
    *, lifespan: Literal["auto", "off"] = "off", ending: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Serve ``app`` at ``place`` until cancelled, and answer then what was asked before.

    ``ending`` is called first, to end what would never end by itself.
    """
    server = _Server(
        uvicorn.Config(
            app, log_config=None, access_log=False, lifespan=lifespan, server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve([place]))
    try:
        await asyncio.shield(serving)
    finally:
        ending()
        server.should_exit = True
        while not serving.done():
            with contextlib.suppress(asyncio.CancelledError):  # it is told again, and ends as soon as it can
                await asyncio.wait({serving})
