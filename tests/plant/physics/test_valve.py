import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.valve import (
    PER_KV,
    R_GAS,
    critical_pressure_factor,
    gas_valve_rate,
    iec_gas_rate,
    iec_liquid_K_v,
    iec_liquid_rate,
    liquid_valve_rate,
)


def test_liquid_rate_agrees_with_the_worked_example_of_iec_60534():
    # grade T: water at 965.4 kg/m³ from 680 to 220 kPa, Kv 164.995 passes 0.1 m³/s; A_v = 27.78e-6 Kv
    assert float(liquid_valve_rate(1.0, 6.8e5, 2.2e5, 965.4, 164.99548 / 36_000)) == pytest.approx(0.1, rel=1e-3)


def test_nothing_flows_backwards_or_through_a_shut_valve():
    assert float(liquid_valve_rate(1.0, 1e5, 2e5, 1000.0, 1e-3)) == 0.0
    assert float(gas_valve_rate(1.0, 1e5, 2e5, 300.0, 1e-3)) == 0.0
    assert float(gas_valve_rate(0.0, 9e5, 2e5, 300.0, 1e-3)) == 0.0


def test_gas_rate_rises_to_a_choked_rate_and_stays_there():
    p_2 = np.linspace(9e5, 1e4, 200)
    rates = gas_valve_rate(1.0, 9e5, p_2, 300.0, 1e-3)
    assert np.all(np.diff(rates) >= 0.0)
    assert rates[p_2 < 0.3 * 9e5] == pytest.approx(rates[-1])


@given(st.floats(0.3, 0.99), st.floats(1e3, 5e4))
def test_sizing_and_rating_a_liquid_valve_are_inverse(F_L, p_v):
    K_v = iec_liquid_K_v(0.02, 8e5, 3e5, 900.0, p_v, F_L=F_L)
    assert float(iec_liquid_rate(K_v, 8e5, 3e5, 900.0, p_v, F_L=F_L)) == pytest.approx(0.02)


def test_a_flashing_liquid_chokes():
    p_2 = np.linspace(7e5, 0.0, 100)
    rate = iec_liquid_rate(100.0, 7e5, p_2, 950.0, 4e5, F_L=0.6)
    assert np.all(np.diff(rate) >= 0.0)
    assert rate[p_2 < 4e5] == pytest.approx(rate[-1])


@given(st.floats(0.1, 10.0), st.floats(1e-3, 0.999))
def test_gas_rate_scales_with_pressure(scale, ratio):
    # dimensional: an ideal gas at k times the pressures gives k times the mass
    once = iec_gas_rate(10.0, 1e6, ratio * 1e6, 300.0, 0.02)
    assert float(iec_gas_rate(10.0, scale * 1e6, ratio * scale * 1e6, 300.0, 0.02)) == pytest.approx(
        scale * float(once)
    )


def test_both_gas_forms_agree_for_the_gas_they_share():
    # the fixed gas of the plant's first valve: 20 g/mol, z = 1, choking at 0.7
    M = 0.020
    mass = iec_gas_rate(1.0 / PER_KV, 9e5, 5e5, 300.0, M, gamma=1.4, x_T=0.7)
    volume = gas_valve_rate(1.0, 9e5, 5e5, 300.0, 1.0)
    assert float(mass) == pytest.approx(float(volume) * 101_325.0 * M / (R_GAS * 288.15), rel=1e-4)


def test_a_valve_asked_to_pass_uphill_is_refused():
    with pytest.raises(OutOfRange, match="must exceed the pressure behind"):
        iec_liquid_K_v(0.1, 1e5, 2e5, 1000.0)
    with pytest.raises(OutOfRange, match="critical pressure"):
        critical_pressure_factor(3e7, 2.2e7)
