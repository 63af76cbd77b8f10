"""A page: one run as one HTML file that needs nothing else, no network and no server.

The verdict's table on top, below it a chart for every signal that the story speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from string import Template

from bokeh.embed import components
from bokeh.models import Range1d
from bokeh.settings import settings

from control.alarms.rule import Rule
from hil.verdict import Row
from hil.wording import wording
from plant.asset.tag import Tag
from scenarios.chart import chart
from scenarios.report import headline
from scenarios.run import Run, tags_of_interest

_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>$title</title>
<style>
body { background: #D4D4D4; color: #303030; font: 14px/1.4 sans-serif; margin: 1.5rem auto; max-width: 1200px }
h1 { font-size: 1.3rem }
table { border-collapse: collapse; width: 100%; background: #E0E0E0; margin-bottom: 1rem }
th, td { border: 1px solid #8A8A8A; padding: .25rem .5rem; text-align: left; vertical-align: top }
tr.fail td:first-child { background: #C8553D; color: #fff; font-weight: bold }
td.margin { text-align: right; white-space: nowrap }
</style>
$resources
</head>
<body>
<h1>$headline</h1>
<table>
<thead><tr><th></th><th>Expected</th><th>Observed</th><th>Margin</th></tr></thead>
<tbody>
$rows
</tbody>
</table>
$charts
$script
</body>
</html>
""")


def page(run: Run, rules: Sequence[Rule] = ()) -> str:
    """The run as an HTML page, the limits of alarm ``rules`` drawn in its charts."""
    x_range = Range1d(start=-1.0, end=run.record.end / 60)
    charts = [chart(run, signal, tags, _limits(rules, tags), x_range) for signal, tags in _by_signal(run)]
    script, divisions = components(charts)
    return _PAGE.substitute(
        title=escape(run.timeline.title), headline=escape(headline(run)), resources=bokeh_script(),
        rows="\n".join(map(_row, run.rows)), charts="\n".join(divisions), script=script,
    )  # fmt: skip


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
        + f'<td class="margin">{escape(row.finding.margin_shown())}</td></tr>'
    )


def bokeh_script() -> str:
    """BokehJS itself, within the page. Bokeh's own inlining adds links of whatever else has registered with it."""
    script = (settings.bokehjs_path() / "js" / "bokeh.min.js").read_text(encoding="utf-8")
    return f"<script>{script}</script>"
