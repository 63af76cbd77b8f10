"""How a live drill stands, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plant.asset.duration import shown


def lines(found: dict[str, Any]) -> Iterator[str]:
    """What `gemelo drill status` prints."""
    drill = found["drill"]
    yield f"field: driven by {found['holder'] or 'nobody'}"
    yield from (f"planned: {plan}" for plan in found["plans"])
    if drill is None:
        yield "no drill has run"
        return
    yield f"{drill['id']}: {drill['state']}" + (f" ({drill['why']})" if drill["why"] else "")
    if "acts" in drill:
        yield from _running(drill)
    if drill["score"]:
        score = drill["score"]
        yield f"{score['points']:.1f} points, {score['regret_bbl']:.2f} bbl above the expert's cost"
        yield from (f"  {-d['points']:6.1f}  {d['kind']}: {d['subject']}: {d['detail']}" for d in score["deductions"])


def _running(drill: dict[str, Any]) -> Iterator[str]:
    yield f"{drill['title']['en']}, {drill['player']}: {shown(drill['time_s'])} of {shown(drill['length_s'])}"
    for row in (*drill["events"], *drill["acts"]):
        mark = "[ ]" if row["done_s"] is None else f"[x] {shown(row['done_s'])}"
        yield f"  {mark} {row['says']['en'] if 'says' in row else row['name']}" + " (late)" * bool(row.get("is_late"))
    yield from (f"  wrong at {shown(one['at_s'])}: {one['name']}" for one in drill["wrong"])
