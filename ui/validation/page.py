"""The validation page as Markdown: a template, into which tables of given numbers and ours are put."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from plant.error import ServiceError
from plant.evidence.case.well import foretold_current, foretold_temperature, measured_electrically
from plant.evidence.number import GRADES, Number, Topic, topics
from plant.unit import UNITS

PAGE, PICTURES = "validation.md", "validation"  # within the folder of documents
HEAD = ("number", "source", "grade", "given", "ours", "error", "tolerance", "")


@dataclass(frozen=True)
class Result:
    """A given number beside ours."""

    number: Number
    ours: float

    @property
    def is_met(self) -> bool:
        """Whether ours is as near as the row asks."""
        return self.number.is_met(self.ours)


def write(folder: Path) -> list[Result]:
    """Write page and pictures into ``folder``; give back every number. Raises :class:`ServiceError` where it cannot."""
    try:
        from ui.validation.picture import draw_all
    except ModuleNotFoundError as error:
        raise ServiceError(f"the validation page's pictures need {error.name}: install gemelo[test]") from None
    results = evaluate()
    try:
        draw_all(folder / PICTURES)
        (folder / PAGE).write_text(page(results), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ServiceError(f"{error.filename} cannot be written: {error.strerror}") from None
    return [result for of_topic in results.values() for result in of_topic]


def evaluate() -> dict[str, list[Result]]:
    """Every given number beside ours, by topic."""
    return {name: [Result(n, n.ours()) for n in topic.numbers] for name, topic in topics().items()}


def page(results: dict[str, list[Result]]) -> str:
    """The whole page."""
    everything = [result for of_topic in results.values() for result in of_topic]
    template = files("ui.validation").joinpath("template.md").read_text(encoding="utf-8")
    parts = {
        "totals": _totals(results),
        "summary": _summary(results),
        "grades": _table(("grade", "who established it"), GRADES.items()),
        "failures": _failures(everything),
        "numbers": "\n\n".join(_section(topic, results[name]) for name, topic in topics().items()),
        "wells": _wells(),
    }
    for name, text in parts.items():
        template = template.replace(f"{{{{ {name} }}}}", text)
    return template


def _totals(results: dict[str, list[Result]]) -> str:
    """Numbers that the plant is calibrated to are counted apart: they cannot but agree."""
    free, calibrated = (
        [r for name, topic in topics().items() if topic.is_calibrated is kind for r in results[name]]
        for kind in (False, True)
    )
    met, held = (sum(r.is_met for r in part) for part in (free, calibrated))
    return (
        f"**{len(free)} given numbers: {met} met, {len(free) - met} failed.** Besides, the plant is calibrated to "
        f"{len(calibrated)} measurements, which are no evidence: {held} held, {len(calibrated) - held} failed."
    )


def _summary(results: dict[str, list[Result]]) -> str:
    rows = []
    for name, topic in topics().items():
        met = sum(result.is_met for result in results[name])
        rows.append((f"[{topic.title}](#{_anchor(topic)})", len(results[name]), met, len(results[name]) - met))
    return _table(("topic", "numbers", "met", "failed"), rows)


def _failures(results: Iterable[Result]) -> str:
    failed = [result for result in results if not result.is_met]
    rows = ((r.number.name, _given(r.number), _ours(r), r.number.fails or "not known") for r in failed)
    return _table(("number", "given", "ours", "reason"), rows)


def _section(topic: Topic, results: Iterable[Result]) -> str:
    parts = [f"### {topic.title}", topic.note, _table(HEAD, map(_row, results))]
    return "\n\n".join(part for part in parts if part)


def _row(result: Result) -> tuple[str, ...]:
    number = result.number
    verdict = "pass" if result.is_met else f"**FAIL**: {number.fails or 'the reason is not known'}"
    return (
        number.name, number.source, number.grade, _given(number), _ours(result), _error(result), _tolerance(number),
        verdict,
    )  # fmt: skip


def _given(number: Number) -> str:
    return f"{number.given:.10g} {number.unit.symbol}".rstrip()


def _ours(result: Result) -> str:
    number = result.number
    step = 0.1 * abs(number.given) if number.at_most else number.allowed
    at_least = len(f"{number.given:.10g}".partition(".")[2])  # as many as given, for a match may lie on a half
    return f"{_fixed(result.ours, step, at_least)} {number.unit.symbol}".rstrip()


def _error(result: Result) -> str:
    """In the terms of the tolerance, and in per cent besides where the unit has a zero of its own; none of a bound."""
    number, error = result.number, result.ours - result.number.given
    if number.at_most:
        return ""
    share = 100.0 * error / abs(number.given) if number.given else math.nan
    if number.tolerance:
        return f"{_fixed(share, 100.0 * number.tolerance)} %"
    own = f"{_fixed(error, number.allowed)} {number.unit.symbol}".rstrip()
    return own if number.unit.offset or math.isnan(share) else f"{own} ({_fixed(share, 1.0)} %)"


def _tolerance(number: Number) -> str:
    if number.at_most:
        return "at most"
    if number.tolerance:
        return f"{100 * number.tolerance:g} %"
    return f"{number.tolerance_abs:g} {number.unit.symbol}".rstrip()


def _fixed(value: float, step: float, at_least: int = 0) -> str:
    """With a digit below ``step``: no more, for what lies there is arithmetic and differs from machine to machine."""
    decimals = max(at_least, 1 - math.floor(math.log10(step)))
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def _wells() -> str:
    celsius, rows = UNITS["degC"].from_si, []
    for well in measured_electrically():
        T, current = well.measured.wellhead_temperature, well.measured.current
        foretold = foretold_temperature(well), foretold_current(well)
        rows.append((well.code, *(f"{x:.1f}" for x in (celsius(T), celsius(foretold[0]), current, foretold[1]))))
    return _table(("well", "wellhead [°C]", "foretold", "current [A]", "foretold"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _anchor(topic: Topic) -> str:
    kept = (c for c in topic.title.lower().replace(" ", "-") if c.isalnum() or c == "-")
    return "".join(kept)
