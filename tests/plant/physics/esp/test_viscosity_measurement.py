import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import least_squares

from plant.physics.esp.viscosity import hi_factors, hi_parameter, turzo_factors, turzo_q_star
from plant.physics.esp.viscosity_measurement import (
    EFFICIENCY_GROWTH,
    EFFICIENCY_LOSS,
    RATE_GROWTH,
    RATE_LOSS,
    RE_SCALE,
    SERIES_538,
    measured_factors,
    regressed_factor,
    viscosity_measurements,
)

MEASURED = viscosity_measurements()
PUMPS = ("P37", "P47", "P100")
NU = MEASURED["viscosity_cSt"] * 1e-6
SPEED = MEASURED["speed_rpm"] / 60.0
B = MEASURED["hi_parameter_B"]
RE = 2.0 * np.pi * SPEED * SERIES_538**2 / NU

# what each factor is regressed on, that on water, what was measured, and the constants in use
REGRESSIONS = {
    "c_q": (RE_SCALE / RE, RE_SCALE / RE * 1e-6 / NU, (RATE_LOSS, RATE_GROWTH)),
    "c_eta": (B, B * np.sqrt(1e-6 / NU), (EFFICIENCY_LOSS, EFFICIENCY_GROWTH)),
}


def regress(factor, use):
    x, x_water, _ = REGRESSIONS[factor]
    measured = MEASURED[f"{factor}_measured"]

    def residual(p):
        return regressed_factor(x[use], x_water[use], np.exp(p[0]), p[1]) - measured[use]

    log_loss, growth = least_squares(residual, [-3.0, 0.8], xtol=1e-12, ftol=1e-12).x
    return np.exp(log_loss), growth


def left_out_errors(factor):
    """Error of each pump's points, by the regression on the two other pumps."""
    x, x_water, _ = REGRESSIONS[factor]
    error = np.empty_like(x)
    for pump in PUMPS:
        own = MEASURED["pump"] == pump
        error[own] = regressed_factor(x[own], x_water[own], *regress(factor, ~own))
    return np.abs(error - MEASURED[f"{factor}_measured"])


def turzo_errors(factor, h_best):
    # the data give no rate: B gives it for any head of a stage, on which it hardly depends
    q_best = (16.5 * np.sqrt(NU / 1e-6) * h_best**0.0625 / (B * (SPEED * 60.0) ** 0.25)) ** (1 / 0.375) / 3600.0
    factors = turzo_factors(np.minimum(turzo_q_star(NU, q_best, h_best), 57.0))
    ours = {"c_q": factors.rate, "c_eta": factors.efficiency}[factor]
    return np.abs(ours - MEASURED[f"{factor}_measured"])


@pytest.mark.parametrize("factor", REGRESSIONS)
def test_the_constants_are_the_regression_on_all_measured_points(factor):
    # recorded regression: the csv beside the module
    everything = np.ones(B.size, bool)
    assert regress(factor, everything) == pytest.approx(REGRESSIONS[factor][2], rel=2e-4)


@pytest.mark.parametrize("factor", REGRESSIONS)
def test_mean_error_on_a_pump_left_out_stays_below_five_hundredths(factor):
    # grade M: three pumps on viscous liquids, judged leave-one-pump-out
    errors = left_out_errors(factor)
    assert errors.mean() < 0.05
    for pump in PUMPS:
        assert errors[MEASURED["pump"] == pump].mean() < 0.05


@pytest.mark.parametrize("factor", REGRESSIONS)
def test_pumps_left_out_come_out_nearer_than_by_either_chart(factor):
    ours = left_out_errors(factor).mean()
    hi = {"c_q": hi_factors(B).rate, "c_eta": hi_factors(B).efficiency}[factor]
    assert ours < 0.5 * np.abs(hi - MEASURED[f"{factor}_measured"]).mean()
    for h_best in (5.0, 10.0, 20.0, 40.0, 60.0):
        assert ours < turzo_errors(factor, h_best).mean()


def test_the_hydraulic_institutes_head_is_near_what_was_measured():
    # grade M: why head is not regressed anew
    assert np.abs(hi_factors(B).head - MEASURED["c_h_measured"]).mean() < 0.035


@given(st.floats(1e-6, 9e-4), st.floats(2e-3, 2e-2), st.floats(5.0, 30.0), st.floats(30.0, 60.0))
def test_factors_fall_with_viscosity_from_one_on_water(nu, q_best, h_best, speed):
    nus = np.array([1e-7, 1e-6, nu, 1.1 * nu])
    if hi_parameter(nus, q_best, h_best, speed).max() <= 40.0:
        factors = measured_factors(nus, q_best, h_best, speed)
        for factor in (factors.rate, factors.efficiency):
            assert factor[:2] == pytest.approx([1.0, 1.0])
            assert 0.0 <= factor[3] <= factor[2] <= 1.0
