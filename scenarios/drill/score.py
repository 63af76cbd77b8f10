"""What a try is worth: a hundred points less what each thing that went wrong costs, with the reason of each.

The trade's deductions (acts missed or late, wrong acts, limits crossed, hints, the wrong diagnosis) stand beside the
regret: what the try cost above an expert's from the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.drill.drill import Drill, Expected
from scenarios.drill.play import Try

WARNING = 2.0  # points that crossing a limit costs at once
FULL = 100.0


@dataclass(frozen=True)
class Deduction:
    """Points lost, what for, and about what."""

    kind: str  # missed, late, wrong, limit, diagnosis, hint, regret
    subject: str
    points: float
    detail: str


@dataclass(frozen=True)
class Score:
    """A try's points, and where the others went. ``regret`` is in barrels of oil."""

    points: float
    has_failed: bool
    regret: float
    deductions: tuple[Deduction, ...]


def score(drill: Drill, one: Try, expert: Try) -> Score:
    """What ``one`` is worth beside the ``expert``'s try with the same seed."""
    regret = max(one.totals.cost - expert.totals.cost, 0.0)
    found = [
        *_acts(drill, one),
        *_wrong(one),
        *_limits(drill, one),
        *_diagnosis(drill, one),
        *_hints(one),
        *_regretted(drill, regret),
    ]
    has_failed = _has_failed(drill, one)
    points = 0.0 if has_failed else max(FULL - sum(deduction.points for deduction in found), 0.0)
    return Score(points, has_failed, regret, tuple(found))


def _acts(drill: Drill, one: Try) -> list[Deduction]:
    return [found for expected in drill.expected if (found := _act(expected, one))]


def _act(expected: Expected, one: Try) -> Deduction | None:
    """All points of an act that was not done; half, rising to all at twice its time, of one that was late."""
    name, due = expected.act.name, expected.within
    if name not in one.done:
        return Deduction("missed", name, expected.points, "was not done")
    took = one.done[name] - one.done[expected.after]
    if took <= due:
        return None
    share = min(0.5 * took / due, 1.0)
    return Deduction("late", name, share * expected.points, f"{took:.0f} s, asked within {due:.0f} s")


def _wrong(one: Try) -> list[Deduction]:
    return [Deduction("wrong", act.act.name, act.points, f"at {at:.0f} s") for at, act in one.wrong]


def _limits(drill: Drill, one: Try) -> list[Deduction]:
    return [
        Deduction("limit", limit.condition.tag.name, WARNING + limit.weight * outside / 60.0, f"{outside:.0f} s")
        for limit, outside in zip(drill.limits, one.outside, strict=True)
        if outside > 0
    ]


def _diagnosis(drill: Drill, one: Try) -> list[Deduction]:
    question = drill.question
    if one.answer is None:
        return [Deduction("diagnosis", question.truth, question.points, "nothing was said")]
    said, _ = one.answer
    return [] if said == question.truth else [Deduction("diagnosis", question.truth, question.points, f"said {said}")]


def _hints(one: Try) -> list[Deduction]:
    return [Deduction("hint", hint.says["en"], hint.cost, f"at {at:.0f} s") for at, hint in one.hints]


def _regretted(drill: Drill, regret: float) -> list[Deduction]:
    points = drill.regret_points * min(regret / drill.regret, 1.0)
    return [Deduction("regret", "cost", points, f"{regret:.2f} bbl above the expert's")] if points > 0 else []


def _has_failed(drill: Drill, one: Try) -> bool:
    outside = zip(drill.limits, one.outside, strict=True)
    return any(act.is_hard for _, act in one.wrong) or any(limit.is_hard and at > 0 for limit, at in outside)
