"""The peer: Starlette and uvicorn as the API has them, and nothing else; it answers with what it was given."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.web_server import listening, serve


def _route(name: str, body: bytes) -> Route:
    async def answer(_: Request) -> Response:
        return Response(body, media_type="application/json")

    return Route(f"/{name}", answer)


def main() -> None:
    """Entry point of ``python -m ui.measuring.api.bare``: answers by name come in as JSON, the port goes out."""
    answers: dict[str, Any] = json.loads(sys.stdin.read())
    app = Starlette(routes=[_route(name, body.encode()) for name, body in answers.items()])
    with listening("127.0.0.1", 0) as place:
        print(place.getsockname()[1], flush=True)
        _runner(serve(app, place))


def _runner(work: Any) -> None:
    try:
        import uvloop
    except ImportError:  # not made for Windows
        asyncio.run(work)
    else:
        uvloop.run(work)


if __name__ == "__main__":
    main()
