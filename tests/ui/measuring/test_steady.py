import sys

import pytest

from ui.measuring import steady
from ui.measuring.gradient import AGREEMENT


@pytest.fixture(scope="module")
def measured():
    return steady.measure(0.0)


def test_the_three_figures_are_there_with_their_peers(measured):
    assert measured["figures"]["field_steady_1000_s"] > 0
    assert set(measured["ratios"]) == {"operating_point_vs_pyrestoolbox", "gradient_vs_fluids"}
    assert measured["settings"]["gradient_points"] >= 1000


def test_gradients_are_those_of_fluids(measured):
    # independent: the open library fluids, 1.3
    assert measured["figures"]["gradient_difference_max"] <= AGREEMENT


def test_operating_points_are_those_of_pyrestoolbox_but_for_the_oils_properties(measured):
    # independent: pyrestoolbox 3.8, whose oil is by Velarde and McCain and ours by Standing
    figures = measured["figures"]
    assert figures["operating_point_one_flows_other_not"] == 0
    assert figures["operating_point_difference_median"] < 0.03
    assert figures["operating_point_cell_error_median"] < 1e-4


def test_a_peer_that_is_not_installed_is_said_to_be_absent(monkeypatch):
    for name in ("pyrestoolbox", "fluids"):
        monkeypatch.setitem(sys.modules, name, None)
        for module in [module for module in sys.modules if module.startswith(f"{name}.")]:
            monkeypatch.delitem(sys.modules, module)
    measured = steady.measure(0.0)
    assert measured["peers"] == {"pyrestoolbox": steady.ABSENT, "fluids": steady.ABSENT}
    assert measured["ratios"] == {}
    assert measured["figures"]["field_steady_1000_s"] > 0
