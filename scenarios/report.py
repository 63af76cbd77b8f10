"""A report: a run as a table on a terminal, and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from hil.verdict import Row
from hil.wording import wording
from plant.asset.duration import shown
from scenarios.run import Run


def headline(run: Run) -> str:
    """The verdict in one line."""
    failed = sum(not row.passed for row in run.rows)
    verdict = f"failed, {failed} of {len(run.rows)} expectations" if failed else f"passed, {len(run.rows)} expectations"
    return f"{run.timeline.title}: {verdict} ({shown(run.timeline.length)} of plant time)"


def show(run: Run, console: Console) -> None:
    """Print the rows and the verdict; aligned and without colour where nobody looks at a terminal."""
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, pad_edge=False)
    for title in ("", "Expected", "Observed", "Margin"):
        table.add_column(title, overflow="fold", justify="right" if title == "Margin" else "left")
    for row in run.rows:
        mark = "pass" if row.passed else "FAIL"
        table.add_row(mark, wording(row.expectation), row.finding.observed, row.finding.margin_shown())
    console.print(table, markup=False)
    console.print(headline(run), markup=False, highlight=False)


def as_json(run: Run) -> dict[str, Any]:
    """The run as an object: the verdict, each row, and when each event came to pass."""
    return {
        "story": run.timeline.name, "title": run.timeline.title, "passed": run.passed, "zero_ns": run.zero,
        "length_s": run.timeline.length, "rows": [_row(row) for row in run.rows],
        "events": [
            {"name": o.event.name, "at_s": o.event.at, "time_s": o.time, "outcome": o.outcome, "detail": o.detail}
            for o in run.record.occurrences
        ],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    margin = row.finding.margin
    return {
        "expected": wording(row.expectation), "observed": row.finding.observed, "passed": row.passed,
        "margin": None if math.isnan(margin) or math.isinf(margin) else row.finding.unit.from_si(margin),
        "unit": row.finding.unit.symbol,
    }  # fmt: skip
