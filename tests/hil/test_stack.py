"""A stack of one's own: it gives what its users need, and is gone with all it started, however its block ends."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hil.stack import Stack
from historian.client import History
from plant.asset.bench import Bench, Device
from plant.error import ServiceError
from tests.conftest import ended

pytestmark = pytest.mark.anyio
ONE = Bench(
    "shengli12",
    devices=(Device.of("RTU", "well_rtu", "modbus://127.0.0.1:15021/1", {"well": "Well.CACB27A-P1"}),),
)
HOLDER = """
import sys, time
from hil.stack import Stack
from tests.hil.test_stack import ONE
with Stack(ONE) as stack:
    print(stack.folder, *(child["pid"] for child in stack.children().values()), flush=True)
    time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def failing(stack: Stack, pids: list[int]) -> None:
    """Use a stack, and fail."""
    async with stack:
        pids += [child["pid"] for child in stack.children().values()]
        assert all(map(is_alive, pids))
        assert stack.token
        bus = await stack.connect()
        assert (await History(bus).every_sample(["Well.CACB27A-P1.Frequency"], 0, 2**62)).num_columns
        await bus.close()
        raise ZeroDivisionError


async def test_a_block_that_fails_ends_every_process_and_the_folder_of_the_stack() -> None:
    stack, pids = Stack(ONE), []
    with pytest.raises(ZeroDivisionError):
        await failing(stack, pids)
    assert len(pids) == 6
    assert not any(map(is_alive, pids))
    assert not stack.folder.exists()


def test_a_stack_whose_holder_is_killed_ends_by_itself(tmp_path: Path) -> None:
    """SIGKILL, which nobody can hear: the stack sees that its parent is gone."""
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    holding = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(holding, stdout=subprocess.PIPE, text=True, env=environment) as holder:
        assert holder.stdout is not None
        folder, *pids = holder.stdout.readline().split()
        holder.send_signal(signal.SIGKILL)
    left = Stack(ONE, folder=tmp_path / "left")  # for its patience alone
    left.until(lambda: not any(is_alive(int(pid)) for pid in pids))
    left.until(lambda: not (Path(folder) / "data" / "run.json").exists())


def test_a_stack_that_does_not_start_says_what_it_printed_and_leaves_nothing() -> None:
    stack = Stack(ONE, "--speed", "-1")
    with pytest.raises(ServiceError, match=r"the field did not start:\n(.|\n)*--speed"), stack:
        pass
    assert stack.process is None
    assert not stack.folder.exists()


def test_its_ports_are_numbered_from_the_one_it_is_given(tmp_path: Path) -> None:
    stack = Stack(ONE, folder=tmp_path, screens=True, ports_from=21000)
    assert (stack.api_port, stack.screens_port, stack.bus_port) == (21000, 21001, 21002)
    assert stack.bench.device("RTU").endpoint.port == 21004
    assert stack.mqtt_port == 0  # nobody of its bench meets at a broker


def test_a_story_that_is_ended_ends_its_field(tmp_path: Path) -> None:
    """SIGTERM, as a runner of tests sends it: neither a process nor a folder is left."""
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "ui.cli.app", "scenario", "run", "setpoint-step"]
    telling = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert telling.stderr is not None
    assert "to settle" in telling.stderr.readline()  # the field runs
    [run] = tmp_path.glob("gemelo-*/data/run.json")
    pids = [int(part) for part in re.findall(r'"pid": (\d+)', run.read_text())]
    telling.terminate()
    telling.stderr.read()
    assert ended(telling, 60.0) == 143
    assert not any(map(is_alive, pids))
    assert list(tmp_path.glob("gemelo-*")) == []
