"""``gemelo audit``: see that nobody has changed what the ledger says was done."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.option import DATA, Data, Json

app = typer.Typer(help="The ledger's audit: who changed what.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def verify(
    tenant: Annotated[str, typer.Option(help="Of one tenant only.")] = "", data: Data = DATA, as_json: Json = False
) -> None:
    """Follow each tenant's chain of entries from its beginning; status 1 where a link is broken."""
    from ui.cli import ledger

    ledger.verify_audit(data, tenant, as_json)


@app.callback()
def _audit() -> None:
    pass
