"""One rule for the ends of whatever was measured point by point."""

import numpy as np
import pytest

from plant.error import OutOfRange
from plant.physics.esp.curve import stack_head, stack_power
from plant.physics.pump import affinity_head, shut_off_value
from plant.physics.straight import straight
from plant.physics.survey import vertical_depth
from plant.physics.vfp import bottomhole_pressure, lift_table

X, Y = np.array([1.0, 2.0, 4.0]), np.array([90.0, 80.0, 50.0])
AT = np.array([0.0, 1.5, 3.0, 5.0])
EXPECTED = np.array([100.0, 85.0, 65.0, 35.0])


def test_a_table_goes_straight_on_from_its_last_two_points():
    assert straight(AT, X, Y) == pytest.approx(EXPECTED)


def test_pump_curves_surveys_and_lift_tables_all_keep_the_rule():
    table = lift_table(1, 2e3, (X, [1e6], [0.0], [50.0], [0.0]), lambda q, *_: np.interp(q, X, Y))
    assert bottomhole_pressure(table, AT, 1e6) == pytest.approx(EXPECTED)
    assert affinity_head(AT, 1.0, X, Y) == pytest.approx(EXPECTED)
    assert stack_head(AT, 1.0, 1, X, Y) == pytest.approx(EXPECTED)
    assert stack_power(AT, 1.0, 1, X, Y) == pytest.approx(EXPECTED)
    assert shut_off_value(X, Y) == pytest.approx(EXPECTED[0])
    assert vertical_depth(AT[1:], X, X**0.5) == pytest.approx(straight(AT[1:], X, X**0.5))


def test_power_that_falls_beyond_its_curve_ends_at_none():
    assert float(stack_power(100.0, 1.0, 1, X, Y)) == 0.0


def test_a_table_that_does_not_rise_is_refused():
    with pytest.raises(OutOfRange, match="must rise"):
        straight(1.0, [0.0, 0.0], [1.0, 2.0])
