"""The tables of tests that start whole fields, and of others that take long."""

from pathlib import Path

from tests.side_by_side import LONG, WHOLE_FIELDS

ROOT = Path(__file__).parents[1]
SIGNS = ("stack import Stack", "new_stack", "scenario import field_stack", '"bench", "endtoend"')


def test_every_file_that_starts_whole_fields_is_in_the_table() -> None:
    """One left out would start its field beside another."""
    tests = [file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__)]
    starting = {str(f.relative_to(ROOT)) for f in tests if any(sign in f.read_text("utf-8") for sign in SIGNS)}
    assert starting == set(WHOLE_FIELDS)


def test_every_file_that_is_said_to_take_long_exists() -> None:
    """One that was moved would come where it falls."""
    assert [file for file in LONG if not (ROOT / file).is_file()] == []
