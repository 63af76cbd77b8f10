"""Panel in FastAPI: the one place that knows how, so that Panel 1.9 and 1.10 both work.

Panel 1.9 serves through ``bokeh-fastapi``, 1.10 through an ASGI application of its own; the call is the
same. Everything that must not depend on which one (who may connect, with what headers) is in
:mod:`ui.screens.guard`; what bokeh-fastapi gets wrong is put right here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import panel
from bokeh.util.token import check_token_signature, get_token_payload
from fastapi import FastAPI
from panel.custom import JSComponent
from panel.io.fastapi import add_applications
from tornado.ioloop import IOLoop

from ui.screens.header import LANGUAGE, USER
from ui.screens.script import address

UNUSED = 15.0  # s after which the session of a client that left is destroyed

PageFunction = Callable[[], Any]


def mount(app: FastAPI, pages: Mapping[str, PageFunction], key: bytes, unused: float = UNUSED) -> None:
    """Serve ``pages`` (by route) from ``app``, in sessions signed with ``key``.

    Only the two headers that our own guard sets enter a page; no cookie does. The page watches no
    location, so any process with the same key may take its websocket.
    """
    _mend_sockets()
    panel.config.browser_info = False  # else Panel adds a root of its own to every page
    add_applications(
        dict(pages), app=app, title="Gemelo", location=False, sign_sessions=True, secret_key=key,
        include_headers=[USER.title(), LANGUAGE.title()], include_cookies=[],
        unused_session_lifetime_milliseconds=round(unused * 1000),
        check_unused_sessions_milliseconds=round(unused * 1000),
    )  # fmt: skip


def session_user(token: str, key: bytes) -> str:
    """For whom the page of this session token was made. Raises ``ValueError`` where we did not sign it."""
    if not check_token_signature(token, secret_key=key, signed=True):
        raise ValueError("not signed by us")
    headers = get_token_payload(token).get("headers", {})
    return {name.lower(): value for name, value in headers.items()}.get(USER, "")


class Component(JSComponent):
    """A part of a page drawn by one script of ``static/``.

    The script is loaded by its address, once per browser; Panel would send its text in every session.
    """

    __abstract = True
    script: ClassVar[str] = ""

    def __init__(self, **params: Any):
        super().__init__(sizing_mode="stretch_width", **params)

    def _get_properties(self, doc: Any) -> dict[str, Any]:
        return super()._get_properties(doc) | {"bundle": "url"}

    @classmethod
    def _render_esm(cls, *_: Any, **__: Any) -> str:
        return address(cls.script)


def _mend_sockets() -> None:
    """Make bokeh-fastapi's websockets work where they do not.

    Its receive loop takes the disconnect of an idle client for an empty message, so that the session (the
    document and all of its Panel objects) would live for ever. A process whose first visitor comes by
    websocket, with a page that another process made, has no loop to run the session's callbacks on. And what
    a client had still said before it was found to have left is no error to be logged with a traceback.
    """
    try:
        from bokeh_fastapi.handler import WSHandler
    except ImportError:  # Panel 1.10 has its own, without these defects
        return
    connect, handle = WSHandler.ws_connect, WSHandler._handle
    if getattr(connect, "is_mended", False):
        return

    async def ws_connect(self: Any, websocket: Any) -> None:
        if self.application_context.io_loop is None:
            self.application_context._loop = IOLoop.current()
        try:
            await connect(self, websocket)
        finally:
            if self.connection is not None and self.connection in self.application._clients:
                self.application.client_lost(self.connection)

    async def handle_unless_left(self: Any, message: Any) -> Any:
        return await handle(self, message) if self.connection in self.application._clients else None

    ws_connect.is_mended = True  # type: ignore[attr-defined]
    WSHandler.ws_connect, WSHandler._handle = ws_connect, handle_unless_left
