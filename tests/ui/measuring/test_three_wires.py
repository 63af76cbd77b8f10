"""The demo bench dealt out over three wires."""

from collections import Counter

from plant.asset.bench_file import load_bench, write_bench
from ui.measuring.three_wires import on_three_wires


def test_a_third_of_the_wells_is_primary_on_each_wire_and_none_is_lost(tmp_path) -> None:
    """Twelve wells; the station stays where it was."""
    before = load_bench("shengli12")
    bench = write_bench(on_three_wires(before), tmp_path / "bench.toml")
    wells = [device for device in bench.devices if device.is_primary and "well" in device.assets]
    assert Counter(device.endpoint.scheme for device in wells) == {"modbus": 4, "opc.tcp": 4, "mqtt": 4}
    assert set(bench.primary()) == set(before.primary())
