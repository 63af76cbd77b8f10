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
