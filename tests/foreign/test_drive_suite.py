"""The shipped drive suite, unchanged, on a drive that is not ours: in C on libmodbus, over TCP and on a serial line."""

import json
import subprocess
import sys
from collections import Counter

from tests.foreign.conftest import ForeignDrive

BENCH = """
field = "shengli12"

[[device]]
name = "VSD"
profile = "{profile}"
endpoint = "modbus://127.0.0.1:1502/1"
answers = "real"
assets = {{ well = "Well.CACB27A-P1" }}

[[device]]
name = "VSD-LINE"
role = "alternate"
profile = "{profile}"
endpoint = "modbus+serial:///dev/ttyVSD/1"
answers = "real"
assets = {{ well = "Well.CACB27A-P1" }}

[[target]]
name = "tcp"
devices = ["VSD"]
features = ["start_stop", "ramp", "status", "reference_limits", "trip_underload", "trip_overload", "power_cycle"]
lacks = {{ backspin = "a check valve holds the column" }}
[[target.process]]
command = ["{program}", "{{port}}", "100"]
ready = "listening"
[[target.switch]]
name = "underload"
endpoint = "modbus://127.0.0.1:1502/1"
area = "holding"
address = 1032
on = 30
off = 100
[[target.switch]]
name = "overload"
endpoint = "modbus://127.0.0.1:1502/1"
area = "holding"
address = 1032
on = 150
off = 100

[[target]]
name = "line"
devices = ["VSD-LINE"]
features = ["start_stop", "ramp", "status", "reference_limits", "power_cycle"]
lacks = {{ backspin = "a check valve holds the column", trip_underload = "no brake on its stand" }}
[[target.process]]
command = ["{program}", "{{line}}", "100"]
ready = "listening"
"""


def test_the_drive_suite_passes_on_a_foreign_drive_over_tcp_and_on_a_serial_line(foreign_program, tmp_path):
    bench = tmp_path / "bench.toml"
    bench.write_text(BENCH.format(profile=ForeignDrive.profile, program=foreign_program))
    command = [sys.executable, "-m", "ui.cli.app", "hil", "run", "drive", "--bench", str(bench), "--out"]
    done = subprocess.run([*command, str(tmp_path / "run")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [json.loads(line) for line in (tmp_path / "run" / "verdicts.jsonl").read_text().splitlines()]
    assert Counter((row["target"], row["outcome"]) for row in rows) == {
        ("tcp", "pass"): 15, ("tcp", "skipped"): 8, ("line", "pass"): 13, ("line", "skipped"): 10,
    }  # fmt: skip
    why = [row["why"] for row in rows if "backspin" in row["why"]]
    assert "tcp lacks backspin (a check valve holds the column)" in why[0]
    assert (tmp_path / "run" / "report.html").stat().st_size < 500_000
