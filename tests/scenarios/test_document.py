"""docs/scenarios.md: its example is a story without a mistake, and its tables leave nothing out."""

import re
from pathlib import Path

import pytest

from hil import event, expectation
from scenarios.story import bundled, load_story

TEXT = Path(__file__).parents[2].joinpath("docs", "scenarios.md").read_text(encoding="utf-8")


def test_the_example_is_a_story(tmp_path: Path) -> None:
    file = tmp_path / "example.toml"
    file.write_text(re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)[0], encoding="utf-8")
    assert load_story(file)[0].title == "A pump trips"


@pytest.mark.parametrize("word", [*event.READERS, *expectation.READERS, *bundled()])
def test_the_tables_have_a_row_for_each(word: str) -> None:
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    assert any(f"`{word}`" in row for row in rows)
