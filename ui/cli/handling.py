"""``gemelo alarm``: what is done with alarms beyond saying that they were seen, and how well they serve."""

from __future__ import annotations

from typing import Annotated

import typer

from plant.asset.duration import seconds
from ui.cli.option import DATA, Data, Json, Token, Url, api

app = typer.Typer(
    help="Shelve alarms, reset latched ones, take them out of service; measure how well they serve.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Alarms = Annotated[list[str], typer.Argument(metavar="ALARM...", help="By id, tag, or pattern of either.")]
Why = Annotated[str, typer.Option(help="Why; it is kept with the alarm.")]
Duration = Annotated[str, typer.Option("--for", help="How long: 30m, 8h, a day at most; else until it returns.")]


@app.command()
def shelve(
    alarm: Alarms, comment: Why, duration: Duration = "",
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Set alarms aside for a while: until their time is over, or their condition has gone."""
    try:
        for_s = seconds(duration) if duration else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--for") from None
    _handle("shelve", alarm, comment, data, url, token, as_json, for_s)


@app.command()
def unshelve(
    alarm: Alarms, comment: Why = "",
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Take shelved alarms back before their time."""
    _handle("unshelve", alarm, comment, data, url, token, as_json)


@app.command()
def reset(
    alarm: Alarms, comment: Why = "",
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Reset latched alarms that have returned and were acknowledged."""
    _handle("reset", alarm, comment, data, url, token, as_json)


@app.command()
def remove(
    alarm: Alarms, comment: Why,
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Take alarms out of service, until somebody returns them."""
    _handle("remove", alarm, comment, data, url, token, as_json)


@app.command("return")
def return_(
    alarm: Alarms, comment: Why = "",
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Return alarms to service."""
    _handle("return", alarm, comment, data, url, token, as_json)


@app.command()
def metrics(
    since: Annotated[str, typer.Option("--from", help="ISO 8601, or so long before --to: 7d, 8h.")] = "7d",
    until: Annotated[str, typer.Option("--to", help="Likewise; without it, the field's now.")] = "",
    data: Data = DATA, url: Url = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Measure rates, floods, chattering and stale alarms, the worst ten, and how soon they are seen (ISA-18.2)."""
    from ui.cli.alarm import show_metrics

    show_metrics(api(data, url), since, until, as_json)


def _handle(
    verb: str, alarms: list[str], comment: str, data: Data, url: Url, token: Token, as_json: bool,
    for_s: float | None = None,
) -> None:  # fmt: skip
    from ui.cli.alarm import handle

    handle(api(data, url, token), verb, alarms, comment, as_json, for_s)
