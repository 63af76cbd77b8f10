"""Benches built, changed, moved and written by program: what is read back is what was meant."""

import re
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from plant.asset.bench import Bench, Device
from plant.asset.bench_file import FOLDER, bench_of, load_bench, write_bench
from plant.asset.profile.file import FOLDER as PROFILES
from plant.error import ConfigError

BUNDLED = sorted(path.stem for path in FOLDER.glob("*.toml"))


def rtu(name: str, port: int, well: str, **keys) -> Device:
    return Device.of(name, "well_rtu", f"modbus://127.0.0.1:{port}/1", {"well": f"Well.{well}"}, **keys)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_bench_that_is_written_is_read_back_without_loss(name, tmp_path):
    bench = load_bench(name)
    assert write_bench(bench, tmp_path / "b.toml") == bench
    assert load_bench(tmp_path / "b.toml") == bench


def test_everything_that_can_be_said_of_a_device_is_read_back(tmp_path):
    devices = (
        rtu("A", 15021, "A", scan=0.25, timeout=3.0, overrides={"well.Frequency": {"address": 12, "scale": 0.5}}),
        rtu("B \"quoted\" é\n", 15022, "A", is_primary=False, is_acquired=True),
        Device.of("C", "well_opcua", "opc.tcp://10.0.0.7:4840/x", {"well": "Well.C"}, is_simulated=False),
    )  # fmt: skip
    bench = Bench("f", "wall", devices, scans={"normal": 1.0, "slow": 60.0})
    assert write_bench(bench, tmp_path / "b.toml").devices == devices
    assert load_bench(tmp_path / "b.toml").scans == {"normal": 1.0, "slow": 60.0, "scan2": 0.25}


def test_a_device_says_what_a_file_would_leave_unsaid(tmp_path):
    (tmp_path / "b.toml").write_text("""
        field = "f"
        [[device]]
        name = "RTU"
        profile = "well_rtu"
        endpoint = "modbus://127.0.0.1:15021/1"
        assets = { well = "Well.A" }
    """)
    assert load_bench(tmp_path / "b.toml").devices == (rtu("RTU", 15021, "A"),)


def test_a_profile_of_ones_own_is_found_from_wherever_the_bench_is_written(tmp_path):
    (tmp_path / "mine.toml").write_text((PROFILES / "well_rtu.toml").read_text())
    device = replace(rtu("A", 15021, "A"), profile=Device.of(
        "A", str(tmp_path / "mine.toml"), "modbus://127.0.0.1:1", {"well": "Well.A"}).profile)  # fmt: skip
    (tmp_path / "there").mkdir()
    assert write_bench(Bench("f", devices=(device,)), tmp_path / "there" / "b.toml").devices == (device,)
    assert 'profile = "../mine.toml"' in (tmp_path / "there" / "b.toml").read_text()


def test_a_wrong_bench_is_told_in_full_and_leaves_the_file_that_stood_there(tmp_path):
    file = tmp_path / "b.toml"
    write_bench(Bench("f", devices=(rtu("A", 15021, "A"),)), file)
    before = file.read_text()
    with pytest.raises(ConfigError) as error:
        write_bench(Bench("f", devices=(rtu("A", 15021, "A"), rtu("A", 15021, "Z"))), file, ["Well.A"])
    assert {f"{m.file}: {m.key}" for m in error.value.mistakes} >= {
        f"{file}: device[A]", f"{file}: device[A].assets.well"
    }  # fmt: skip
    assert file.read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["b.toml"]


def test_what_is_no_endpoint_or_profile_is_refused_when_the_device_is_built():
    with pytest.raises(ConfigError, match=r"device\[A\].endpoint = 'http://x': must be SCHEME://HOST:PORT"):
        Device.of("A", "well_rtu", "http://x", {"well": "Well.A"})
    with pytest.raises(ConfigError, match="does not exist"):
        Device.of("A", "no_such", "modbus://10.0.0.7", {"well": "Well.A"})


def test_a_device_takes_the_place_of_the_one_of_its_name_or_comes_last():
    bench = Bench("f", devices=(rtu("A", 1, "A"), rtu("B", 2, "B")))
    assert [d.endpoint.port for d in bench.with_device(rtu("A", 9, "A")).devices] == [9, 2]
    assert [d.name for d in bench.with_device(rtu("C", 3, "C")).devices] == ["A", "B", "C"]
    assert [d.endpoint.port for d in bench.devices] == [1, 2]  # what it was made from is as it was


def test_an_alternate_that_is_made_primary_is_acquired():
    bench = Bench("f", devices=(rtu("A", 1, "A", is_primary=False),)).changed("A", is_primary=True)
    assert bench.acquired == bench.devices


def test_a_moved_bench_has_its_listeners_at_consecutive_ports_in_its_order_and_real_devices_where_they_are():
    mqtt = [
        Device.of(n, "well_mqtt", f"mqtt://{host}:1883", {"well": f"Well.{n}"}, is_simulated=simulated)
        for n, host, simulated in (("M", "localhost", True), ("N", "127.0.0.1", False), ("O", "10.0.0.7", True))
    ]
    opcua = [Device.of(n, "well_opcua", "opc.tcp://127.0.0.1:4840/x", {"well": f"Well.{n}"}) for n in ("P", "Q")]
    real = rtu("R", 502, "R", is_simulated=False)
    moved = Bench("f", devices=(rtu("A", 15021, "A"), *opcua, real, rtu("B", 15022, "B"), *mqtt)).moved(count(21004), 9)
    assert {d.name: d.endpoint.port for d in moved.devices} == {
        "A": 21004, "P": 21005, "Q": 21005, "B": 21006, "R": 502, "M": 9, "N": 9, "O": 1883
    }  # fmt: skip


def test_without_a_broker_of_ours_mqtt_devices_meet_where_they_did():
    bench = Bench("f", devices=(Device.of("M", "well_mqtt", "mqtt://127.0.0.1:1884", {"well": "Well.M"}),))
    assert bench.moved(count(21000)) == bench
    assert bench.broker == 1884


def test_a_fields_own_bench_lies_beside_its_file_or_is_the_bundled_one_of_its_name(tmp_path):
    field = tmp_path / "mine.toml"
    field.write_text('name = "shengli12"\n')
    assert bench_of("island") == FOLDER / "island.toml"
    assert bench_of(field) == FOLDER / "shengli12.toml"
    (tmp_path / "mine.bench.toml").write_text("")
    assert bench_of(field) == tmp_path / "mine.bench.toml"


def test_the_bench_that_the_hardware_page_builds_by_program_is_one(tmp_path, monkeypatch):
    """Its last part starts a field, and is shown by the tests of stacks."""
    page = (Path(__file__).parents[3] / "docs" / "hardware.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```python\n(.*?)async def", page, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(shown, {})
    written = load_bench(tmp_path / "my_bench.toml")
    assert not written.device("RTU-CACB27A-P1").is_simulated
    assert str(written.device("RTU-CACB27A-P1").endpoint) == "modbus://192.168.10.21:502/1"
    assert written.device("OPC-XBKD47-X2") in written.acquired
