import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from plant.error import OutOfRange
from plant.physics.gas_lift import (
    dome_pressure,
    gas_column_pressure,
    opening_pressure,
    stem_position,
    thornhill_craver_rate,
)
from plant.physics.two_phase_choke import sachdeva_flux

PORT = 5e-5


def test_gas_column_is_the_integral_of_its_weight():
    # independent: dp/dh = p M g / (z R T), integrated step by step
    run = solve_ivp(lambda _, p: p * 0.02 * 9.80665 / (0.9 * 8.314462618 * 340.0), (0, 2500), [7e6], rtol=1e-9)
    assert float(gas_column_pressure(7e6, 2500.0, 340.0, 0.02, 0.9)) == pytest.approx(run.y[0, -1], rel=1e-6)


def test_gas_through_a_port_is_the_two_phase_choke_with_gas_alone():
    # limit: Sachdeva's model at quality 1 is the isentropic nozzle
    p_2 = np.linspace(8e6, 1e6, 30)
    rho = 8e6 * 0.02 / (8.314462618 * 330.0)
    mass = thornhill_craver_rate(8e6, p_2, PORT, 330.0, 0.02, k=1.3, discharge=0.865)
    assert mass == pytest.approx(PORT * sachdeva_flux(8e6, p_2, 1.0, rho, 800.0, k=1.3, discharge=0.865))


@given(st.floats(1e5, 5e7), st.floats(0.0, 2.0))
def test_gas_never_flows_back_and_never_becomes_no_number(p_1, ratio):
    mass = float(thornhill_craver_rate(p_1, ratio * p_1, PORT, 330.0, 0.02))
    assert np.isfinite(mass)
    assert (mass > 0.0) if ratio < 0.999 else (mass >= 0.0)
    assert ratio < 1.0 or mass == 0.0


@given(st.floats(2e6, 1e7), st.floats(0.0, 1.0), st.floats(0.01, 0.3))
def test_a_valve_opens_above_its_closing_pressure_by_the_port_spread(p_dome, share, R):
    # balance of forces: p_open (1 - R) + p_t R = p_dome; the spread vanishes when tubing and dome are level
    p_t = share * p_dome
    p_open = float(opening_pressure(p_dome, p_t, R))
    assert p_open * (1 - R) + p_t * R == pytest.approx(p_dome)
    assert p_open >= p_dome * (1 - 1e-12)
    assert float(stem_position(0.999 * p_open, p_t, p_dome, R, 1e5)) == 0.0
    assert float(stem_position(p_open + 1e5 / (1 - R), p_t, p_dome, R, 1e5)) == pytest.approx(1.0)


def test_a_warmer_dome_shuts_its_valve_at_a_higher_pressure():
    assert float(dome_pressure(5e6, 288.7055556)) == pytest.approx(5e6)
    assert dome_pressure(5e6, 350.0) > dome_pressure(5e6, 340.0)


def test_what_is_no_valve_is_refused_by_name():
    for call, name in (
        (lambda: opening_pressure(5e6, 1e6, 1.0), "port_ratio"),
        (lambda: stem_position(5e6, 1e6, 4e6, 0.1, 0.0), "span"),
        (lambda: thornhill_craver_rate(0.0, 0.0, PORT, 330.0, 0.02), "p_1"),
    ):
        with pytest.raises(OutOfRange) as refused:
            call()
        assert refused.value.name == name
