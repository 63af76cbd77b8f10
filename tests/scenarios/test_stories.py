"""Every bundled story through the whole stack: devices on the wire, acquisition, alarms, commands, historian."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nats.errors
import pytest
from rich.console import Console

from control.bus.connection import Bus
from control.bus.keyring import Ring
from control.bus.server import KEYS
from hil.stack import Stack
from scenarios import report
from scenarios.run import Run, run_story
from scenarios.story import load_story
from tests.limit import HANGS
from tests.place import DEMO
from ui.cli.scenario import field_stack

SPEED = 40.0  # what takes one core of a machine of two; with half a core the field is slower, and tells the same
# The last leaves most wells standing; the others bring back what they took.
STORIES = ("setpoint-step", "esp-trip", "frozen-sensor", "device-lost", "power-dip")

FAILING = """
title = "A story that cannot end well"
length = "20s"
[[event]]
name = "nudge"
at = "2s"
do = "set"
tag = "Well.CACB27A-P1.FrequencyReference"
to_Hz = 48
[[expect]]
that = "band"
tag = "Well.CACB27A-P1.FrequencyReference"
low_Hz = 47.9
after = "nudge"
within = "10s"
[[expect]]
that = "change"
tag = "Well.CACB27A-P1.IntakePressure"
by_MPa = 5
after = "nudge"
within = "10s"
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A field on plant time that all stories are told to, one after the other."""
    with field_stack("shengli12", SPEED, seed=0, folder=tmp_path_factory.mktemp("field")) as stack:
        yield stack


async def told(story: str | Path, stack: Stack) -> Run:
    """The story, told to the stack."""
    timeline, _, bench = load_story(story, stack.bench.path)
    return await run_story(timeline, bench, stack.bus_url, key=stack.key)


@pytest.mark.anyio
@pytest.mark.parametrize("story", STORIES)
async def test_the_story_goes_as_written(story: str, stack: Stack) -> None:
    run = await told(story, stack)
    report.show(run, Console(width=200))
    assert run.passed, report.headline(run)


@pytest.mark.anyio
async def test_nothing_in_the_stack_listens_to_the_truth(stack: Stack) -> None:
    field = Ring.read(stack.data / "bus" / KEYS).key(DEMO, "field")  # who alone may say it
    bus = await Bus.connect(stack.bus_url, DEMO, key=field)
    try:
        with pytest.raises(nats.errors.NoRespondersError):  # the server knows of no subscriber
            await bus.client.request(bus.subjects.truth(), b"{}", timeout=5)
    finally:
        await bus.close()


def test_the_command_fails_with_a_story_that_fails_and_says_of_what(tmp_path: Path, stack: Stack) -> None:
    """Told to the field that runs."""
    story, page = tmp_path / "failing.toml", tmp_path / "report.html"
    story.write_text(FAILING, encoding="utf-8")
    command = [sys.executable, "-m", "ui.cli.app", "scenario", "run", str(story), "--json", "--report", str(page)]
    command += ["--running", "--data", str(stack.data)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=HANGS)
    assert ended.returncode == 1, ended.stderr
    said = json.loads(ended.stdout)
    assert [row["passed"] for row in said["rows"]] == [True, False, True]
    assert "A story that cannot end well: failed, 1 of 3 expectations" in page.read_text(encoding="utf-8")


def test_a_wrong_story_is_told_in_one_go_and_nothing_starts(tmp_path: Path) -> None:
    story = tmp_path / "wrong.toml"
    story.write_text('length = "long"\n[[event]]\nat = "1s"\ndo = "dance"\n', encoding="utf-8")
    command = [sys.executable, "-m", "ui.cli.app", "scenario", "run", str(story)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=HANGS)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert all(key in ended.stderr for key in ("title", "length", "event[0].do", "expect"))
