"""``gemelo tags``, ``read`` and ``watch``: what there is, what it says, and what it goes on saying."""

from __future__ import annotations

import json
from typing import Any

from plant.asset.error import Unknown
from plant.asset.pattern import matches
from ui.cli.client import Api
from ui.cli.text import age, columns, number


def show_tags(api: Api, pattern: str, as_json: bool) -> None:
    """List the tags that match."""
    rows = [row for row in api.get("/tags")["tags"] if matches(row["tag"], pattern)]
    if as_json:
        print(json.dumps(rows))
        return
    cells = [(row["tag"], row["kind"], row["unit"], row["low"], row["high"]) for row in rows]
    print(columns(("tag", "kind", "unit", "low", "high"), cells))


def show_values(api: Api, patterns: list[str], as_json: bool) -> None:
    """Show the latest value of each tag."""
    values = api.get("/values", tags=",".join(matching(api, patterns)))["values"]
    if as_json:
        print(json.dumps(values))
        return
    rows = [(v["tag"], _shown(v), v["unit"], _quality(v), age(v["age_s"])) for v in values]
    print(columns(("tag", "value", "unit", "quality", "age"), rows))


def watch(api: Api, patterns: list[str], as_json: bool, count: int | None) -> None:
    """Show values as they come: all that stand now, then each change."""
    shown = 0
    for event in api.events("/live", tags=",".join(matching(api, patterns))):
        for value in filter(_is_known, event["values"]):
            print(json.dumps(value) if as_json else _line(value), flush=True)
            shown += 1
            if shown == count:
                return


def matching(api: Api, patterns: list[str]) -> list[str]:
    """The tags that any of the patterns names. Raises :class:`Unknown` for one that names none."""
    if not any(character in pattern for pattern in patterns for character in "*?["):
        return patterns
    known = [row["tag"] for row in api.get("/tags")["tags"]]
    found: dict[str, None] = {}
    for pattern in patterns:
        names = [name for name in known if matches(name, pattern)]
        if not names:
            raise Unknown("tag", pattern)
        found |= dict.fromkeys(names)
    return list(found)


def _is_known(value: dict[str, Any]) -> bool:
    return value["time"] is not None


def _line(value: dict[str, Any]) -> str:
    return f"{value['time']}  {value['tag']}  {_shown(value)} {value['unit']}  {_quality(value)}"


def _quality(value: dict[str, Any]) -> str:
    """Its quality, where that still means anything."""
    return "Stale" if value["trust"] == "Stale" else str(value["quality"])


def _shown(value: dict[str, Any]) -> str:
    return value.get("state") or number(value["value"])
