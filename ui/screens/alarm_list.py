"""The alarm list: what stands, worst first, to be acknowledged one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import param

from control.client import Control
from plant.asset.error import GemeloError
from plant.asset.tag import asset_of
from ui.screens.context import Context
from ui.screens.feed import Fresh
from ui.screens.language import Language
from ui.screens.message import limit_of, message_of, value_of
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.pivot import MS
from ui.screens.standing import UNACKNOWLEDGED, Alarm, raised

LABELS = (
    "Acknowledge", "Acknowledge selected", "Select", "Select all", "Comment", "Priority", "Raised", "Asset", "Message",
    "Value", "Limit", "State", "By", "No active alarms", "No alarm passes the filter", "All", "Unacknowledged",
    "Search", "Returned", "Acknowledged", "Log in to operate", "alarms",
)  # fmt: skip


class AlarmList(Component):
    """``alarms`` is a list of rows as texts and numbers; answers go back as messages."""

    script: ClassVar[str] = "alarm_list.js"
    labels = param.Dict()
    is_full = param.Boolean(doc="with filters and bulk acknowledgement")
    may = param.Boolean()
    alarms = param.List()


def add_alarm_list(page: Page, asset: str | None = None) -> None:
    """Put the list of all alarms, or of one asset's, on a page."""
    context, text = page.context, page.text
    standing = context.feed.alarms
    part = AlarmList(
        labels=text.of(*LABELS), is_full=asset is None, may=bool(page.user), alarms=_rows(context, text, asset)
    )
    page.add("alarms", part)
    seen = [standing.version]

    def update(_: list[Fresh]) -> None:
        if seen[0] != standing.version:
            seen[0] = standing.version
            part.alarms = _rows(context, text, asset)

    async def answer(asked: Mapping[str, Any]) -> None:
        said = await acknowledge(page, asked)
        page.later(lambda: part._send_msg(said))

    page.every_tick(update)
    part.on_msg(lambda event: page.run(answer(event.data)))


async def acknowledge(page: Page, asked: Mapping[str, Any]) -> dict[str, str]:
    """Acknowledge alarms as the page's user; what is said of it afterwards."""
    text, names = page.text, [name for name in asked.get("alarms", []) if isinstance(name, str)]
    if not page.user:
        return {"text": f"{text('refused')}: {text('Log in to operate')}"}
    failures = [failure for name in names if (failure := await _one(page, name, str(asked.get("comment", ""))))]
    done = text("{count} acknowledged", count=len(names) - len(failures))
    return {"text": "; ".join([done, *failures])}


async def _one(page: Page, alarm: str, comment: str) -> str:
    try:
        await Control(page.context.bus).acknowledge(alarm, page.user, comment)
    except GemeloError as error:
        return f"{alarm}: {error}"
    return ""


def _rows(context: Context, text: Language, asset: str | None) -> list[dict[str, Any]]:
    alarms = context.feed.alarms if asset is None else context.feed.alarms.of(asset)
    return [row_of_alarm(alarm, context, text) for alarm in alarms]


def row_of_alarm(alarm: Alarm, context: Context, text: Language) -> dict[str, Any]:
    """An alarm as the scripts show it."""
    asset_type, _, code = asset_of(alarm["tag"]).partition(".")
    return {
        "id": alarm["id"], "priority": alarm["priority"], "open": alarm["state"] in UNACKNOWLEDGED,
        "state": text(alarm["state"]), "ms": alarm["time_ns"] // MS, "asset": code, "raised": raised(alarm) // MS,
        "returned": _ms(alarm.get("returned_ns")), "acknowledged": _ms(alarm.get("acknowledged_ns")),
        "href": f"/well/{code}" if asset_type == "Well" else None,
        "message": message_of(alarm, text), "by": alarm.get("acknowledged_by") or alarm.get("by") or "",
        "comment": alarm.get("acknowledged_comment") or alarm.get("comment") or "",
        "value": value_of(alarm, context.site, text), "limit": limit_of(alarm, context.site, text),
    }  # fmt: skip


def _ms(at: int | None) -> int | None:
    return None if at is None else at // MS
