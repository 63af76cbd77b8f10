"""What is tethered ends with its parent, with real processes."""

import subprocess
import sys

import psutil
import pytest

from tests.limit import HANGS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")

PARENT = """
import os, subprocess, sys
child = [sys.executable, "-m", "control.bus.tether", str(os.getpid()), sys.executable, "-c", sys.argv[1]]
print(subprocess.Popen(child).pid, flush=True)
input()
"""


def test_a_foreign_program_ends_when_its_parent_is_killed() -> None:
    """kill -9, of which a parent can tell nobody; the program is told to end, as by hand."""
    forever = "import signal; signal.pause()"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, forever], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    assert child.is_running()
    parent.kill()
    parent.communicate()
    psutil.wait_procs([child], timeout=HANGS)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_program_whose_parent_has_ended_before_it_was_held_ends_at_once() -> None:
    """Its parent is another process than it was told."""
    held = [sys.executable, "-m", "control.bus.tether", "1", sys.executable, "-c", "print('on')"]
    assert subprocess.run(held, capture_output=True, timeout=HANGS).stdout == b""
