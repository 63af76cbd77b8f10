"""``gemelo malfunction``: what can go wrong with a field, from its rock to its wires."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from simulators.fault.row import Fault, Parameter

app = typer.Typer(help="Look up what can go wrong.", no_args_is_help=True, rich_markup_mode=None)

ASSETS = {
    "Well": "Wells with an electric submersible pump", "GasLiftWell": "Wells lifted with gas",
    "NaturalWell": "Wells that flow by themselves", "Injector": "Injectors",
    "Manifold": "Flowlines, each from its manifold",
    "Separator": "Separators", "Tank": "Tanks", "Riser": "Risers", "Heater": "Heaters", "Compressor": "Compressors",
    "Flare": "Flares", "InjectionPump": "Water injection pumps", "Generator": "Generators",
    "Field": "The field as a whole", "Instrument": "Instruments, each by its tag", "Device": "Devices of the bench",
    "Link": "Links to devices",
}  # fmt: skip
HEAD = """# Malfunctions: what can go wrong

One table of all that can be made to fail in a simulated field, from its rock to its wires. A malfunction of the plant
moves parameters of its asset by its severity, 0 to 1; what instruments then show follows from the physics. Those of
instruments, devices and links change what is shown of it, or whether anything is. Several at once compose, and what is
healed leaves nothing behind. Every beginning and end is told on the field's truth channel.

The same words start them everywhere: on the command line, in the API, on the control channel and in stories
(docs/scenarios.md).

```
gemelo field malfunction "gas lock" Well.XBKD47-X2 severity_pct=80 ramp_min=10
gemelo field malfunction bias Well.CACB27A-P1.IntakePressure size_MPa=0.5
gemelo field heal "gas lock" Well.XBKD47-X2

{"do": "malfunction", "malfunction": "gas lock", "on": "Well.XBKD47-X2", "severity_pct": 80, "ramp_min": 10}
{"do": "heal", "malfunction": "gas lock", "on": "Well.XBKD47-X2"}
```

`on` is an asset, a tag or a device by name, a pattern such as `Well.*`, a wellpad such as `Wellpad.B` for all on it, or
a list of these; what befalls the field as a whole needs none. Units stand in the keys; a time may also be a text, such
as `ramp=2m30s`. All but those that happen at once take `after`, from now until it begins, and `lasts`, after which it
ends by itself; those of which there is more and less take `severity` and `ramp`, the time in which it comes. What is
real hardware cannot be made to fail.

A signature is the row of the table of directions that `tests/plant/process/test_signatures.py` holds a malfunction of
the plant to.

This page is what `gemelo malfunction list --markdown` prints.
"""


@app.command(name="list")
def show_list(
    of: Annotated[str | None, typer.Argument(help="What it befalls: Well, Tank, Instrument …; without, all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")] = False,
) -> None:
    """List every malfunction, by what it befalls."""
    from simulators.fault.row import as_json as plain
    from simulators.fault.table import faults

    rows = [row for row in faults().values() if of in (None, row.acts_on)]
    if not rows:
        raise typer.BadParameter(f"{of} is none of {', '.join(ASSETS)}", param_hint="of")
    if as_json:
        print(json.dumps([plain(row) for row in rows]))
    elif markdown:
        print(page(rows), end="")
    else:
        for row in rows:
            print(f"{row.acts_on:14} {row.name:30} {row.cause['en']}")


def page(rows: list[Fault]) -> str:
    """The page of the documentation."""
    parts = [HEAD]
    for kind, title in ASSETS.items():
        if of_kind := [row for row in rows if row.acts_on == kind]:
            lines = [
                "| name | cause | parameters | comes in | signature |",
                "|---|---|---|---|---|",
                *map(_line, of_kind),
            ]
            parts.append("\n".join((f"## {title} (`{kind}`)", "", *lines, "")))
    return "\n".join(parts)


def _line(row: Fault) -> str:
    moves = row.malfunction.moves if row.malfunction else ()
    told = [f"`{move.parameter}` {SIGNS[move.how]} {move.to:g}" for move in moves] or [*map(_given, row.own)]
    return f"| {row.name} | {row.cause['en']} | {', '.join(told)} | {_comes(row)} | {row.signature or ''} |"


def _given(parameter: Parameter) -> str:
    span = f", one of {', '.join(parameter.choices)}" if parameter.choices else ""
    usual = "" if parameter.default is None else f" ({_default(parameter)})"
    return f"`{parameter.name}`{usual}: {parameter.says['en']}{span}"


def _default(parameter: Parameter) -> str:
    value = parameter.default
    if isinstance(value, float):
        return f"{100.0 * value:g} %" if parameter.of == "fraction" else f"{value:g}"
    return str(value)


def _comes(row: Fault) -> str:
    return f"{_time(row.ramp)}, lasts {_time(row.lasts)}" if row.lasts else _time(row.ramp)


SIGNS = {"scale": "×", "add": "+", "set": "→", "switch": "="}


def _time(seconds: float) -> str:
    for name, size in (("d", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= size:
            return f"{seconds / size:g} {name}"
    return f"{seconds:g} s" if seconds else "no time"
