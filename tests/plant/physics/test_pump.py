import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.physics.pump import affinity_head, four_quadrant_head, four_quadrant_torque, runaway_speed, shut_off_value

CURVES = {well.code: well.pump for well in load_field("shengli12").wells}
CIRCLE = np.linspace(-np.pi, np.pi, 20_001)


@pytest.fixture(params=CURVES)
def curve(request):
    return CURVES[request.param]


def test_forward_flow_at_test_speed_is_the_tested_curve(curve):
    # grade M: factory tests of the twelve pumps
    x = np.array(curve.rate) / curve.rate[-1]
    assert four_quadrant_head(1.0, x, curve.rate, curve.head) == pytest.approx(curve.head, rel=1e-9)
    assert four_quadrant_torque(1.0, x, curve.rate, curve.shaft_power) == pytest.approx(curve.shaft_power, rel=1e-9)


def test_forward_flow_at_another_speed_follows_affinity(curve):
    q = 0.8 * np.array(curve.rate)
    expected = affinity_head(q, 0.8, curve.rate, curve.head)
    assert four_quadrant_head(0.8, q / curve.rate[-1], curve.rate, curve.head) == pytest.approx(expected, rel=1e-9)


def test_head_and_torque_scale_with_the_square_of_speed_and_rate(curve):
    n, x = np.cos(CIRCLE), np.sin(CIRCLE)
    for function, values in ((four_quadrant_head, curve.head), (four_quadrant_torque, curve.shaft_power)):
        once, thrice = (function(k * n, k * x, curve.rate, values) for k in (1.0, 3.0))
        assert thrice == pytest.approx(9.0 * once, rel=1e-9, abs=1e-6)


def test_head_and_torque_have_no_jump_all_the_way_round(curve):
    n, x = np.cos(CIRCLE), np.sin(CIRCLE)
    for function, values in ((four_quadrant_head, curve.head), (four_quadrant_torque, curve.shaft_power)):
        round_trip = function(n, x, curve.rate, values)
        assert np.abs(np.diff(round_trip)).max() < 0.01 * np.abs(round_trip).max()
        assert round_trip[0] == pytest.approx(round_trip[-1])


def test_a_standing_pump_resists_flow_either_way(curve):
    assert four_quadrant_head(0.0, 0.5, curve.rate, curve.head) < 0.0
    assert four_quadrant_head(0.0, -0.5, curve.rate, curve.head) > 0.0


def test_a_pump_turned_backwards_makes_a_third_to_a_half_of_its_head(curve):
    # fault signature 17: reverse rotation
    share = four_quadrant_head(-1.0, 0.0, curve.rate, curve.head) / shut_off_value(curve.rate, curve.head)
    assert 0.3 <= float(share) <= 0.5


def test_a_freely_spinning_pump_takes_no_torque(curve):
    x = np.array([-0.9, -0.5, -0.2])
    torque = four_quadrant_torque(runaway_speed(x, drag=0.0), x, curve.rate, curve.shaft_power)
    assert torque == pytest.approx(0.0, abs=1e-9 * max(curve.shaft_power))
