"""``gemelo study``: what would be, on the field that runs or on a field's file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from plant.error import OutOfRange, ServiceError
from ui.cli.option import DATA, Data, Json, Url
from ui.cli.text import columns

app = typer.Typer(help="Ask what would be: studies on a model.", no_args_is_help=True, rich_markup_mode=None)

Source = Annotated[
    str | None, typer.Option(help="A field, bundled or a file, in place of the one that runs: as it was measured.")
]
Unit = Annotated[list[str], typer.Option(help="Unit for its quantity, as psig or bpd; may be given again.")]
Set = Annotated[
    list[str], typer.Option("--set", metavar="TAG=VALUE", help="As Well.*.FrequencyReference=52Hz; may be given again.")
]

POINT = ("rate", "bottomhole", "intake", "discharge", "current", "power")  # of nodal analysis, shown
COLUMNS = ("Flow", "IntakePressure", "Current")  # of each well, in the overview


@app.command("what-if")
def what_if(
    changes: Set,
    field: Source = None, data: Data = DATA, url: Url = None, unit: Unit = [],  # noqa: B006
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print every row as CSV.")] = False,
) -> None:  # fmt: skip
    """Say where the field would settle with other setpoints: before, after, difference, and limits crossed."""
    if field is None:
        from ui.cli.client import Api

        told = Api.of(data, url).post("/studies/what-if", {"set": changes, "units": unit})
    else:
        told = _of_file(field, changes, unit)
    if as_json:
        print(json.dumps(told))
    elif as_csv:
        from scenarios.study.report import as_csv as table

        print(table(told), end="")
    else:
        print(shown(told))


@app.command()
def nodal(
    well: Annotated[str, typer.Argument(help="Code of a well with a pump, as CACB27A-P1.")],
    vary: Annotated[
        list[str], typer.Option(metavar="NAME=LOW:HIGH:STEP", help="As FrequencyReference=40:60:5; up to three times.")
    ] = [],  # noqa: B006
    changes: Set = [],  # noqa: B006
    field: Source = None,
    data: Data = DATA,
    url: Url = None,
    unit: Unit = [],  # noqa: B006
    plot: Annotated[Path | None, typer.Option(help="Write curves and points there (HTML, one file).")] = None,
    language: Annotated[str, typer.Option(help="Of the page: en or es.")] = "en",
    as_json: Json = False,
) -> None:
    """Show where a well can work: where its inflow meets what pump, tubing and choke take, stable or not."""
    code = well.removeprefix("Well.")
    if field is None:
        from ui.cli.client import Api

        told = Api.of(data, url).post("/studies/nodal", {"well": code, "vary": vary, "set": changes, "units": unit})
    else:
        told = _nodal_of_file(field, code, vary, changes, unit)
    if plot is not None:
        _write_page(told, plot, language)
    if as_json:
        print(json.dumps(told))
    else:
        print(_points(told))


def _nodal_of_file(source: str, well: str, vary: list[str], changes: list[str], units: list[str]) -> dict[str, Any]:
    from plant.asset.field_file import load_field
    from scenarios.study.nodal_answer import nodal_answer

    return nodal_answer(load_field(source), None, well, vary, changes, units)


def _write_page(told: dict[str, Any], file: Path, language: str) -> None:
    try:
        from scenarios.study.nodal_page import WORDS, page
    except ModuleNotFoundError as error:
        raise ServiceError(f"a page of curves needs {error.name}: install gemelo[screens]") from None
    if language not in WORDS:
        raise OutOfRange("--language", language, f"must be one of {', '.join(WORDS)}")
    try:
        file.write_text(page(told, language), encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{file} cannot be written: {error.strerror}") from None


def _points(told: dict[str, Any]) -> str:
    names = [one["name"] for one in told["cases"][0]["varied"]]
    head = (*names, "point", *(f"{key} {told['units'][key]}" for key in POINT))
    rows: list[tuple[object, ...]] = []
    for case in told["cases"]:
        values = [float(one["value"]) for one in case["varied"]]
        rows += [
            (*values, "stable" if p["stable"] else "unstable", *(float(f"{p[key]:.5g}") for key in POINT))
            for p in case["points"]
        ] or [(*values, "none: it does not flow", *(None for _ in POINT))]
    return columns(head, rows)


def _of_file(source: str, changes: list[str], units: list[str]) -> dict[str, Any]:
    from control.alarms.table import alarm_file, load_alarms
    from plant.asset.field_file import load_field
    from plant.asset.tag import tags_of
    from plant.unit import units_asked
    from scenarios.study.change import changes_of
    from scenarios.study.report import as_json
    from scenarios.study.what_if import what_if as answered

    field = load_field(source)
    tags = tags_of(field.assets())
    return as_json(
        answered(field, changes_of(changes, tags), load_alarms(alarm_file(source), tags).rules), units_asked(units)
    )


def shown(told: dict[str, Any]) -> str:
    """Wells in a table, the station in another, then limits and notes."""
    rows = {row["tag"]: row for row in told["rows"]}
    wells = list(dict.fromkeys(tag.rpartition(".")[0] for tag in rows if tag.startswith("Well.")))
    first = [rows[f"{wells[0]}.{name}"] for name in COLUMNS]
    head = [cell for name, row in zip(COLUMNS, first, strict=True) for cell in (f"{name} {row['unit']}", "after", "±")]
    lines = [[well, *(cell for name in COLUMNS for cell in _cells(rows[f"{well}.{name}"]))] for well in wells]
    others = [row for tag, row in rows.items() if not tag.startswith("Well.")]
    parts = [
        columns(("well", *head), lines),
        columns(("station", "before", "after", "±", "unit"), [(r["tag"], *_cells(r), r["unit"]) for r in others]),
        _limits(told["limits"]),
        "\n".join(told["notes"]),
        "" if told["converged"] else "not settled within its tolerance: the numbers are the best found",
    ]
    return "\n\n".join(filter(None, parts))


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    """Before, after and the difference: of what is measured where that is known, else of the model."""
    if row["measured"] is not None and row["expected"] is not None:
        before, after = row["measured"], row["expected"]
    else:
        before, after = row["before"], row["after"]
    return tuple(None if x is None else float(f"{x:.4g}") for x in (before, after, row["difference"]))


def _limits(limits: list[dict[str, Any]]) -> str:
    if not limits:
        return "no limit is crossed"
    rows = [
        (one["priority"], "crossed" if one["is_new"] else "stands", one["tag"], one["kind"], one["limit"],
         one["value"], one["unit"], one["messages"].get("en", ""))
        for one in limits
    ]  # fmt: skip
    return columns(("priority", "limit", "tag", "kind", "limit", "would be", "unit", "message"), rows)
