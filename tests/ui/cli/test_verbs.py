"""Every verb of the command line has its row: what it takes."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from control.access.role import table
from ui.api.app import DOORS
from ui.cli import app

ROWS: dict[str, str] = tomllib.loads(Path(app.__file__).with_name("verbs.toml").read_text(encoding="utf-8"))
OTHERS = ("local", "open", "anyone")


def verbs(group: Any, before: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from verbs(command, (*before, name))
        else:
            yield " ".join((*before, name))


def test_every_verb_has_its_row_and_every_row_its_verb() -> None:
    assert set(ROWS) == set(verbs(typer.main.get_command(app.app)))


@pytest.mark.parametrize("permission", sorted(set(ROWS.values()) - set(OTHERS)))
def test_what_a_verb_takes_is_a_permission_that_the_api_asks_for(permission: str) -> None:
    assert permission in table().permissions
    assert permission in {row.permission for row in DOORS.rows}


def test_what_drives_a_simulated_field_is_for_no_operator() -> None:
    driving = {verb for verb, permission in ROWS.items() if permission in ("field.drive", "truth.read")}
    of_trainers = {f"drill {verb}" for verb in ("start", "stop", "status", "message")}
    assert driving == {verb for verb in ROWS if verb.startswith("field ") and ROWS[verb] != "local"} | of_trainers
