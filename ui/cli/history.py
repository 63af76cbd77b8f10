"""``gemelo history``: what was measured, on the terminal or into a file.

The history is asked for a page at a time, and each page is written before the next is asked for: a month costs no
more memory than an hour.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from plant.error import OutOfRange
from ui.cli.option import DATA, Data, Json, Run, Url, api
from ui.cli.text import columns

app = typer.Typer(help="Look at history, and take it along.", no_args_is_help=True, rich_markup_mode=None)

Tags = Annotated[list[str], typer.Option("--tags", help="Tags or patterns, as 'Well.*.Flow'; may be given again.")]
From = Annotated[
    str,
    typer.Option("--from", help="ISO 8601 (in --zone without an offset), or so long before --to: 90s, 2h."),
]
To = Annotated[str, typer.Option("--to", help="Not included; likewise. Without it, the field's now.")]
Every = Annotated[str, typer.Option(help="Averages over 10s, 1m, 1h …; raw: every sample.")]
Unit = Annotated[list[str], typer.Option(help="Unit for its quantity, as psig or bpd; may be given again.")]
Zone = Annotated[str, typer.Option(help="Of times, read and written: UTC, local, or a name as Asia/Shanghai.")]

FORMATS = ("csv", "parquet")


@app.command()
def query(
    tags: Tags, since: From = "1h", until: To = "", every: Every = "raw", unit: Unit = [], zone: Zone = "UTC",  # noqa: B006
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Rows at most; the first of the range.")] = 1000,
    run: Run = None, data: Data = DATA, url: Url = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Show samples or averages in the order of time."""
    from ui.cli.pages import Asked, pages

    asked = Asked.of(api(data, url), tags, since, until, every, unit, zone, limit, run)
    first = next(iter(pages(asked)))
    rows = first.rows()[:limit]
    if as_json:
        print(json.dumps(rows))
        return
    print(columns(list(first.columns), [list(row.values()) for row in rows]))
    if first.next is not None or len(rows) < len(first.rows()):
        print(f"there is more; it goes on after {rows[-1]['time']}: --from, or gemelo history export", file=sys.stderr)


@app.command()
def export(
    tags: Tags,
    out: Annotated[Path, typer.Option(help="The file; it has this name only once it is whole.")],
    since: From = "1h", until: To = "", every: Every = "raw", unit: Unit = [], zone: Zone = "UTC",  # noqa: B006
    form: Annotated[str, typer.Option("--format", help="csv or parquet; without it, by the file's name.")] = "",
    run: Run = None, data: Data = DATA, url: Url = None,
) -> None:  # fmt: skip
    """Write samples or averages into a file, whatever their number; how far it is stands on stderr."""
    from ui.cli.export import write
    from ui.cli.pages import Asked, pages

    chosen = form or out.suffix.removeprefix(".")
    if chosen not in FORMATS:
        raise OutOfRange("--format", chosen, f"must be one of {', '.join(FORMATS)}")
    asked = Asked.of(api(data, url), tags, since, until, every, unit, zone, run=run)
    print(f"{out}: {write(pages(asked), out, chosen, _say)} rows")


def _say(done: Any) -> None:
    print(done, file=sys.stderr, flush=True)
