"""One page in one browser session: its document, who looks at it, and its place on the feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import panel as pn
from bokeh.model import Model
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from control.access.identity import NOBODY, Identity
from control.access.role import table
from control.bus import log
from ui.identity.error import Unauthorized
from ui.identity.token import Claims
from ui.screens.context import Context
from ui.screens.header import LANGUAGE, USER
from ui.screens.language import languages
from ui.screens.mount import Component
from ui.screens.page_feed import Fresh
from ui.screens.page_table import PageRow, navigation
from ui.screens.script import address

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("template")), autoescape=True, undefined=StrictUndefined
)
BACKLOG = 120  # ticks kept for a session that is busy

Update = Callable[[list[Fresh]], None]


class Page:
    """The page being built for the session that asks for it."""

    def __init__(self, context: Context, row: PageRow, title: str = ""):
        headers = {name.lower(): str(value) for name, value in pn.state.headers.items()}
        self.context, self.row, self.title = context, row, title or row.name
        self._claims = Claims.of(headers.get(USER, ""))
        self.text = languages()[headers[LANGUAGE]]
        self.doc: Any = pn.state.curdoc
        self._parts: dict[str, Component | Model] = {}
        self._updates: list[Update] = []
        self._turns: list[Callable[[], Any]] = []
        self._seen_turns = context.feed.turns
        self._backlog: list[Fresh] = []
        self._is_due = False
        self._waiting: list[Callable[[], Any]] | None = []  # changes to make when the page is shown; None once it is

    @property
    def identity(self) -> Identity:
        """Who looks, as he is known now: nobody once his session has ended."""
        try:
            return self.context.known.of_claims(self._claims) if self._claims else NOBODY
        except Unauthorized:
            return NOBODY

    @property
    def user(self) -> str:
        """His name; empty for nobody."""
        identity = self.identity
        return "" if identity is NOBODY else identity.name

    @property
    def role(self) -> str:
        """His highest role, in the reader's language; of several the first."""
        roles = [table().role(grant.role) for grant in self.identity.grants]
        highest = max(roles, key=lambda role: role.rank, default=None)
        return highest.title[self.text.code] if highest else ""

    def may(self, permission: str, asset: str | None = None) -> bool:
        """Whether he may do that here, as it is decided now."""
        return self.identity.may(permission, replace(self.context.place, asset=asset))

    def add(self, name: str, part: Component | Model) -> None:
        """Put a part where the template has its name."""
        self._parts[name] = part

    def every_tick(self, update: Update) -> None:
        """Call ``update`` at every tick of the feed with the samples that came, under the document's lock."""
        self._updates.append(update)

    def every_turn(self, change: Callable[[], Any]) -> None:
        """Call ``change`` when another run is shown from here on, under the document's lock."""
        self._turns.append(change)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that waits, such as asking another process, beside the page.

        Panel 1.10 builds pages on threads of its own, so the loop is the process's, not the caller's.
        """
        asyncio.run_coroutine_threadsafe(work, self.context.loop).add_done_callback(_report)

    def later(self, change: Callable[[], Any]) -> None:
        """Change the page under the document's lock, once it is shown and if it still is open."""
        if self._waiting is not None:
            self._waiting.append(change)
        elif self.doc.session_context is not None and not self.doc.session_context.destroyed:
            self.doc.add_next_tick_callback(change)

    def show(self, **variables: Any) -> None:
        """Finish the page, and go live."""
        self.doc.title = f"{self.text(self.title)} · Gemelo"
        self.doc.template = TEMPLATES.get_template("page.html")
        self.doc.template_variables.update(
            page=self,
            navigation=navigation(self.may),
            text=self.text,
            languages=languages(),
            site=self.context.site,
            address=address,
            **variables,
        )
        with self.doc.models.freeze():  # else all models are walked through for each part
            for name, part in self._parts.items():
                self._put(name, part)
        self.doc.on_event("document_ready", self._on_ready)
        end = self.context.feed.listen(self._on_tick)
        self.doc.on_session_destroyed(lambda _: end())

    def _put(self, name: str, part: Component | Model) -> None:
        if isinstance(part, Component):
            part.server_doc(self.doc, location=False)
        else:
            self.doc.add_root(part)
        self.doc.roots[-1].name = name

    def _on_ready(self, *_: Any) -> None:
        """The browser has the page. What changed before would be lost: Bokeh's client drops it while it builds."""
        waiting, self._waiting = self._waiting or [], None
        for change in waiting:
            change()
        self._catch_up()

    def _on_tick(self, fresh: Fresh) -> None:
        if self._seen_turns != self.context.feed.turns:
            self._backlog.clear()
        self._backlog.append(fresh)
        if len(self._backlog) > BACKLOG:
            del self._backlog[0]
        if self._waiting is None and not self._is_due:
            self._is_due = True
            self.doc.add_next_tick_callback(self._catch_up)

    def _catch_up(self) -> None:
        self._is_due = False
        fresh, self._backlog = self._backlog, []
        turns = self._turns if self._seen_turns != self.context.feed.turns else ()
        self._seen_turns = self.context.feed.turns
        self.doc.hold("combine")
        try:
            for turn in turns:
                turn()
            for update in self._updates:
                update(fresh)
        finally:
            self.doc.unhold()


def _report(done: Future[None]) -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        log.warning("page", error=repr(error))
