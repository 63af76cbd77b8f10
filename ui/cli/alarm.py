"""``gemelo alarms``: those that stand, the worst first."""

from __future__ import annotations

import json
from typing import Any

from ui.cli.client import Api
from ui.cli.language import language
from ui.cli.text import columns

HEAD = ("priority", "state", "raised (UTC)", "returned", "acknowledged", "by", "tag", "value", "limit", "message")


def show(api: Api, as_json: bool) -> None:
    """List them."""
    alarms = api.get("/alarms")["alarms"]
    if as_json:
        print(json.dumps(alarms))
        return
    if not alarms:
        print("no alarm stands")
        return
    alarms.sort(key=lambda alarm: alarm["priority"])
    print(columns(HEAD, [_row(a) for a in alarms]))


def _row(alarm: dict[str, Any]) -> tuple[object, ...]:
    """Value, limit and message as the user's language writes them; of a code its name, as a trip's cause."""
    texts = (alarm[key].get(language(), "-") for key in ("value_texts", "limit_texts", "messages"))
    moments = (_moment(alarm[key]) for key in ("raised", "returned", "acknowledged"))
    return alarm["priority"], alarm["state"], *moments, alarm["acknowledged_by"] or "-", alarm["tag"], *texts


def _moment(text: str | None) -> str:
    """``2026-01-31 12:00:00`` of an ISO time in UTC."""
    return "-" if text is None else text[:19].replace("T", " ")
