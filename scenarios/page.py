"""A page: one run as one HTML file that needs nothing else, no network and no server.

The verdict's table on top, below it a chart for every signal that the story speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from bokeh.models import Range1d

from control.alarms.rule import Rule
from hil.verdict import Row
from hil.wording import wording
from plant.asset.tag import Tag
from scenarios.chart import chart
from scenarios.report import headline
from scenarios.run import Run, tags_of_interest
from scenarios.whole_page import table_of, whole_page


def page(run: Run, rules: Sequence[Rule] = ()) -> str:
    """The run as an HTML page, the limits of alarm ``rules`` drawn in its charts."""
    x_range = Range1d(start=-1.0, end=run.record.end / 60)
    charts = [chart(run, signal, tags, _limits(rules, tags), x_range) for signal, tags in _by_signal(run)]
    verdict = table_of(("", "Expected", "Observed", "Margin"), map(_row, run.rows))
    return whole_page("en", run.timeline.title, charts, headline=headline(run), before=verdict)


def _by_signal(run: Run) -> list[tuple[str, list[Tag]]]:
    """The tags of interest, one group for each signal of an asset type, in the order of their first mention."""
    tags = tags_of_interest(run.timeline)
    order = list(dict.fromkeys(map(_signal, tags)))
    grouped = groupby(sorted(tags, key=lambda tag: order.index(_signal(tag))), _signal)
    return [(signal, list(group)) for signal, group in grouped]


def _signal(tag: Tag) -> str:
    return f"{tag.signal.asset_type} {tag.signal.name}"


def _limits(rules: Sequence[Rule], tags: list[Tag]) -> list[float]:
    names = {tag.name for tag in tags}
    return sorted({rule.limit for rule in rules if rule.tag.name in names and rule.limit is not None})


def _row(row: Row) -> str:
    cells = (wording(row.expectation), row.finding.observed)
    mark = "pass" if row.passed else "FAIL"
    return (
        f'<tr class="{mark.lower()}"><td>{mark}</td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + f'<td class="number">{escape(row.finding.margin_shown())}</td></tr>'
    )
