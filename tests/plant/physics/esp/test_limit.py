import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.esp.limit import housing_pressure_limit, load_share, shaft_power_limit, stages_for, stages_in


@given(st.just(0.0) | st.floats(1e-3, 5000.0), st.floats(0.5, 30.0))
def test_the_stages_for_a_head_make_it_and_one_less_does_not(head, stage_head):
    stages = int(stages_for(head, stage_head))
    assert stages * stage_head >= head * (1 - 1e-12)
    assert stages == 0 or (stages - 1) * stage_head < head


def test_a_stage_that_makes_no_head_is_refused():
    with pytest.raises(OutOfRange, match=r"stage_head = -1\.0"):
        stages_for(100.0, [2.0, -1.0])


def test_stages_fill_a_housing_and_do_not_overfill_it():
    assert list(stages_in(np.array([0.1, 5.3, 5.34]), 0.05)) == [0, 100, 100]


@given(st.floats(0.01, 0.04), st.floats(20.0, 70.0))
def test_a_shafts_power_goes_with_the_cube_of_its_diameter_and_with_speed(diameter, speed):
    once = shaft_power_limit(diameter, speed, 7e8)
    assert shaft_power_limit(2 * diameter, speed, 7e8) == pytest.approx(8 * once)
    assert shaft_power_limit(diameter, 2 * speed, 7e8) == pytest.approx(2 * once)


def test_a_thin_housing_holds_what_barlow_says():
    # limit: p = 2 s t / d for a thin wall, von Mises instead of the hoop alone makes it 2/sqrt(3)
    thin = housing_pressure_limit(0.1, 0.0998, 5e8, 1.0)
    assert thin == pytest.approx(2.0 / np.sqrt(3.0) * 2.0 * 5e8 * 1e-4 / 0.1, rel=2e-3)


def test_a_housing_without_wall_and_a_limit_of_nothing_are_refused():
    with pytest.raises(OutOfRange, match="inner"):
        housing_pressure_limit(0.1, 0.1, 5e8)
    with pytest.raises(OutOfRange, match=r"limit = 0\.0"):
        load_share(1.0, 0.0)
