"""How a live drill stands: all of it for those who may see the truth, and the little that a trainee may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.drill.live import LiveDrill

Plain = dict[str, Any]


def status_of(live: LiveDrill, about: Mapping[str, Any]) -> Plain:
    """For trainers: what is expected and what of it was done, what went wrong, and what is the matter in truth."""
    drill = live.drill
    return {
        **about, "player": live.player, "title": dict(drill.title), "time_s": round(live.time, 1),
        "length_s": drill.length,
        "events": [{"name": e.name, "at_s": e.at, "done_s": live.done.get(e.name)} for e in drill.events],
        "acts": [
            {
                "name": e.act.name, "says": dict(e.act.says), "after": e.after, "within_s": e.within,
                "points": e.points, "done_s": live.done.get(e.act.name), "is_late": _is_late(live, e.after, e),
            }
            for e in drill.expected
        ],
        "wrong": [{"at_s": at, "name": name} for at, name in live.wrong],
        "limits": [
            {"says": dict(one.says), "outside_s": round(outside, 1)}
            for one, outside in zip(drill.limits, live.outside, strict=True)
        ],
        "answer": live.answer, "truth": drill.question.truth, "hints": live.hints,
        "acknowledged": live.acknowledged,
    }  # fmt: skip


def _is_late(live: LiveDrill, after: str, expected: Any) -> bool:
    began = live.done.get(after)
    return began is not None and live.done.get(expected.act.name, live.time) - began > expected.within


def brief_of(live: LiveDrill | None, about: Mapping[str, Any], messages: Sequence[Plain]) -> Plain:
    """For trainees: the briefing, the question, how long is left, what was said to them; and their score at the end."""
    if live is None:
        over = {key: about.get(key) for key in ("id", "state", "drill", "why")} if about else {}
        points = (about.get("score") or {}).get("points") if about else None
        return {"drill": {**over, "points": points} if over else None, "messages": list(messages)}
    drill = live.drill
    return {
        "drill": {
            "id": about["id"], "state": about["state"], "title": dict(drill.title), "briefing": dict(drill.briefing),
            "player": live.player, "time_s": round(live.time), "left_s": round(max(drill.length - live.time, 0.0)),
            "choices": list(drill.question.choices), "answer": live.answer and live.answer[0],
            "hints_left": len(drill.hints) - len(live.hints),
            "next_hint_costs": drill.hints[len(live.hints)].cost if len(live.hints) < len(drill.hints) else None,
        },
        "messages": list(messages),
    }  # fmt: skip
