"""The trainer's station: time and moments of the simulated field, what is made to fail in it, and the drill that runs.

Everything is asked of the instructor on the bus, as whoever is before the page; it is for those who may see the truth.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import param

from control.bus.clock import SECOND
from plant.error import GemeloError
from ui.screens.context import Context
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.page_table import PAGES
from ui.screens.shell import add_shell
from ui.screens.shown_value import plain, row_of, shown

PATIENCE = 60.0  # s: a drill begins with the field going on from a moment
RARELY = 5  # ticks between looks at the moments
VERBS = {"start", "stop", "drive", "plan", "message", "leave"}  # of the instructor, that a page may ask for
LABELS = (
    "Time", "Run", "Freeze", "Step", "Speed", "reached", "Moments", "Save", "Go back", "Ring", "Name",
    "Malfunctions", "Search", "Where", "Begin", "Trigger", "now", "when a tag crosses",
    "when an act is done", "above", "below", "Active", "Heal", "Send somebody", "after", "Nothing is wrong", "Drill",
    "Start drill", "Stop drill", "Trainee", "From", "Expected acts", "Late", "Wrong acts", "Diagnosis",
    "points", "Message to the trainee", "Send", "Truth", "Measured", "Difference", "Tag", "You watch: driven by",
    "Leave the field", "Planned", "running", "over", "inconclusive", "frozen", "No drill is running",
    "done", "refused", "the expert still plays",
)  # fmt: skip


class Station(Component):
    """``field``, ``drill`` and ``moments`` as the instructor tells them; ``beside`` is ``[[measured, true], …]``."""

    script: ClassVar[str] = "station.js"
    labels = param.Dict()
    language = param.String()
    user = param.String()
    may = param.Boolean()
    catalogue = param.Dict({})
    field = param.Dict({})
    drill = param.Dict({})
    moments = param.Dict({})
    wells = param.List([])
    rows = param.List([])
    beside = param.List([])


class Desk:
    """One trainer's page: what it asks of the instructor, and when."""

    def __init__(self, page: Page):
        self.page, self._ticks, self._is_asking = page, 0, False
        self._wells = [f"Well.{code}" for code in page.context.site.wells]
        text = page.text
        self.part = Station(
            labels=text.of(*LABELS), language=text.code, user=page.user, may=page.may("field.drive"), wells=self._wells
        )
        self._choose(self._wells[0])
        self.part.on_msg(lambda event: page.run(self.answer(event.data)))

    def tick(self, _: list[Fresh]) -> None:
        """Look again, unless the last look is not over."""
        if not self._is_asking:
            self._is_asking = True
            self.page.run(self.look())

    async def look(self) -> None:
        """Ask how all stands, and show it."""
        try:
            field, drill = await self._question({"do": "status"}), await self._ask("status")
            found: dict[str, Any] = {"field": field, "drill": drill}
            if self._ticks % RARELY == 0:
                found["moments"] = await self._question({"do": "moments"})
            if not self.part.catalogue:
                found["catalogue"] = await self._ask("catalogue")
            found["beside"] = await self._beside()
            self._ticks += 1
        except GemeloError as error:
            found = {"field": {"trouble": str(error)}}
        finally:
            self._is_asking = False
        self.page.later(lambda: self.part.param.update(**found))

    async def answer(self, asked: Mapping[str, Any]) -> None:
        """Do what the page asks for, and say how it went."""
        if asked.get("show") in self._wells:
            self.page.later(lambda: self._choose(str(asked["show"])))
            return
        verb, what = asked.get("do"), asked.get("what")
        if verb not in VERBS or not isinstance(what, dict) or not self.page.may("field.drive"):
            said = self.page.text("refused")
        else:
            try:
                await self._ask(str(verb), **what)
                said, self._ticks = self.page.text("done"), 0
            except GemeloError as error:
                said = f"{self.page.text('refused')}: {error}"
        self.page.later(lambda: self.part._send_msg({"id": asked.get("id"), "text": said}))

    def _choose(self, asset: str) -> None:
        """Show another well's truth beside what is measured of it."""
        site = self.page.context.site
        self._tags = [t for t in site.tags.values() if t.asset == asset and t.signal.kind == "measurement"]
        self._tags = [t for t in self._tags if not t.signal.name.startswith("Twin.")]
        self.part.param.update(rows=[row_of(self.page.context, t, self.page.text) for t in self._tags], beside=[])

    async def _beside(self) -> list[list[float | None]]:
        """What is measured and what is true of the tags shown, in the units that people see."""
        import numpy as np

        tags, feed = self._tags, self.page.context.feed
        told = await self._question({"do": "look", "tags": [tag.name for tag in tags]})
        true = np.array([told["truth"][tag.name] for tag in tags], float)
        both = [shown(tags, column[:, None])[:, 0] for column in (feed.known(feed.rows([t.name for t in tags])), true)]
        return [list(pair) for pair in zip(*map(plain, both), strict=True)]

    async def _question(self, request: dict[str, Any]) -> dict[str, Any]:
        return await self._ask("ask", request=request)

    async def _ask(self, verb: str, **what: Any) -> dict[str, Any]:
        bus = self.page.context.bus
        request = {**what, "do": verb, "by": self.page.user}
        reply: dict[str, Any] = _in_ms(json.loads(await bus.request(bus.subjects.drill(), request, PATIENCE)))
        return reply


def _in_ms(told: Any) -> Any:
    """Times as a script can count them: ``time_ns`` becomes ``time_ms``."""
    if isinstance(told, list):
        return [_in_ms(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        key.replace("_ns", "_ms") if key.endswith("_ns") else key: value * 1000 // SECOND
        if key.endswith("_ns") and value
        else _in_ms(value)
        for key, value in told.items()
    }


def station(context: Context) -> Callable[[], None]:
    """The page function."""

    def build() -> None:
        page = Page(context, PAGES["station"])
        add_shell(page)
        desk = Desk(page)
        page.add("station", desk.part)
        page.every_tick(desk.tick)
        page.show()

    return build
