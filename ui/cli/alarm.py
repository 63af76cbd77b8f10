"""``gemelo alarms``, ``ack`` and ``alarm``: those that stand, those that were, and what is done with them."""

from __future__ import annotations

import json
import sys
from datetime import UTC
from typing import Any

from ui.api.moment import moment
from ui.cli.client import Api
from ui.cli.language import language
from ui.cli.pages import said_moment
from ui.cli.text import columns

HEAD = ("priority", "state", "raised (UTC)", "returned", "acknowledged", "by", "tag", "value", "limit", "message")


def show(api: Api, as_json: bool, **filters: str | int | None) -> None:
    """List those that stand, the worst first."""
    alarms = api.get("/alarms", **filters)["alarms"]
    if as_json:
        print(json.dumps(alarms))
        return
    if not alarms:
        print("no alarm stands")
        return
    alarms.sort(key=lambda alarm: alarm["priority"])
    print(columns(HEAD, [_row(a) for a in alarms]))


def show_history(api: Api, as_json: bool, since: str, until: str, limit: int, **filters: str | int | None) -> None:
    """List every transition, the newest first."""
    now = moment("now", api.get("/status")["time"])
    end = said_moment("--to", until, now, UTC) if until else None
    start = said_moment("--from", since, now if end is None else end, UTC)
    reply = api.get("/alarms/history", start=str(start), end=end, limit=limit, **filters)
    if as_json:
        print(json.dumps(reply["alarms"]))
        return
    print(columns(("time (UTC)", *HEAD), [(_moment(a["time"]), *_row(a)) for a in reply["alarms"]]))
    if reply["next"]:
        print(f"there is more before that: --limit, or --to {reply['next']}", file=sys.stderr)


SAID = {
    "acknowledge": "acknowledged", "reset": "reset", "shelve": "shelved", "unshelve": "unshelved",
    "remove": "out of service", "return": "back in service",
}  # fmt: skip


def handle(
    api: Api, verb: str, patterns: list[str], by: str, comment: str, as_json: bool, for_s: float | None = None
) -> None:
    """Handle all that the patterns mean, and name them."""
    reply = api.post(f"/alarms/{verb}", {"alarms": patterns, "by": by, "comment": comment, "for_s": for_s})
    print(json.dumps(reply) if as_json else "\n".join(f"{alarm} {SAID[verb]}" for alarm in reply["handled"]))


def _row(alarm: dict[str, Any]) -> tuple[object, ...]:
    """Value, limit and message as the user's language writes them; of a code its name, as a trip's cause."""
    texts = (alarm[key].get(language(), "-") for key in ("value_texts", "limit_texts", "messages"))
    moments = (_moment(alarm[key]) for key in ("raised", "returned", "acknowledged"))
    return alarm["priority"], alarm["state"], *moments, alarm["acknowledged_by"] or "-", alarm["tag"], *texts


def _moment(text: str | None) -> str:
    """``2026-01-31 12:00:00`` of an ISO time in UTC."""
    return "-" if text is None else text[:19].replace("T", " ")
