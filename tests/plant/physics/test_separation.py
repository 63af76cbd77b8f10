import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.separation import (
    floating_drop,
    residence_time,
    share_of_smaller,
    souders_brown_speed,
    stokes_drop,
)

RHO_G = st.floats(0.5, 200.0)


@given(RHO_G, st.floats(0.02, 0.2))
def test_souders_and_browns_constant_names_one_drop_at_all_densities(rho_g, K):
    # closed form: 3 C_D K² / 4g
    drop = floating_drop(souders_brown_speed(850.0, rho_g, K), 850.0, rho_g)
    assert float(drop) == pytest.approx(0.75 * 0.44 * K**2 / 9.80665)


@given(RHO_G, st.floats(0.0, 5.0))
def test_faster_gas_carries_over_more(rho_g, v):
    slow, fast = (share_of_smaller(floating_drop(speed, 850.0, rho_g), 3e-4) for speed in (v, v + 0.1))
    assert 0.0 <= slow <= fast <= 1.0


@given(st.floats(10.0, 3600.0))
def test_longer_residence_leaves_less_water_in_the_oil(t):
    short, long = (share_of_smaller(stokes_drop(time, 0.5, 0.01, 150.0), 5e-4) for time in (t, 1.1 * t))
    assert long < short or short == 1.0  # too brief for any drop


def test_a_drop_of_stokes_size_crosses_in_the_time():
    # closed form: v = g Δρ d² / 18 μ, h = v t
    d = float(stokes_drop(120.0, 0.6, 0.02, -150.0))
    assert 9.80665 * 150.0 * d**2 / (18 * 0.02) * 120.0 == pytest.approx(0.6)


def test_half_of_a_spray_is_smaller_than_its_median():
    assert float(share_of_smaller(4e-4, 4e-4)) == pytest.approx(0.5)


def test_liquid_that_does_not_leave_stays_for_ever():
    assert residence_time([6.0, 6.0], [0.1, 0.0]).tolist() == [60.0, np.inf]


def test_what_cannot_part_is_refused_by_name():
    for call, name in (
        (lambda: souders_brown_speed(850.0, 850.0), "rho_g"),
        (lambda: stokes_drop(0.0, 0.5, 0.01, 150.0), "t"),
        (lambda: stokes_drop(60.0, 0.5, 0.01, 0.0), "d_rho"),
        (lambda: share_of_smaller(1e-4, 0.0), "d_50"),
    ):
        with pytest.raises(OutOfRange) as refused:
            call()
        assert refused.value.name == name
