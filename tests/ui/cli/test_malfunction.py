"""``gemelo malfunction``: the table is told as it is, and its page in the documentation is the one it prints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulators.fault.table import faults
from ui.cli.app import app

PAGE = Path(__file__).parents[3].joinpath("docs", "malfunctions.md")


def told(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["malfunction", "list", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_page_of_the_documentation_is_what_the_command_prints() -> None:
    assert told("--markdown") == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["Well", "Separator", "Field"])
def test_the_malfunctions_of_one_type_of_asset_are_listed(kind: str) -> None:
    names = [name for of, name in faults() if of == kind]
    assert [line[15:].split("  ")[0].strip() for line in told(kind).splitlines()] == names


def test_programs_get_all_of_it() -> None:
    assert len(json.loads(told("--json"))) == len(faults())


def test_what_is_no_type_of_asset_is_refused() -> None:
    result = CliRunner().invoke(app, ["malfunction", "list", "Wall"])
    assert result.exit_code == 2
