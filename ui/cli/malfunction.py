"""``gemelo malfunction``: what can go wrong with a field's assets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from plant.process.malfunction_file import Malfunction

app = typer.Typer(help="Look up what can go wrong.", no_args_is_help=True, rich_markup_mode=None)

ASSETS = {
    "Well": "Wells with an electric submersible pump", "GasLiftWell": "Wells lifted with gas",
    "NaturalWell": "Wells that flow by themselves", "Injector": "Injectors",
    "Manifold": "Flowlines, each from its manifold",
    "Separator": "Separators", "Tank": "Tanks", "Riser": "Risers", "Heater": "Heaters", "Compressor": "Compressors",
    "Flare": "Flares", "InjectionPump": "Water injection pumps", "Generator": "Generators",
    "Field": "The field as a whole",
}  # fmt: skip
HEAD = """# Malfunctions: what can go wrong

Each moves parameters of its asset by its severity, 0 to 1; what instruments then show follows from the physics. Several
at once compose, and what is healed leaves nothing behind. On the control channel of a simulated field:

```
{"do": "malfunction", "name": "gas lock", "asset": "Well.XBKD47-X2", "severity": 0.8, "ramp_min": 10}
{"do": "heal", "name": "gas lock", "asset": "Well.XBKD47-X2"}
```

In a story (docs/scenarios.md) the events `malfunction` and `heal` do the same. A signature is the row of the table of
directions that `tests/plant/process/test_signatures.py` holds the malfunction to.

This page is what `gemelo malfunction list --markdown` prints.
"""


@app.command(name="list")
def show_list(
    asset: Annotated[str | None, typer.Argument(help="Type of asset, as Well; without it, all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")] = False,
) -> None:
    """List every malfunction, by type of asset."""
    from dataclasses import asdict

    from plant.process.malfunction_file import malfunctions

    rows = [row for row in malfunctions().values() if asset in (None, row.asset_type)]
    if not rows:
        raise typer.BadParameter(f"{asset} is none of {', '.join(ASSETS)}", param_hint="asset")
    if as_json:
        print(json.dumps([asdict(row) for row in rows]))
    elif markdown:
        print(page(rows), end="")
    else:
        for row in rows:
            print(f"{row.asset_type:14} {row.name:30} {row.cause}")


def page(rows: list[Malfunction]) -> str:
    """The page of the documentation."""
    parts = [HEAD]
    for kind, title in ASSETS.items():
        if of_kind := [row for row in rows if row.asset_type == kind]:
            lines = [
                "| name | cause | parameters | comes in | signature |",
                "|---|---|---|---|---|",
                *map(_line, of_kind),
            ]
            parts.append("\n".join((f"## {title} (`{kind}`)", "", *lines, "")))
    return "\n".join(parts)


def _line(row: Malfunction) -> str:
    moves = ", ".join(f"`{move.parameter}` {SIGNS[move.how]} {move.to:g}" for move in row.moves)
    return f"| {row.name} | {row.cause} | {moves} | {_time(row.ramp)} | {row.signature or ''} |"


SIGNS = {"scale": "×", "add": "+", "set": "→", "switch": "="}


def _time(seconds: float) -> str:
    for name, size in (("d", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= size:
            return f"{seconds / size:g} {name}"
    return f"{seconds:g} s" if seconds else "no time"
