"""``gemelo tags``, ``read`` and ``watch``: what there is, what it says, and what it goes on saying."""

from __future__ import annotations

import json
from typing import Any

from ui.cli.client import Api
from ui.cli.text import age, columns, number


def show_tags(api: Api, pattern: str, as_json: bool) -> None:
    """List the tags that match."""
    rows = api.get("/tags", tags=pattern)["tags"]
    if as_json:
        print(json.dumps(rows))
        return
    cells = [(row["tag"], row["kind"], row["unit"], row["low"], row["high"]) for row in rows]
    print(columns(("tag", "kind", "unit", "low", "high"), cells))


def show_values(api: Api, patterns: list[str], as_json: bool) -> None:
    """Show the latest value of each tag."""
    values = api.get("/values", tags=",".join(patterns))["values"]
    if as_json:
        print(json.dumps(values))
        return
    rows = [(v["tag"], _shown(v), v["unit"], _quality(v), age(v["age_s"])) for v in values]
    print(columns(("tag", "value", "unit", "quality", "age"), rows))


def watch(api: Api, patterns: list[str], as_json: bool, count: int | None) -> None:
    """Show values as they come: all that stand now, then each change."""
    shown = 0
    for event in api.events("/live", tags=",".join(patterns)):
        for value in filter(_is_known, event["values"]):
            print(json.dumps(value) if as_json else _line(value), flush=True)
            shown += 1
            if shown == count:
                return


def _is_known(value: dict[str, Any]) -> bool:
    return value["time"] is not None


def _line(value: dict[str, Any]) -> str:
    return f"{value['time']}  {value['tag']}  {_shown(value)} {value['unit']}  {_quality(value)}"


def _quality(value: dict[str, Any]) -> str:
    """Its quality, where that still means anything."""
    return "Stale" if value["trust"] == "Stale" else str(value["quality"])


def _shown(value: dict[str, Any]) -> str:
    return value.get("state") or number(value["value"])
