"""The plant in a closed loop with a controller that is not ours: another's PID behind another's Modbus server."""

import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hil.loop.closed_loop import ClosedLoop
from hil.loop.loop_file import load_loop
from hil.loop.session import held
from plant.error import ConfigError, DeviceError
from tests.conftest import free_port
from tests.limit import HANGS
from ui.cli.app import app

PRESSURE, VALVE, OIL_VALVE = "Separator.SEP.Pressure", "Separator.SEP.GasValve", "Separator.SEP.OilValve"
LOOP = f"""
title = "A separator's pressure held by a controller under test"
bench = "shengli12"
scan_s = 0.05
speed = 20
lost_after = 3

[controller]
endpoint = "modbus://127.0.0.1:502/1"

[[input]]
tag = "{PRESSURE}"
unit = "bar"
area = "holding"
address = 0
type = "float32"

[[output]]
tag = "{VALVE}"
area = "holding"
address = 2
type = "float32"
safe = 0.9
"""


class Controller:
    """The foreign program, which a test may kill and start again."""

    def __init__(self, setpoint: float):
        self.port, self._setpoint = free_port(), setpoint
        self.endpoint = f"modbus://127.0.0.1:{self.port}/1"
        self.start()

    def start(self) -> None:
        program = Path(__file__).with_name("controller.py")
        command = [sys.executable, program, str(self.port), str(self._setpoint)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "listening\n"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(HANGS)


@pytest.fixture
def controller() -> Iterator[Controller]:
    running = Controller(setpoint=9.4)
    yield running
    running.kill()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "loop.toml").write_text(LOOP)
    return tmp_path / "loop.toml"


def at_scan(acts: dict[int, Callable[[], None]]) -> Callable[[ClosedLoop], None]:
    return lambda loop: acts.pop(loop.beat.scans, lambda: None)()


def test_a_foreign_controller_brings_the_pressure_to_its_setpoint_and_misses_no_scan(controller, file, tmp_path):
    saved = tmp_path / "trace.csv"
    command = ["hil", "loop", str(file), "--endpoint", controller.endpoint, "--seconds", "8", "--save", str(saved)]
    ended = CliRunner().invoke(app, [*command, "--json"])
    assert ended.exit_code == 0, ended.output
    said = json.loads(ended.output)
    assert (said["lost"], said["safe_states"], said["refused"]) == (0, 0, 0)
    assert said["scans"] + said["skipped"] == 160
    rows = [line.split(",") for line in saved.read_text().splitlines()]
    assert rows[0] == ['"at_s"', '"answered"', f'"{PRESSURE}"', f'"{VALVE}"']
    first, last = float(rows[1][2]), float(rows[-1][2])
    assert abs(last - 9.4e5) < 0.5 * abs(first - 9.4e5)  # from where the plant's own control held it


def test_when_the_controller_dies_the_valve_goes_to_its_safe_place_and_when_it_is_back_it_goes_on(controller, file):
    seen: list[float] = []

    def look(loop: ClosedLoop) -> None:
        acts(loop)
        seen.append(loop.trace.of(VALVE)[-1])

    acts = at_scan({20: controller.kill, 40: controller.start})
    loop = held(load_loop(file, controller.endpoint), 4.0, look=look)
    assert loop.beat.safe == 1
    assert 0.9 in seen[20:40]
    assert all(math.isnan(value) or value == 0.9 for value in seen[21:39])
    assert not loop.is_lost
    assert "controller" in loop.trouble


def test_without_a_controller_to_begin_with_nothing_runs(file):
    with pytest.raises(DeviceError, match="controller"):
        held(load_loop(file, f"modbus://127.0.0.1:{free_port()}/1"), 1.0)


def test_all_that_is_wrong_with_a_loop_is_told_at_once(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("""
        title = ""
        scan_s = 0.001
        [controller]
        endpoint = "mqtt://127.0.0.1:1883/x"
        [[input]]
        tag = "Separator.SEP.Colour"
        unit = "furlong"
        [[output]]
        tag = "Separator.SEP.OilValve"
        colour = 3
        """)
    with pytest.raises(ConfigError) as said:
        load_loop(wrong)
    text = str(said.value)
    for rule in ("title", "scan_s", "must speak one of modbus, opcua", "is no signal"):
        assert rule in text
