"""Hot answers: a record that was read a moment ago is answered before any routing, to whoever may see it."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from control.access.identity import Identity
from ui.api.record.hot import Hot, Kept
from ui.api.record.sight import READ


class HotAnswers:
    """ASGI middleware behind the door, which has said who asks. Whatever is asked in a special way passes on."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass a request on."""
        kept = self._kept(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if kept is None:
            await self.app(scope, receive, send)
            return
        headers = [
            (b"content-type", b"application/json"), (b"content-length", str(len(kept.body)).encode()),
            (b"etag", kept.etag.encode()),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": kept.body})

    @staticmethod
    def _kept(scope: Scope) -> Kept | None:
        hot: Hot = scope["app"].state.context.hot
        kept = None if scope["query_string"] else hot.get((scope["path"], "field"))
        who: Identity | None = scope.get("state", {}).get("identity")
        is_his = kept is not None and who is not None and kept.is_seen_by(who, READ)
        return kept if is_his and _is_plain(scope) else None


def _is_plain(scope: Scope) -> bool:
    """Whether it asks for JSON, and whatever version it has."""
    return not any(
        name == b"if-none-match" or (name == b"accept" and value.startswith(b"text/"))
        for name, value in scope["headers"]
    )
