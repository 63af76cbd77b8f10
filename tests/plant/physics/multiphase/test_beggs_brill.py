import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.column import G
from plant.physics.multiphase import beggs_brill
from plant.physics.multiphase.stream import Stream


def oil_and_gas(v_sl, v_sg, p=5e6):
    return Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, p)


def test_the_map_tells_four_patterns_apart():
    # Beggs and Brill 1973, as Payne drew the borders anew: at a share of 0.1 they lie at 0.27, 2.8 and 158
    froude = np.array([0.1, 1.0, 50.0, 300.0])
    at = beggs_brill.pattern(np.full(4, np.log(0.1)), np.log(froude))
    assert at.segregated.tolist() == [True, False, False, False]
    assert at.transition.tolist() == [False, True, False, False]
    assert at.distributed.tolist() == [False, False, False, True]


@drawn(st.floats(0.011, 0.99), st.floats(-1.5, 1.5), st.sampled_from([(0.0009252, 2.4684), (0.1, 1.4516)]))
def test_holdup_enters_and_leaves_transition_without_a_step(share, angle, border):
    # the interpolation of Beggs and Brill 1973: at its ends it is the pattern beyond
    v_m = np.sqrt(border[0] * share ** -border[1] * G * 0.062)
    below, above = (
        beggs_brill.holdup(oil_and_gas(share * v, (1.0 - share) * v), 0.062, angle)
        for v in (v_m * 0.999999, v_m * 1.000001)
    )
    assert below == pytest.approx(above, rel=1e-4)


@pytest.mark.parametrize("correction", ["palmer", "payne"])
def test_correction_lowers_holdup_of_rising_and_of_falling_flow(correction):
    # Palmer 1975, Payne et al. 1979: the original overpredicts both
    stream = oil_and_gas(0.3, 3.0)
    for angle in (np.pi / 2, -0.3):
        published = beggs_brill.holdup(stream, 0.062, angle)
        assert beggs_brill.holdup(stream, 0.062, angle, correction) < published
    level = beggs_brill.holdup(stream, 0.062, 0.0, correction)
    assert level == beggs_brill.holdup(stream, 0.062, 0.0)


def test_acceleration_beyond_the_sonic_limit_is_refused():
    with pytest.raises(OutOfRange, match="E_k"):
        beggs_brill.gradient(oil_and_gas(5.0, 80.0, p=1e5), 0.062, np.pi / 2, acceleration=True)
