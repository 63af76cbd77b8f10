import numpy as np
import pytest

from plant.physics.valve import gas_valve_rate, liquid_valve_rate


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
