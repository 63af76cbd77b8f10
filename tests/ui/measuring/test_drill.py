"""The bench of drills."""

import json
import subprocess
import sys
from pathlib import Path

from tests.limit import HANGS


def test_its_shortest_form_has_every_figure_and_its_peer() -> None:
    """Run as a person runs it; one drill is played whatever the time."""
    program = Path(sys.executable).with_name("gemelo")
    ended = subprocess.run(
        [program, "bench", "drill", "--seconds", "1", "--json"], capture_output=True, text=True, timeout=HANGS
    )
    assert ended.returncode == 0, ended.stderr
    measured = json.loads(ended.stdout)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert (measured["bench"], measured["figures"]["played"]) == ("drill", 1)
    assert measured["figures"]["ranked_pct"] == 100.0
    assert measured["figures"]["snapshot_ms"] > 0
    assert measured["ratios"]["headless_over_plant_alone"] > 0
