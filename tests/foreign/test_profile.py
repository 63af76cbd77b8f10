"""The foreign drive's profile, and the page that tells how to write one: what is shown there must load."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scipy.constants import bbl, day, psi

from plant.asset.bench_file import load_bench
from plant.asset.profile.file import load_profile

ROOT = Path(__file__).parents[2]
WELL = "Well.CACB27A-P1"
DEVICE = "RTU-CACB27A-P1"


def points(profile) -> dict:
    return {point.signal.name: point for point in profile.points}


def units(profile) -> dict:
    return {point.signal.name: point.unit for point in profile.points}


@pytest.fixture
def profile():
    return load_profile("libmodbus_vsd.toml", beside=Path(__file__))


@pytest.fixture
def shown() -> list[str]:
    """The TOML of docs/hardware.md, block by block."""
    page = (ROOT / "docs" / "hardware.md").read_text(encoding="utf-8")
    return re.findall(r"```toml\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize(("command", "bit"), [("Start", 1), ("Stop", 2), ("Reset", 4)])
def test_commanding_sets_the_command_words_bit_as_the_manual_numbers_it(profile, command, bit):
    assert points(profile)[command].written(1.0) == bit


def test_states_and_faults_come_out_in_our_numbers_whatever_the_maker_counts_from(profile):
    points_ = points(profile)
    assert points_["RunState"].si(3) == 2  # running
    assert points_["TripCode"].si(65) == 1  # underload


def test_american_units_become_si_once(profile):
    units_ = units(profile)
    assert units_["IntakePressure"].to_si(0) == pytest.approx(101_325)
    assert units_["DischargePressure"].delta_to_si(1000) == pytest.approx(1000 * psi)
    assert units_["MotorTemperature"].to_si(212) == pytest.approx(373.15)
    assert units_["Flow"].to_si(900) == pytest.approx(900 * bbl / day)


def test_the_device_shown_on_the_hardware_page_replaces_one_well_and_changes_no_other(shown, tmp_path):
    (tmp_path / "my_drive.toml").write_text(shown[0], encoding="utf-8")
    bundled = load_bench("shengli12")
    text = bundled.path.read_text(encoding="utf-8")
    theirs = re.search(rf'\[\[device\]\]\nname = "{DEVICE}".*?\n\n', text, re.DOTALL)
    (tmp_path / "my_bench.toml").write_text(text.replace(theirs[0], shown[1] + "\n"), encoding="utf-8")
    bench = load_bench(tmp_path / "my_bench.toml")

    assert not bench.device(DEVICE).is_simulated
    check = [sys.executable, "-m", "ui.cli.app", "field", "check", "shengli12", "--bench", "my_bench.toml"]
    printed = subprocess.run(
        check, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
        timeout=100,
    )  # fmt: skip
    devices = len(bundled.devices)
    assert f"{devices} devices, {devices - 1} of them simulated" in printed.stdout
    assert bench.primary()[f"{WELL}.IntakePressure"].profile.name == "my_drive"
    assert [d for d in bench.devices if d.name != DEVICE] == [d for d in bundled.devices if d.name != DEVICE]


def test_an_override_shown_on_the_hardware_page_moves_one_register(shown, tmp_path):
    text = load_bench("shengli12").path.read_text(encoding="utf-8")
    name = f'name = "{DEVICE}"\n'
    (tmp_path / "my_bench.toml").write_text(text.replace(name, name + shown[2]), encoding="utf-8")
    assert points(load_bench(tmp_path / "my_bench.toml").device(DEVICE).profile)["Frequency"].address.address == 2013
