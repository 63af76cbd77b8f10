"""The alarm journal: what alarms did lately, as the historian keeps it, with who acknowledged and why."""

from __future__ import annotations

from typing import Any, ClassVar

import param

from control.alarms.state import State
from historian.client import History
from plant.error import ServiceError
from ui.screens.alarm_list import row_of_alarm
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh

NEWEST = 500  # entries looked at
QUIET = {State.NORM, State.DSUPR}  # between which nothing happened that anybody would look for
LABELS = (
    "Priority", "Time", "Asset", "Message", "Value", "Limit", "State", "Raised", "Returned", "Acknowledged", "By",
    "Comment", "Search history", "Download CSV",
)  # fmt: skip


class Journal(Component):
    """``entries`` are rows as of the alarm list, the newest first."""

    script: ClassVar[str] = "journal.js"
    labels = param.Dict()
    note = param.String()
    entries = param.List()


def add_journal(page: Page) -> None:
    """Put the journal on a page; it is read again whenever an alarm changed."""
    text, standing, history = page.text, page.context.feed.alarms, History(page.context.bus)
    part = Journal(labels=text.of(*LABELS))
    page.add("journal", part)
    seen = [standing.version]

    async def load() -> None:
        try:
            found, note = await history.of(page.context.feed.run_shown).alarms(limit=NEWEST), ""
        except ServiceError:
            found, note = [], text("no history: live values only")
        told = [alarm for alarm in found if not {alarm["before"], alarm["state"]} <= QUIET]
        rows: list[dict[str, Any]] = [row_of_alarm(alarm, page.context, text) for alarm in told]
        page.later(lambda: part.param.update(entries=rows, note=note))

    def update(_: list[Fresh]) -> None:
        if seen[0] != standing.version:
            seen[0] = standing.version
            page.run(load())

    page.every_tick(update)
    page.run(load())
