"""The bench of the plant."""

import json
import subprocess
import sys
from pathlib import Path

from tests.limit import HANGS


def test_its_shortest_form_has_every_figure_and_its_peer_and_nothing_else_is_on_standard_output() -> None:
    """Run as a person runs it."""
    program = Path(sys.executable).with_name("gemelo")
    ended = subprocess.run(
        [program, "bench", "physics", "--seconds", "1", "--json"], capture_output=True, text=True, timeout=HANGS
    )
    assert ended.returncode == 0, ended.stderr
    measured = json.loads(ended.stdout)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert measured["bench"] == "physics"
    assert measured["figures"]["well_steps_per_s_1000"] > 0
    assert measured["peers"]["numpy_rk4_three_state_1000"] > 0
    assert measured["ratios"]["well_over_three_state_1000"] > 0
    assert measured["figures"]["closure_hours"] > 0
    assert measured["figures"]["closure"] < 1e-9
    # a trip and a restart, on every channel within a thousandth of its range of a run in a tenth of every step
    assert len(measured["figures"]["trip_error"]) == 10
    assert max(measured["figures"]["trip_error"].values()) < 1e-3
