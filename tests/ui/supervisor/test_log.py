"""Logs are put aside when they are long, and a few old ones are kept."""

from pathlib import Path

from ui.supervisor.log import last_line, rotate


def test_a_short_log_is_left_alone(tmp_path: Path) -> None:
    """The limit is inclusive."""
    log = tmp_path / "a.log"
    log.write_text("12345")
    rotate(log, size=5)
    assert [path.name for path in tmp_path.iterdir()] == ["a.log"]


def test_three_older_logs_are_kept_newest_first(tmp_path: Path) -> None:
    """Five logs, one after the other: the first is gone, the last is being written."""
    log = tmp_path / "a.log"
    for text in ("one", "two", "three", "four", "five"):
        log.write_text(text)
        rotate(log, size=1)
    assert log.read_text() == ""
    assert [(tmp_path / f"a.log.{age}").read_text() for age in (1, 2, 3)] == ["five", "four", "three"]
    assert not (tmp_path / "a.log.4").exists()


def test_last_words_are_the_last_line_that_is_not_blank(tmp_path: Path) -> None:
    """As an error ends with a line feed, and some with several."""
    log = tmp_path / "a.log"
    log.write_text("Traceback\n  File x\nValueError: no such pump\n\n")
    assert last_line(log) == "ValueError: no such pump"
    log.write_text("")
    assert last_line(log) == ""


def test_whoever_writes_a_log_goes_on_in_it_after_it_was_put_aside(tmp_path: Path) -> None:
    """As a child does, whose output was opened to append."""
    log = tmp_path / "a.log"
    with log.open("a") as writer:
        print("before", file=writer, flush=True)
        rotate(log, size=1)
        print("after", file=writer, flush=True)
    assert (tmp_path / "a.log.1").read_text() == "before\n"
    assert log.read_text() == "after\n"
