"""Runs of pytest that hang on purpose, each with short limits: every one ends, and names the test that hung."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

ROOT = Path(__file__).parents[1]
WELL = "def test_well():\n    pass\n"
SHORT = {"timeout": 1, "teardown_limit": 1, "stuck_after": 3, "silence": 1, "session_limit": 60}  # s

IN_CALL = "import threading\ndef test_hung():\n    threading.Event().wait()\n"
IN_TEARDOWN_OF_A_FAILED_TEST = """
import threading, pytest

@pytest.fixture
def endless():
    yield
    threading.Event().wait()

def test_hung(endless):
    assert 1 == 2
"""
IN_TWO_ASYNC_TEARDOWNS = """
import anyio, pytest

@pytest.fixture
async def below():
    yield
    await anyio.sleep_forever()

@pytest.fixture
async def above(below):
    yield
    await anyio.sleep_forever()

@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_hung(above):
    assert 1 == 2
"""
HOLDING_THE_INTERPRETER = """
import ctypes

def test_hung():
    lock = ctypes.create_string_buffer(64)
    for _ in range(2):
        ctypes.PyDLL(None).pthread_mutex_lock(lock)
"""
AT_EXIT = """
import atexit, threading

def test_that_leaves_a_thread():
    atexit.register(threading.Event().wait)
    threading.Thread(target=threading.Event().wait).start()
"""
WITH_A_CHILD = """
import ctypes, subprocess, sys

def test_hung():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    open("child", "w").write(str(child.pid))
    lock = ctypes.create_string_buffer(64)
    for _ in range(2):
        ctypes.PyDLL(None).pthread_mutex_lock(lock)
"""

RUNS: dict[str, tuple[tuple[str, ...], dict[str, float]]] = {  # texts of the files and limits, the longest run first
    "endless": ((IN_CALL, WELL), {"timeout": 0, "stuck_after": 60, "session_limit": 6}),
    "at exit": ((AT_EXIT, WELL), {}),
    "async": ((IN_TWO_ASYNC_TEARDOWNS + WELL, WELL), {}),
    "in C": ((HOLDING_THE_INTERPRETER + WELL, WELL), {}),
    "with a child": ((WITH_A_CHILD, WELL), {}),
    "in a teardown": ((IN_TEARDOWN_OF_A_FAILED_TEST, WELL), {}),
    "in a call": ((IN_CALL, WELL), {}),
}
AT_ONCE = 3  # they wait more than they work


class Ended(NamedTuple):
    """A run that has ended."""

    status: int
    said: str
    took: float  # s
    folder: Path


def run(folder: Path, texts: tuple[str, ...], limits: dict[str, float]) -> Ended:
    """Run pytest on files of these texts with our plugins."""
    for number, text in enumerate(texts):
        (folder / f"test_{number}.py").write_text(text)
    (folder / "pytest.ini").write_text(
        "\n".join(["[pytest]", *(f"{name} = {limit}" for name, limit in (SHORT | limits).items())])
    )
    plugins = ["-p", "tests.side_by_side", "-p", "tests.patience", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-n", "2", "--no-loadscope-reorder", *plugins, str(folder)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(ROOT)
    began = time.monotonic()
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)
    return Ended(ended.returncode, ended.stdout + ended.stderr, time.monotonic() - began, folder)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Ended]]:
    """What came of a run, once it has ended: all are started, some beside each other, when the first is asked for."""
    with ThreadPoolExecutor(AT_ONCE) as starting:
        runs = {name: starting.submit(run, tmp_path_factory.mktemp("run"), *RUNS[name]) for name in RUNS}
        yield lambda name: runs[name].result()


def test_a_test_that_hangs_fails_with_its_name_and_its_last_lines_at_once(ended: Callable[[str], Ended]) -> None:
    status, said, *_ = ended("in a call")
    assert status == 1
    assert said.index("FAILED test_0.py::test_hung (call)") < said.index("= FAILURES =")
    assert "1 failed, 1 passed" in said


def test_the_teardown_of_a_test_that_failed_has_its_limit_too(ended: Callable[[str], Ended]) -> None:
    """pytest-timeout 2.4 cancels its timer once a test has failed (its hook pytest_exception_interact)."""
    status, said, *_ = ended("in a teardown")
    assert status == 1
    assert "FAILED test_0.py::test_hung (teardown)" in said
    assert "1 failed, 1 passed, 1 error" in said


@pytest.mark.parametrize("name", ["async", "in C"])
def test_a_worker_that_stays_stuck_prints_its_stacks_and_ends_and_the_rest_is_run(
    name: str, ended: Callable[[str], Ended]
) -> None:
    """Teardowns of anyio 4 share one task: behind one that hangs the next waits, and pytest-timeout fires only once."""
    status, said, *_ = ended(name)
    assert status == 1
    assert "Timeout (0:00:03)!" in said
    assert "crashed while running 'test_0.py::test_hung" in said
    assert "2 passed" in said
    assert len(re.findall("replacing crashed worker", said)) == 1


def test_what_a_stuck_worker_had_started_is_ended(ended: Callable[[str], Ended]) -> None:
    _, said, _, folder = ended("with a child")
    child = int((folder / "child").read_text())
    assert re.search(rf"ended what gw[01] had left: {child} ", said), said
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_a_worker_that_cannot_exit_does_not_hold_up_the_end(ended: Callable[[str], Ended]) -> None:
    status, said, took, _ = ended("at exit")
    assert (status, "2 passed" in said) == (0, True)
    assert took < 60


def test_silence_is_broken_by_what_is_running_and_the_whole_run_has_a_limit(ended: Callable[[str], Ended]) -> None:
    status, said, *_ = ended("endless")
    assert status == 2
    assert re.search(r"running: test_0.py::test_hung on gw[01] for \d+ s", said)
    assert "the tests take longer than 6 s" in said
    assert "1 passed" in said
