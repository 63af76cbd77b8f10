"""The alarm list: what stands, worst first, and what is set aside; to be handled one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import param

from control.alarms.handling import VERBS
from control.alarms.state import ASIDE, TO_DO, UNACKNOWLEDGED, State
from control.client import Control
from plant.asset.tag import asset_of
from plant.error import GemeloError
from ui.screens.context import Context
from ui.screens.language import Language
from ui.screens.message import limit_of, message_of, value_of
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.pivot import MS
from ui.screens.standing import Alarm, raised

LABELS = (
    "Acknowledge", "Select", "Select all", "Comment", "Priority", "Raised", "Asset", "Message",
    "Value", "Limit", "State", "By", "No active alarms", "No alarm passes the filter", "All", "Unacknowledged",
    "Search", "Returned", "Acknowledged", "Your role only looks", "alarms", "Set aside", "Apply to selected", "Reset",
    "Unshelve", "Return to service", "Shelve 10 min", "Shelve 1 h", "Shelve 8 h", "Shelve until it returns",
    "Take out of service", "Nothing is set aside",
)  # fmt: skip
# What is offered for many at once: label, verb and, of a shelf, for how long [s]. Those with no explanation are offered
# on a row too.
OFFERED: tuple[tuple[str, str, float | None], ...] = (
    ("Acknowledge", "acknowledge", None), ("Reset", "reset", None), ("Shelve 10 min", "shelve", 600.0),
    ("Shelve 1 h", "shelve", 3600.0), ("Shelve 8 h", "shelve", 28_800.0), ("Shelve until it returns", "shelve", None),
    ("Unshelve", "unshelve", None), ("Take out of service", "remove", None), ("Return to service", "return", None),
)  # fmt: skip
DONE = {
    "acknowledge": "{count} acknowledged", "reset": "{count} reset", "shelve": "{count} shelved",
    "unshelve": "{count} unshelved", "remove": "{count} taken out of service", "return": "{count} back in service",
}  # fmt: skip


class AlarmList(Component):
    """``alarms`` is a list of rows as texts and numbers; answers go back as messages."""

    script: ClassVar[str] = "alarm_list.js"
    labels = param.Dict()
    is_full = param.Boolean(doc="with filters and bulk acknowledgement")
    may = param.Boolean()
    alarms = param.List()
    aside = param.List(doc="rows of what is set aside")
    offered = param.List(doc="label, verb and seconds of what is offered for many at once")


def add_alarm_list(page: Page, asset: str | None = None) -> None:
    """Put the list of all alarms, or of one asset's, on a page."""
    context, text = page.context, page.text
    standing = context.feed.alarms
    part = AlarmList(
        labels=text.of(*LABELS), is_full=asset is None, may=page.may("alarm.handle", asset),
        offered=[list(one) for one in OFFERED if page.may(VERBS[one[1]].permission, asset)],
        **_rows(context, text, asset),
    )  # fmt: skip
    page.add("alarms", part)
    seen = [standing.version]

    def update(_: list[Fresh]) -> None:
        if seen[0] != standing.version:
            seen[0] = standing.version
            part.param.update(**_rows(context, text, asset))

    async def answer(asked: Mapping[str, Any]) -> None:
        said = await handle(page, asked)
        page.later(lambda: part._send_msg(said))

    page.every_tick(update)
    part.on_msg(lambda event: page.run(answer(event.data)))


async def handle(page: Page, asked: Mapping[str, Any]) -> dict[str, str]:
    """Handle alarms as the page's user; what is said of it afterwards."""
    text, names = page.text, [name for name in asked.get("alarms", []) if isinstance(name, str)]
    verb = asked.get("verb", "acknowledge")
    if verb not in VERBS:
        return {"text": f"{text('refused')}: {verb}"}
    if not all(page.may(VERBS[verb].permission, asset_of(name)) for name in names or [""]):
        return {"text": f"{text('refused')}: {text('Your role only looks')}"}
    if VERBS[verb].is_explained and not str(asked.get("comment", "")).strip():
        return {"text": f"{text('refused')}: {text('say why in the comment')}"}
    failures = [failure for name in names if (failure := await _one(page, name, verb, asked))]
    return {"text": "; ".join([text(DONE[verb], count=len(names) - len(failures)), *failures])}


async def _one(page: Page, alarm: str, verb: str, asked: Mapping[str, Any]) -> str:
    comment, for_s = str(asked.get("comment", "")), asked.get("for_s")
    try:
        await Control(page.context.bus).handle(alarm, verb, page.user, comment, for_s)
    except GemeloError as error:
        return f"{alarm}: {error}"
    return ""


def _rows(context: Context, text: Language, asset: str | None) -> dict[str, list[dict[str, Any]]]:
    standing = context.feed.alarms
    alarms, aside = (standing, standing.aside()) if asset is None else (standing.of(asset), [])
    return {
        "alarms": [row_of_alarm(alarm, context, text) for alarm in alarms],
        "aside": [row_of_alarm(alarm, context, text) for alarm in aside],
    }


def row_of_alarm(alarm: Alarm, context: Context, text: Language) -> dict[str, Any]:
    """An alarm as the scripts show it."""
    asset_type, _, code = asset_of(alarm["tag"]).partition(".")
    return {
        "id": alarm["id"], "priority": alarm["priority"], "open": alarm["state"] in UNACKNOWLEDGED,
        "state": text(alarm["state"]), "until": _ms(alarm.get("shelved_until_ns")), "todo": _to_do(alarm),
        "ms": alarm["time_ns"] // MS, "asset": code, "raised": None if _is_quiet(alarm) else raised(alarm) // MS,
        "returned": _ms(alarm.get("returned_ns")), "acknowledged": _ms(alarm.get("acknowledged_ns")),
        "href": f"/well/{code}" if asset_type == "Well" else None,
        "message": message_of(alarm, text), **_told(alarm),
        "value": value_of(alarm, context.site, text), "limit": limit_of(alarm, context.site, text),
    }  # fmt: skip


def _is_quiet(alarm: Alarm) -> bool:
    """Whether it was set aside while it was normal: nothing was raised."""
    return alarm["state"] in ASIDE and not alarm.get("raised_ns")


def _told(alarm: Alarm) -> dict[str, str]:
    """Who last had to do with it, and what was said."""
    what = {State.SHLVD: "shelved", State.OOSRV: "removed"}.get(alarm["state"], "acknowledged")
    return {key: alarm.get(f"{what}_{key}") or alarm.get(key) or "" for key in ("by", "comment")}


def _to_do(alarm: Alarm) -> list[str]:
    """What of the offered does something as it stands."""
    return [label for label, verb, _ in OFFERED if alarm["state"] in TO_DO[VERBS[verb].event]]


def _ms(at: int | None) -> int | None:
    return None if at is None else at // MS
