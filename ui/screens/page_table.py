"""The pages: what there is to open, one row each. Routes, templates, scripts and the navigation are drawn from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PageRow:
    """One page. ``name`` is its entry in the catalogues of ``locale``, so that it is called right in each language."""

    kind: str
    path: str
    template: str
    name: str
    scripts: tuple[str, ...]
    permission: str = "telemetry.read"  # what opens it
    is_in_navigation: bool = True


ROWS = (
    PageRow("overview", "/", "overview.html", "Overview", ("element.js", "shell.js", "wall.js", "production.js")),
    PageRow(
        "alarms", "/alarms", "alarms.html", "Alarms", ("element.js", "shell.js", "alarm_list.js", "journal.js"),
        "alarm.read",
    ),
    PageRow(
        "station", "/station", "station.html", "Trainer",
        ("element.js", "shell.js", "station.js", "station_drill.js", "station_fault.js", "station_time.js"),
        "truth.read",
    ),
    PageRow(
        "well", "/well/{code}", "well.html", "Well",
        ("element.js", "shell.js", "faceplate.js", "comparison.js", "setpoint.js", "alarm_list.js", "span.js"),
        is_in_navigation=False,  # the list of wells beside it leads there
    ),
)  # fmt: skip
PAGES = {row.kind: row for row in ROWS}


def navigation(may: Callable[[str], bool]) -> tuple[PageRow, ...]:
    """What stands in the navigation of somebody who ``may`` so."""
    return tuple(row for row in ROWS if row.is_in_navigation and may(row.permission))
