"""The bench of Modbus servers."""

from ui.measuring.modbus import run


def test_its_shortest_form_has_every_figure_beside_both_peers() -> None:
    measured = run(1.0)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    for figure in ("requests_per_s_20", "requests_per_s_20_pipelined", "p99_ms", "cpu_us_per_request"):
        assert measured["figures"][figure] > 0
    for ratio in ("vs_libmodbus", "vs_libmodbus_pipelined", "vs_pymodbus", "cpu_vs_libmodbus"):
        assert measured["ratios"][ratio] > 0
    assert measured["settings"]["load_average"] >= 0
