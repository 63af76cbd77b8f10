"""Tables and numbers as a terminal shows them."""

from ui.cli.text import age, columns, number


def test_numbers_stand_right_and_words_stand_left() -> None:
    """Drawn by hand; a column is as wide as its widest cell, and no line ends in blanks."""
    drawn = columns(("tag", "value", "unit"), [("a", 1.5, "Hz"), ("bb", 12345.678, "")])
    assert drawn.splitlines() == ["tag    value  unit", "a        1.5  Hz", "bb   12345.7"]


def test_a_table_without_rows_is_its_head() -> None:
    """Nothing to align."""
    assert columns(("a", "b"), []) == "a  b"


def test_a_value_that_is_not_there_is_a_dash() -> None:
    """As the API says null."""
    assert number(None) == "-"
    assert age(None) == "-"


def test_ages_are_told_in_the_largest_unit_that_fits() -> None:
    """Boundaries of the table."""
    assert [age(s) for s in (0.25, 59.0, 60.0, 3600.0, 86_400.0)] == ["0.2 s", "59.0 s", "1.0 min", "1.0 h", "1.0 d"]
