"""The shell of every page: alarm bar, badge of the bench, clock and speed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import param

from control.alarms.state import UNACKNOWLEDGED
from control.bus.clock import SECOND
from plant.asset.amount import about
from plant.asset.tag import asset_of
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.message import message_of, value_of
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.pivot import MS
from ui.screens.standing import raised

LABELS = (
    "Alarms", "All alarms", "No active alarms", "Priority", "Unacknowledged", "Connection lost: values are not live",
)  # fmt: skip


class Shell(Component):
    """``alarms`` is ``[[[priority, standing, open], …], most urgent or null]``; ``clock`` is ``[ms, speed]``.

    ``notice`` is what an instructor says to all who look: of the drill that runs, and the last message.
    """

    script: ClassVar[str] = "shell.js"
    labels = param.Dict()
    alarms = param.List()
    clock = param.List()
    notice = param.String()


def add_shell(page: Page) -> None:
    """Give a page its shell, and keep it moving."""
    context, text = page.context, page.text
    shell = Shell(labels=text.of(*LABELS), alarms=_alarms(context, text), clock=_clock(context, text))
    page.add("shell", shell)
    seen = [context.feed.alarms.version]

    def update(_: list[Fresh]) -> None:
        shell.clock = _clock(context, text)
        shell.notice = _notice(context.feed.brief, text)
        if seen[0] != context.feed.alarms.version:
            seen[0] = context.feed.alarms.version
            shell.alarms = _alarms(context, text)

    page.every_tick(update)


def _alarms(context: Context, text: Language) -> list[Any]:
    standing = context.feed.alarms
    tally = [[priority, *counts] for priority, counts in standing.counts().items()]
    alarm = next(iter(standing), None)
    if alarm is None:
        return [tally, None]
    return [tally, {
        "priority": alarm["priority"], "asset": asset_of(alarm["tag"]).partition(".")[2],
        "open": alarm["state"] in UNACKNOWLEDGED, "ms": raised(alarm) // MS,
        "message": message_of(alarm, text), "value": value_of(alarm, context.site, text),
    }]  # fmt: skip


def _notice(brief: Mapping[str, Any], text: Language) -> str:
    """The drill that runs and how long it still does, and what was said last."""
    drill, said = brief.get("drill") or {}, list(brief.get("messages") or [])[-1:]
    running = [f"{drill['title'][text.code]} · {drill['left_s'] // 60} min"] if "left_s" in drill else []
    return " — ".join([*running, *(_said(one["text"], text) for one in said)])


def _said(told: Any, text: Language) -> str:
    return str(told[text.code] if isinstance(told, dict) else told)


def _clock(context: Context, text: Language) -> list[Any]:
    """Time and speed of the plant, where a simulated field tells them; else the wall's time."""
    plant = context.feed.plant
    now = context.feed.clock.now() if plant is None else plant.now()
    speed = "" if plant is None else text("frozen") if plant.speed == 0 else f"{about(plant.speed, text.code)}×"
    return [now * 1000 // SECOND, speed]
