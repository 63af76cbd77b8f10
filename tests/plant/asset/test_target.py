"""Targets of a bench file: read with every mistake at once, and written as they were read."""

from pathlib import Path

import pytest

from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench, write_bench
from plant.error import ConfigError

DEVICE = """
field = "shengli12"
[[device]]
name = "DRIVE"
profile = "well_rtu"
endpoint = "modbus://127.0.0.1:15021/1"
assets = { well = "Well.CACB27A-P1" }
"""
TARGET = """
[features]
soft_start = "it starts softly"
[[target]]
name = "drive"
devices = ["DRIVE"]
features = ["start_stop", "soft_start"]
lacks = { backspin = "a check valve holds the column" }
lock = "rack 3"
[[target.process]]
command = ["./vsd", "{port}"]
ready = "listening"
[[target.switch]]
name = "power"
endpoint = "modbus://127.0.0.1:15099/1"
address = 3
[[target.switch]]
name = "underload"
on_command = ["brake", "30"]
off_command = ["brake", "100"]
"""


def bench(tmp_path: Path, text: str) -> Bench:
    path = tmp_path / "bench.toml"
    path.write_text(DEVICE + text)
    return load_bench(path)


def test_a_target_says_its_devices_what_brings_it_up_and_what_it_can_do(tmp_path):
    (target,) = bench(tmp_path, TARGET).targets
    assert (target.devices, target.features) == (("DRIVE",), {"start_stop", "soft_start"})
    assert target.lacks == {"backspin": "a check valve holds the column"}
    assert target.processes[0].command == ("./vsd", "{port}")
    assert target.switch("power").address == 3
    assert target.switch("underload").off_command == ("brake", "100")


def test_a_target_is_written_as_it_was_read(tmp_path):
    there = bench(tmp_path, TARGET)
    assert write_bench(there, tmp_path / "again.toml").targets == there.targets


def test_every_mistake_in_targets_is_told_at_once(tmp_path):
    text = """
[[target]]
name = "one"
devices = ["DRIVE", "NOBODY"]
features = ["start_stop", "antigravity"]
lacks = { start_stop = "no" }
[[target.process]]
command = []
[[target.switch]]
name = "power"
on_command = ["on"]
[[target.switch]]
name = "lamp"
[[target]]
name = "two"
devices = ["DRIVE"]
"""
    with pytest.raises(ConfigError) as told:
        bench(tmp_path, text)
    for part in (
        "'NOBODY': is no device of this bench: DRIVE", "program first", "'antigravity': is no feature",
        "is also among its features",
        "off_command: is missing", "'lamp': must be one of power", "is already a device of one",
    ):  # fmt: skip
        assert part in str(told.value)
