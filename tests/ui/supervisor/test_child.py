"""A child's life, with real processes."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.supervisor.child import Child
from ui.supervisor.sign import Beat
from ui.supervisor.watch import Watch

pytestmark = pytest.mark.anyio

FOREVER = "import signal; print('here', flush=True); signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); signal.pause()"
BEATS = """
import time
from control.bus.lifeline import Lifeline
life = Lifeline.inherited()
print("here", flush=True)
while True:
    life.beat()
    time.sleep(0.05)
"""
WRITES = "import time; print('x' * 99, flush=True); time.sleep(999)"
BROKEN = "import sys; sys.exit('the disk is on fire')"


class Witness:
    """A child, what it said, and a way to wait for its next process."""

    def __init__(self, script: str, folder: Path, delays: tuple[float, ...] = (0.0,), **watched: Any):
        self.said: list[str] = []
        self.processes: asyncio.Queue[None] = asyncio.Queue()
        self.log = folder / "child.log"
        self.child = Child(
            "child", [sys.executable, "-c", script], os.environ, self.log, self.said.append,
            lambda: self.processes.put_nowait(None), delays, **watched,
        )  # fmt: skip

    async def heard(self, lines: int) -> None:
        """Return once its processes have printed so many lines in all."""
        while self.log.read_text().count("here") < lines:
            await asyncio.sleep(0)


async def test_a_killed_child_returns_at_once_as_another_process(tmp_path: Path) -> None:
    """Established by kill -9: the process number differs, and the end is told with its signal."""
    witness = Witness(FOREVER, tmp_path)
    await witness.child.start()
    await witness.processes.get()
    first = witness.child.pid
    os.kill(first, signal.SIGKILL)
    await witness.processes.get()
    assert witness.child.pid not in (0, first)
    assert witness.child.restarts == 1
    assert witness.said == ["child ended (signal 9); starting it again"]
    await witness.child.stop(10)


async def test_a_stopped_child_stays_stopped(tmp_path: Path) -> None:
    """Established by SIGTERM: it ends by itself and no other process follows."""
    witness = Witness(FOREVER, tmp_path)
    await witness.child.start()
    assert await witness.child.stop(10)
    assert witness.child.pid == 0
    assert witness.child.restarts == 0
    assert witness.said == []


async def test_a_child_deaf_to_sigterm_is_killed(tmp_path: Path) -> None:
    """Established by a process that ignores SIGTERM."""
    witness = Witness(DEAF, tmp_path)
    await witness.child.start()
    await witness.heard(1)
    assert not await witness.child.stop(0.05)
    assert witness.child.pid == 0


async def test_a_child_that_fails_at_once_is_told_with_its_last_words_and_tried_ever_later(tmp_path: Path) -> None:
    """The delays are those given, the last one for good."""
    witness = Witness(BROKEN, tmp_path, delays=(0.0, 0.01, 0.02))
    await witness.child.start()
    for _ in range(5):
        await witness.processes.get()
    await witness.child.stop(10)
    again = "child ended (status 1: the disk is on fire); starting it again"
    assert witness.said[:4] == [again, f"{again} in 0.01 s", f"{again} in 0.02 s", f"{again} in 0.02 s"]


async def test_ctrl_c_on_the_terminal_does_not_reach_a_child(tmp_path: Path) -> None:
    """A child stands in a session of its own, so the terminal's signals go to the supervisor alone."""
    witness = Witness(FOREVER, tmp_path)
    await witness.child.start()
    assert os.getsid(witness.child.pid) == witness.child.pid
    assert os.getpgid(witness.child.pid) != os.getpgrp()
    await witness.child.stop(10)


async def test_a_frozen_child_is_killed_named_and_started_again(tmp_path: Path) -> None:
    """SIGSTOP: it has not ended, and shows no sign of life."""
    witness = Witness(BEATS, tmp_path, sign=Beat(), watch=lambda now: Watch(now, silence=1.0))
    await witness.child.start()
    await witness.processes.get()
    await witness.heard(1)
    while not witness.said:
        os.kill(witness.child.pid, signal.SIGSTOP)
        await asyncio.sleep(0.1)
    await witness.processes.get()
    await witness.heard(2)
    assert re.fullmatch(r"child ended \(no sign of life for \d+ s: killed\); starting it again", witness.said[0])
    assert witness.child.ended.startswith("no sign of life")
    await witness.child.stop(10)


async def test_a_child_that_shows_itself_is_left_alone(tmp_path: Path) -> None:
    """Through several times its patience, counted in looks."""
    looks: list[float] = []

    class Counting(Watch):
        def look(self, now: float, seen: bool, late: float = 0.0) -> None:
            super().look(now, seen, late)
            looks.append(now)

    witness = Witness(BEATS, tmp_path, sign=Beat(), watch=lambda now: Counting(now, silence=1.0))
    await witness.child.start()
    while len(looks) < 3:
        await asyncio.sleep(0.05)
    assert witness.said == []
    await witness.child.stop(10)


async def test_a_log_that_grows_long_is_put_aside_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process goes on in the same file."""
    monkeypatch.setattr("ui.supervisor.log.SIZE", 50)
    witness = Witness(WRITES, tmp_path)
    await witness.child.start()
    while not (aside := tmp_path / "child.log.1").exists():
        await asyncio.sleep(0.05)
    assert aside.read_text().startswith("x" * 99)
    assert witness.child.restarts == 0
    await witness.child.stop(10)


async def test_a_child_is_renewed_with_its_reason(tmp_path: Path) -> None:
    """It ends as when it is told to stop, and another follows."""
    witness = Witness(FOREVER, tmp_path)
    await witness.child.start()
    await witness.processes.get()
    first = witness.child.pid
    witness.child.renew("the disk was full")
    await witness.processes.get()
    assert witness.child.pid not in (0, first)
    assert witness.said == ["child ended (the disk was full); starting it again"]
    await witness.child.stop(10)
