"""Options that many subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option(help="Folder of everything kept.")]
Url = Annotated[str | None, typer.Option(help="Address of the API; without it, that of the field on --data.")]
Token = Annotated[
    str | None, typer.Option(help="Token or key; without it, that of gemelo login, else the one in --data.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Run = Annotated[str | None, typer.Option(help="Of a run, as a drill's or a branch's; without it, of that which runs.")]

DATA = Path("data")


def api(data: Path, url: str | None, token: str | None = None):  # type: ignore[no-untyped-def]
    """The API that the options mean."""
    from ui.cli.client import Api

    return Api.of(data, url, token)
