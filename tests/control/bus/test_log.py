"""The log of a service."""

import logging
import re
from collections.abc import Iterator

import pytest

from control.bus import log


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Other tests of this process find the log as it was."""
    logger = logging.getLogger("gemelo")
    handlers, propagate = list(logger.handlers), logger.propagate
    yield
    logger.handlers[:], logger.propagate = handlers, propagate


def test_an_event_is_one_line_whatever_its_facts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """Logfmt, as log collectors read it."""
    log.to_standard_error()
    log.warning("device", name="RTU-1", error='said "no"\nand left')
    line = capsys.readouterr().err
    assert re.fullmatch(r'time=\S+Z level=warning event=device name=RTU-1 error="said \\"no\\"\\nand left"\n', line)


def test_a_failure_carries_its_traceback_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    """So that it is found with its event."""
    log.to_standard_error()
    try:
        raise ValueError("broken promise")
    except ValueError:
        log.failure("link", device="RTU-1")
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "ValueError: broken promise" in line


def test_an_event_that_repeats_without_end_is_written_so_often_and_then_counted() -> None:
    """Two lines in ten seconds; another event is not held back by it."""
    now = [0.0]
    bound = log.Bound(2, 10.0, lambda: now[0])

    def written(event: str) -> bool:
        return bound.filter(record := logging.makeLogRecord({"msg": event})) and not hasattr(record, "facts")

    assert [written("socket") for _ in range(5)] == [True, True, False, False, False]
    assert written("other")
    now[0] = 10.0
    record = logging.makeLogRecord({"msg": "socket"})
    assert bound.filter(record)
    assert record.facts == {"left_out_before": 3}
