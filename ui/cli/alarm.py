"""``gemelo alarms``: those that stand, the worst first."""

from __future__ import annotations

import json
from typing import Any

from ui.cli.client import Api
from ui.cli.text import columns


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
    rows = [(a["priority"], a["state"], a["tag"], a["kind"], _value(a), a["unit"], a["message"]) for a in alarms]
    print(columns(("priority", "state", "tag", "kind", "value", "unit", "message"), rows))


def _value(alarm: dict[str, Any]) -> str | float | None:
    """The value; of a code its name, as a trip's cause."""
    name: str | None = alarm.get("value_state")
    return name or alarm["value"]
