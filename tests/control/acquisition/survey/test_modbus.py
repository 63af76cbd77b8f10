"""Probe and check of a Modbus device, by the command, against a server that is not ours."""

import json
from pathlib import Path

import pytest
from pyModbusTCP.server import DataBank, ModbusServer
from typer.testing import CliRunner

from ui.cli.app import app

MAP = """Signal;Register;Type;Units;Scale;States;Comment
Frequency;40001;uint16;Hz;0.01;;output
IntakePressure;40003;float32;psig;;;at the pump
RunState;40006;;;;1=Stopped;maker's numbers
MotorTemperature;49000;int16;degC;;;
;40007;uint16;;;;spare
"""
BENCH = """
field = "f"
[[device]]
name = "D"
profile = "./map.toml"
endpoint = "modbus://127.0.0.1:{port}/1"
assets = {{ well = "Well.A" }}
answers = "real"
timeout_s = 2
"""


class Registers(DataBank):
    """A device with holding registers 0 to 9, and no others."""

    def get_holding_registers(self, address, number=1, *_):
        return super().get_holding_registers(address, number) if address + number <= 10 else None

    def get_coils(self, *_args, **_keys):
        return None

    get_discrete_inputs = get_input_registers = get_coils


@pytest.fixture
def device(free_port):
    server = ModbusServer("127.0.0.1", free_port, no_block=True, data_bank=Registers())
    server.start()
    server.data_bank.set_holding_registers(0, [4321, 0, 0x449C, 0x4800, 0, 2, 0, 0, 0, 7])
    yield free_port
    server.stop()


def told(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["device", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_probe_finds_units_ranges_and_what_the_values_look_like(device):
    said = told("probe", f"modbus://127.0.0.1:{device}/1", "--addresses", "0-50", "--timeout", "5")
    assert "units that answer: 1 (of 1)" in said
    assert "unit 1, holding: 0..9\n" in said
    assert "float32 ABCD = 1250.25" in said
    assert "uint16 = 4321" in said
    assert "input" not in said


def test_a_probe_says_the_same_as_json(device):
    found = json.loads(
        told("probe", f"modbus://127.0.0.1:{device}/1", "--addresses", "0-9", "--json", "--timeout", "5")
    )
    [held] = [finding for finding in found if finding["rows"]]
    assert held["rows"][0] | {"float32 ABCD": ""} == {
        "address": 0, "hex": "0x10E1", "uint16": 4321, "int16": 4321, "float32 ABCD": "", "float32 CDAB": "",
        "looks like": "uint16 = 4321",
    }  # fmt: skip


def test_a_register_map_becomes_a_profile_and_the_check_shows_raw_and_engineering_values(device, tmp_path: Path):
    (tmp_path / "map.csv").write_text(MAP)
    (tmp_path / "bench.toml").write_text(BENCH.format(port=device))
    said = told("import", str(tmp_path / "map.csv"))
    assert "column 'Comment': no key of a point" in said
    assert "line 6: no signal" in said
    assert "4 points" in said
    lines = {line.split()[0]: line for line in told("check", str(tmp_path / "bench.toml"), "D").splitlines() if line}
    assert "0x10E1 = 4321" in lines["Well.A.Frequency"]
    assert "43.21" in lines["Well.A.Frequency"]
    assert "0x449C 0x4800 = 1250.25" in lines["Well.A.IntakePressure"]
    assert "8.62017  MPa(g)  Good" in lines["Well.A.IntakePressure"]
    assert "its states leave this one out" in lines["Well.A.RunState"]
    assert "BadConfigurationError" in lines["Well.A.MotorTemperature"]
    assert "exception 2, illegal data address" in lines["holding"]


def test_what_is_no_endpoint_or_no_device_says_so():
    for arguments, rule in (
        (("probe", "127.0.0.1"), "must be SCHEME://HOST:PORT"),
        (("probe", "modbus://127.0.0.1/1", "--addresses", "9-1"), "must be FIRST-LAST"),
        (("check", "shengli12", "NOBODY"), "no device 'NOBODY'"),
    ):
        done = CliRunner().invoke(app, ["device", *arguments])
        assert rule in str(done.exception)


def test_no_answer_is_told_in_the_drivers_words(free_port):
    done = CliRunner().invoke(app, ["device", "probe", f"modbus://127.0.0.1:{free_port}/1"])
    assert "takes no connection" in str(done.exception)
