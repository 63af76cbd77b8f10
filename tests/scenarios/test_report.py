import io

from rich.console import Console

from scenarios.report import as_json, show
from scenarios.run import Run


def test_the_table_says_what_was_expected_what_was_seen_and_by_how_much_it_passed(made_up_run: Run) -> None:
    console = Console(file=io.StringIO(), width=200)
    show(made_up_run, console)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    first = next(line for line in lines if line.startswith("pass  Well.A-1.IntakePressure is 4 … 6 MPa(g)"))
    assert "from 0s to 2m" in first
    assert "121 samples" in first
    assert any(line.startswith("FAIL  Well.A-1.IntakePressure is at least 9 MPa(g)") for line in lines)
    assert lines[-1] == "A made-up <run>: failed, 1 of 5 expectations (5m of plant time)"


def test_the_object_has_a_row_for_each_expectation_and_the_time_of_each_event(made_up_run: Run) -> None:
    said = as_json(made_up_run)
    assert said["passed"] is False
    assert [row["passed"] for row in said["rows"]] == [True, False, True, True, True]
    assert said["events"] == [{"name": "trip", "at_s": 60.0, "time_s": 60.4, "outcome": "done", "detail": ""}]
