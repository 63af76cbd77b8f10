"""``gemelo alarms``: those that stand, the worst first."""

from __future__ import annotations

import json
from typing import Any

from ui.cli.client import Api
from ui.cli.language import language
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
    print(columns(("priority", "state", "tag", "kind", "value", "limit", "message"), [_row(a) for a in alarms]))


def _row(alarm: dict[str, Any]) -> tuple[object, ...]:
    """Value, limit and message as the user's language writes them; of a code its name, as a trip's cause."""
    texts = (alarm[key].get(language(), "-") for key in ("value_texts", "limit_texts", "messages"))
    return alarm["priority"], alarm["state"], alarm["tag"], alarm["kind"], *texts
