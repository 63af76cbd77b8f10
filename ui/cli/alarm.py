"""``gemelo alarms``, ``ack`` and ``alarm``: those that stand, those that were, and what is done with them."""

from __future__ import annotations

import json
import sys
from datetime import UTC
from typing import Any

from plant.asset.duration import shown
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
    reply = api.get("/alarms/history", **_span(api, since, until), limit=limit, **filters)
    if as_json:
        print(json.dumps(reply["alarms"]))
        return
    print(columns(("time (UTC)", *HEAD), [(_moment(a["time"]), *_row(a)) for a in reply["alarms"]]))
    if reply["next"]:
        print(f"there is more before that: --limit, or --to {reply['next']}", file=sys.stderr)


def show_metrics(api: Api, since: str, until: str, as_json: bool) -> None:
    """Show how well the alarms serve, each measure beside what ISA-18.2 aims at."""
    found = api.get("/alarms/metrics", **_span(api, since, until))
    if as_json:
        print(json.dumps(found))
        return
    print(columns(("measure", "here", "aim"), _measures(found)))
    if found["floods"]:
        rows = [(_moment(flood["start"]), _moment(flood["end"]), flood["alarms"]) for flood in found["floods"]]
        print("\n" + columns(("flood from (UTC)", "to", "alarms"), rows))
    if found["top"]:
        rows = [(actor["count"], f"{actor['share']:.0%}", actor["alarm"]) for actor in found["top"]]
        print("\n" + columns(("raised", "share", "alarm"), rows))


def _measures(found: dict[str, Any]) -> list[tuple[object, ...]]:
    """Aims are those of ANSI/ISA-18.2-2016, clause 16, for one operator."""
    mix = ", ".join(f"{name} {found['by_priority'][key]:.0%}" for key, name in (("1", "critical"), ("2", "high")))
    return [
        ("alarms", found["alarms"], ""),
        ("per 10 minutes", f"{found['per_10_min']:.2f}", "1, at most 2"),
        ("most in 10 minutes", found["most_in_10_min"], "10"),
        ("10 minutes with more than 10", f"{found['overloaded_share']:.1%}", "1 %"),
        ("time in flood", f"{found['flood_share']:.1%}", "1 %"),
        ("the worst ten of all", f"{found['top_share']:.0%}", "5 %"),
        ("chattering", _names(found["chattering"]), "none"),
        ("fleeting", _names(found["fleeting"]), "none"),
        ("stale, over a day", _names(found["stale"]), "fewer than 5"),
        ("standing", found["standing"], ""),
        ("of priorities", mix, "critical 5 %, high 15 %"),
        ("seen after, median", _lasting(found["acknowledged_after"]), ""),
        ("returned after, median", _lasting(found["returned_after"]), ""),
        ("not acknowledged", found["unacknowledged"], "none"),
    ]


def _names(alarms: list[str]) -> str:
    return ", ".join(alarms) or "none"


def _lasting(seconds: float | None) -> str:
    return "-" if seconds is None else shown(seconds)


def _span(api: Api, since: str, until: str) -> dict[str, Any]:
    """The time that is asked about, which ends with the field's now where nothing is said."""
    now = moment("now", api.get("/status")["time"])
    end = said_moment("--to", until, now, UTC) if until else None
    start = said_moment("--from", since, now if end is None else end, UTC)
    return {"start": str(start), "end": end}


SAID = {
    "acknowledge": "acknowledged", "reset": "reset", "shelve": "shelved", "unshelve": "unshelved",
    "remove": "out of service", "return": "back in service",
}  # fmt: skip


def handle(api: Api, verb: str, patterns: list[str], comment: str, as_json: bool, for_s: float | None = None) -> None:
    """Handle all that the patterns mean, and name them."""
    reply = api.post(f"/alarms/{verb}", {"alarms": patterns, "comment": comment, "for_s": for_s})
    print(json.dumps(reply) if as_json else "\n".join(f"{alarm} {SAID[verb]}" for alarm in reply["handled"]))


def _row(alarm: dict[str, Any]) -> tuple[object, ...]:
    """Value, limit and message as the user's language writes them; of a code its name, as a trip's cause."""
    texts = (alarm[key].get(language(), "-") for key in ("value_texts", "limit_texts", "messages"))
    moments = (_moment(alarm[key]) for key in ("raised", "returned", "acknowledged"))
    return alarm["priority"], alarm["state"], *moments, alarm["acknowledged_by"] or "-", alarm["tag"], *texts


def _moment(text: str | None) -> str:
    """``2026-01-31 12:00:00`` of an ISO time in UTC."""
    return "-" if text is None else text[:19].replace("T", " ")
