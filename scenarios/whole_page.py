"""Whole pages: HTML files that need nothing else, no network and no server, with Bokeh's charts in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from bokeh.embed import components
from bokeh.models import Model
from bokeh.settings import settings

_PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { background: #D4D4D4; color: #303030; font: 14px/1.4 sans-serif; margin: 1.5rem auto }
body { max-width: 1200px; padding: 0 1rem }
h1 { font-size: 1.3rem } h2 { font-size: 1.05rem }
table { border-collapse: collapse; width: 100%; background: #E0E0E0; margin-bottom: 1rem }
th, td { border: 1px solid #8A8A8A; padding: .25rem .5rem; text-align: left; vertical-align: top }
td.number { text-align: right; white-space: nowrap }
tr.fail td:first-child { background: #C8553D; color: #fff; font-weight: bold }
</style>
$resources
</head>
<body>
<h1>$headline</h1>
$before
$charts
$after
$script
</body>
</html>
""")


def whole_page(
    language: str, title: str, charts: Sequence[Model], *, headline: str = "", before: str = "", after: str = ""
) -> str:
    """A page of charts, with HTML ``before`` and ``after`` them; its headline is its title where none is given."""
    script, divisions = components(charts)
    return _PAGE.substitute(
        language=language, title=escape(title), headline=escape(headline or title), resources=_bokeh_script(),
        before=before, charts="\n".join(divisions), after=after, script=script,
    )  # fmt: skip


def table_of(head: Iterable[str], rows: Iterable[str]) -> str:
    """A table of ``rows`` that are HTML, under cells that are text."""
    cells, body = "".join(f"<th>{escape(cell)}</th>" for cell in head), "\n".join(rows)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _bokeh_script() -> str:
    """BokehJS itself, within the page. Bokeh's own inlining adds links of whatever else has registered with it."""
    script = (settings.bokehjs_path() / "js" / "bokeh.min.js").read_text(encoding="utf-8")
    return f"<script>{script}</script>"
