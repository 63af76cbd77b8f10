"""``gemelo write``: one command through the guard, and what came of it."""

from __future__ import annotations

import json
from typing import Any

from plant.error import ServiceError
from ui.cli.client import Api


def write(api: Api, tag: str, value: float, reason: str, as_json: bool) -> None:
    """Write it, say the outcome. Raises :class:`ServiceError` where it was refused or failed."""
    outcome: dict[str, Any] = api.post("/commands", {"tag": tag, "value": value, "reason": reason})
    if as_json:
        print(json.dumps(outcome))
    if outcome["outcome"] not in ("done", "written"):
        raise ServiceError(f"{tag} = {value:g}: {outcome['outcome']}: {outcome['detail']}")
    if not as_json:
        detail = f" ({outcome['detail']})" if outcome["detail"] else ""
        print(f"{tag} = {value:g}: {outcome['outcome']} in {outcome['duration_s']:.2f} s{detail}")
