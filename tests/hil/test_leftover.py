"""What a killed supervisor left behind is ended, and nothing else is."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from hil.leftover import end_leftovers, started_at
from tests.limit import HANGS


@pytest.fixture
def left() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that waits."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate(timeout=HANGS)


def run_of(pid: int, started: float) -> dict[str, object]:
    return {"children": {"bus": {"pid": pid, "started": started, "restarts": 0}}}


def test_a_process_of_the_former_run_is_ended(left: "subprocess.Popen[bytes]") -> None:
    """Recognised by number and start time."""
    assert end_leftovers(run_of(left.pid, started_at(left.pid))) == ["bus"]
    assert started_at(left.pid) == 0


def test_another_process_that_got_the_same_number_is_left_alone(left: "subprocess.Popen[bytes]") -> None:
    """Process numbers are used again; the start time tells them apart."""
    assert end_leftovers(run_of(left.pid, started_at(left.pid) - 100)) == []
    assert left.poll() is None


def test_one_that_has_ended_and_was_not_waited_for_is_nothing_that_is_left(left: "subprocess.Popen[bytes]") -> None:
    """It keeps its number until its parent, or who took its place, asks how it ended."""
    started = started_at(left.pid)
    left.kill()
    while psutil.Process(left.pid).status() != psutil.STATUS_ZOMBIE:
        pass
    assert end_leftovers(run_of(left.pid, started)) == []


def test_nothing_is_left_where_nothing_ran() -> None:
    """No run.json, or one written while a child was starting."""
    assert end_leftovers(None) == []
    assert end_leftovers(run_of(0, 0.0)) == []
