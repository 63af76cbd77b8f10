from pathlib import Path

import numpy as np
import pytest

from control.bus.quality import BAD_COMMUNICATION, GOOD
from hil.record import AlarmChange, Occurrence, Record, Series
from hil.scope import Scope
from hil.timeline import load_timeline
from hil.verdict import judge
from plant.asset.tag import tags_of
from scenarios.run import Run
from simulators.fault.target import Targets

WELLS = ["Well.A-1", "Well.B-2"]
STORY = """
title = "A made-up <run>"
length = "5m"
trends = ["Well.*.Frequency"]
[[event]]
name = "trip"
at = "1m"
do = "malfunction"
malfunction = "trip"
on = "Well.A-1"
[[expect]]
that = "band"
tag = "Well.A-1.IntakePressure"
low_MPag = 4
high_MPag = 6
during = ["0s", "2m"]
[[expect]]
that = "band"
tag = "Well.A-1.IntakePressure"
low_MPag = 9
after = "trip"
within = "1m"
[[expect]]
that = "state"
tag = "Well.A-1.RunState"
is = "Tripped"
after = "trip"
within = "10s"
[[expect]]
that = "quality"
tag = "Well.A-1.Flow"
is = "Bad"
within = "3m"
"""


@pytest.fixture
def made_up_run(tmp_path: Path) -> Run:
    """A run of two wells that nobody ran: one expectation of it fails."""
    file = tmp_path / "made-up.toml"
    file.write_text(STORY, encoding="utf-8")
    timeline = load_timeline(file, Scope(tags_of(WELLS), {"RTU-A": ()}, Targets.named(WELLS, {"RTU-A": "modbus"})))
    time = np.arange(-60.0, 301.0)
    good = np.full(len(time), GOOD, dtype=np.uint32)
    bad = np.where((time > 150) & (time < 200), BAD_COMMUNICATION, GOOD).astype(np.uint32)
    series = {
        "Well.A-1.IntakePressure": Series(time, 5.1e6 + 2e5 * np.sin(time / 20), good),
        "Well.A-1.RunState": Series(time, np.where(time < 62, 2.0, 3.0), good),
        "Well.A-1.Flow": Series(time, 1e-3 + 1e-4 * np.cos(time / 30), bad),
        "Well.A-1.Frequency": Series(time, np.where(time < 61, 45.0, 0.0), good),
        "Well.B-2.Frequency": Series(time, np.full(len(time), 40.0), good),
    }
    alarms = [AlarmChange(70.0, "Well.A-1.IntakePressure", "high", is_raised=True, is_cleared=False)]
    record = Record(series, alarms, [Occurrence(timeline.events[0], 60.4, "done")], 300.0)
    return Run(timeline, 0, record, tuple(judge(timeline, record)))
