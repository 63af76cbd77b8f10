import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.deliverability import fetkovich_rate, gas_back_pressure_rate

EXPONENT = st.floats(0.5, 1.0)
RATIO = st.floats(0.0, 0.99)


@given(RATIO, EXPONENT)
def test_fetkovich_rate_falls_with_flowing_pressure_and_ends_at_reservoir_pressure(ratio, n):
    assert fetkovich_rate((ratio + 0.01) * 2e7, 2e7, 1.0, n) < fetkovich_rate(ratio * 2e7, 2e7, 1.0, n) <= 1.0
    assert float(fetkovich_rate(2e7, 2e7, 1.0, n)) == 0.0


@given(RATIO, EXPONENT, st.floats(0.1, 10.0))
def test_gas_rate_scales_with_pressure_to_twice_the_exponent(ratio, n, scale):
    # dimensional: C (k p)^(2n) = k^(2n) C p^(2n)
    once = gas_back_pressure_rate(ratio * 1e7, 1e7, 1e-12, n)
    scaled = gas_back_pressure_rate(ratio * 1e7 * scale, 1e7 * scale, 1e-12, n)
    assert float(scaled) == pytest.approx(float(once) * scale ** (2 * n), rel=1e-9)


def test_absolute_open_flow_is_found_from_two_points_of_a_test():
    # two points of the back-pressure line give back its exponent: q1/q2 = (Δp²1/Δp²2)^n, closed form
    q_1, q_2 = (float(gas_back_pressure_rate(p_wf, 1e7, 1e-12, 0.7)) for p_wf in (6e6, 8e6))
    assert q_1 / q_2 == pytest.approx((64 / 36) ** 0.7)


@pytest.mark.parametrize("n", [0.49, 1.01])
def test_an_exponent_no_test_gives_is_refused(n):
    for rate in (fetkovich_rate, gas_back_pressure_rate):
        with pytest.raises(OutOfRange, match=r"between 0\.5 and 1"):
            rate(1e7, 2e7, 1.0, n)
