"""The bench of the whole field."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.limit import HANGS
from ui.measuring.endtoend import Windows
from ui.measuring.wire import Sightings
from ui.supervisor.program import PROGRAMS

FIGURES = {"path_p99_s", "setpoint_p99_s", "cpu_cores", "rss_mb", "cpu_cores_by_process", "rss_mb_by_process"}
FIGURES |= {"first_paint_s", "session_mb"}


def test_its_shortest_form_gives_the_same_keys_and_nothing_else_on_standard_output(require_peer) -> None:
    """Run as a person runs it; the keys are those that the targets are given for."""
    require_peer("chromium")
    program = Path(sys.executable).with_name("gemelo")
    command = [program, "bench", "endtoend", "--seconds", "1", "--json"]
    ended = subprocess.run(command, capture_output=True, timeout=HANGS)
    assert ended.returncode == 0, ended.stderr
    measured = json.loads(ended.stdout)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert set(measured["figures"]) >= FIGURES
    assert set(measured["figures"]["cpu_cores_by_process"]) >= {program.name for program in PROGRAMS}
    assert measured["figures"]["path_samples"] > 0
    assert measured["figures"]["setpoint_samples"] >= 12


def test_a_state_was_made_after_the_last_look_at_which_it_was_not_there() -> None:
    """Looks at 1, 2 and 3 s; the state of 2 s may have been made at any time since 1 s."""
    seen = Sightings()
    for moment, state in ((1.0, (1.0,)), (2.0, (2.0,)), (3.0, (2.0,))):
        seen.see(state, moment)
    assert seen.made((2.0,)) == 1.0
    assert seen.made((3.0,)) is None


@pytest.mark.parametrize("left", [-10.0, 0.0, 20.0, 40.0, 290.0])
def test_windows_fit_into_what_is_left_unless_that_is_less_than_they_need(left: float) -> None:
    """Ten seconds is the least that all three take."""
    windows = Windows.within(left)
    assert windows.footprint + windows.path + windows.setpoint <= max(10.0, left)
    assert min(windows.footprint, windows.path, windows.setpoint) >= 1.0
