"""How patience counts, by its own statement."""

import time

import psutil
import pytest

from hil import patience
from hil.patience import Patience


@pytest.fixture
def machine(monkeypatch):
    """A machine that idles, or not, as the test says: ``machine(passed, idle)`` in seconds."""
    at = {"now": 100.0, "idle": 50.0}
    monkeypatch.setattr(time, "monotonic", lambda: at["now"])
    monkeypatch.setattr(patience, "_idle", lambda: at["idle"])

    def passes(passed: float, idle: float) -> None:
        at["now"] += passed
        at["idle"] += idle

    return passes


def test_on_an_idle_machine_it_ends_when_its_seconds_have_passed(machine):
    waiting = Patience(60.0)
    machine(59.0, 59.0)
    assert not waiting.is_over()
    machine(2.0, 2.0)
    assert waiting.is_over()


def test_time_that_others_had_the_machine_counts_a_tenth(machine):
    waiting = Patience(60.0)
    machine(590.0, 0.0)
    assert not waiting.is_over()
    machine(20.0, 0.0)
    assert waiting.is_over()


def test_it_reads_the_idle_time_of_the_machine_there_is():
    before = psutil.cpu_times().idle / psutil.cpu_count()
    assert before - 1.0 <= patience._idle() <= before + 60.0
