"""The pytest plugin as an installed package has it: run from outside, on a simulated drive."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest

from hil.patience import Patience

RUN = [sys.executable, "-m", "ui.cli.app", "hil", "run"]
ROOT = Path(__file__).parents[2]
EXAMPLE = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "hil.md").read_text(), re.DOTALL)[0]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SUITE = """
    import pytest
    from hil.outcome import BenchFault

    def test_what_the_device_does_not_do_is_its_failure(target, ports):
        target.bring_to("comms_up")
        ports.wait_until("Frequency_Hz > 70", within=2)

    def test_what_cannot_be_told_is_inconclusive(target, ports, faults):
        target.bring_to("comms_up")
        faults.inject("dead", on="Well.CACB27A-P1.IntakePressure")
        ports.wait(1)
        ports.wait_until("IntakePressure_MPag > 1", within=2)

    def test_what_the_bench_does_wrong_is_its_error(target):
        raise BenchFault("the relay is stuck")

    def test_nothing_of_a_test_stays(target, ports):
        assert ports.read("IntakePressure_MPag") > 0

    @pytest.mark.needs("restarts_per_hour")
    def test_what_a_target_lacks_is_left_out(target):
        raise AssertionError

    def test_a_stimulus_plays_on_the_targets_time(target, ports, stimulus, capture):
        from hil.access.stimulus import ramp, step

        seen = capture("FrequencyReference", pre_trigger=1.0, trigger="FrequencyReference_Hz > 48")
        start = target.timing.now()
        stimulus(step("FrequencyReference_Hz", 47.0), ramp("FrequencyReference_Hz", 47.0, 52.0, over=10.0, at=5.0))
        assert target.timing.now() - start == pytest.approx(15.0)
        times, values = seen.series("FrequencyReference")
        assert times[0] < 0 < times[-1]
        assert values == sorted(values)
"""


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    suite = folder / "suite_of_ours.py"
    suite.write_text(textwrap.dedent(text))
    command = [*RUN, str(suite), "--out", str(folder / "run"), *options]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=ENVIRONMENT)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suite")
    return folder / "run", run(folder, textwrap.dedent(SUITE) + EXAMPLE)


def test_a_failure_of_the_device_is_told_from_a_fault_of_the_bench_and_from_what_cannot_be_told(done):
    folder, _ = done
    rows = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text().splitlines()]
    outcomes = [row["outcome"] for row in rows]
    assert outcomes == ["fail", "inconclusive", "error", "pass", "skipped", "pass", "pass"], rows
    assert "Frequency 47 Hz" in rows[0]["why"]
    assert rows[4]["why"] == "RTU-CACB27A-P1 lacks restarts_per_hour"


def test_a_run_is_a_folder_with_manifest_junit_wire_captures_and_a_page(done):
    folder, _ = done
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["verdicts"] == {"pass": 3, "skipped": 1, "inconclusive": 1, "fail": 1, "error": 1}
    assert "plant_fault" in manifest["targets"]["RTU-CACB27A-P1"]["features"]
    suite = ElementTree.fromstring((folder / "junit.xml").read_text())
    assert [suite.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["7", "1", "2", "1"]
    wire = [json.loads(line) for line in (folder / "wire.jsonl").read_text().splitlines()]
    assert {"request", "reply"} == {line["way"] for line in wire}
    assert list((folder / "captures").glob("*.parquet"))
    assert "<svg" in (folder / "report.html").read_text()


def test_the_exit_status_says_whether_all_passed(done):
    assert done[1].returncode == 1


def test_wrong_targets_are_told_all_at_once_and_nothing_is_started(tmp_path):
    told = run(tmp_path, "def test_it(target): pass", "--target", "nobody", "--target", "noone")
    assert "no target 'nobody', 'noone'" in told.stdout + told.stderr
    assert told.returncode not in (0, 1)


def test_a_run_of_pytest_that_asks_for_no_bench_imports_none_of_it(tmp_path):
    (tmp_path / "test_it.py").write_text("import sys\ndef test_it(): assert 'hil.target.rig' not in sys.modules")
    command = [sys.executable, "-m", "pytest", "-q", str(tmp_path)]
    assert subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT).returncode == 0


LEFT = """
    import os, pathlib, time

    def test_it(target):
        place = pathlib.Path(os.environ["PLACE"])
        (place / "port").write_text(str(target._places["port"]))
        (place / "pid").write_text(f"{os.getpid()} {target._processes[0]._process.pid}")
        while True:
            time.sleep(1)
"""
SERVER = "import http.server,sys; print('ready', flush=True); " + (
    "http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.BaseHTTPRequestHandler).serve_forever()"
)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running_however_a_run_ends(tmp_path, number):
    (tmp_path / "server.py").write_text(SERVER)
    (tmp_path / "suite_of_ours.py").write_text(textwrap.dedent(LEFT))
    bench = tmp_path / "bench.toml"
    bench.write_text(f"""
        field = "shengli12"
        [[device]]
        name = "D"
        profile = "well_rtu"
        endpoint = "modbus://127.0.0.1:1502/1"
        answers = "real"
        assets = {{ well = "Well.CACB27A-P1" }}
        [[target]]
        name = "t"
        devices = ["D"]
        features = ["start_stop"]
        lock = "{tmp_path.name}-{number}"
        [[target.process]]
        command = ["{sys.executable}", "server.py", "{{port}}"]
        ready = "ready"
        """)
    environment = ENVIRONMENT | {"PLACE": str(tmp_path)}
    command = [*RUN, "suite_of_ours.py", "--bench", str(bench), "--out", str(tmp_path / "run")]
    with (tmp_path / "out").open("w") as out:
        running = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=out, stderr=out)
    patience = Patience(60)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        if running.poll() is not None or patience.is_over():
            raise AssertionError((tmp_path / "out").read_text())
        time.sleep(0.05)
    pids = list(map(int, (tmp_path / "pid").read_text().split()))
    processes = [psutil.Process(pid) for pid in pids]
    running.send_signal(number)
    running.wait(60)
    assert psutil.wait_procs(processes[1:], timeout=30)[1] == []
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int((tmp_path / "port").read_text())))
    from hil.target.lock import Lock

    lock = Lock(f"{tmp_path.name}-{int(number)}")
    lock.take()
    lock.release()
