import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.transformer import secondary_voltage, tap_ratio, transformer_loss


@given(st.floats(500.0, 4000.0), st.floats(0.0, 500.0), st.floats(300.0, 700.0))
def test_the_tap_gives_the_motor_its_voltage_and_no_step_more(motor, drop, supply):
    ratio = tap_ratio(motor, drop, supply)
    assert ratio * supply >= (motor + drop) * (1.0 - 1e-9)
    assert (ratio - 0.05) * supply < motor + drop


def test_a_transformer_without_load_loses_its_iron_only_and_keeps_its_ratio():
    assert secondary_voltage(400.0, 2.5, 0.0, 0.8) == pytest.approx(1000.0)
    assert transformer_loss(1e5, 0.0) == pytest.approx(400.0)


def test_voltage_sags_with_load():
    assert np.all(np.diff(secondary_voltage(400.0, 2.5, np.linspace(0.0, 1.5, 20), 0.85)) < 0.0)


def test_a_supply_of_nothing_and_an_impossible_power_factor_are_refused():
    with pytest.raises(OutOfRange, match=r"supply_voltage = 0\.0"):
        tap_ratio(1000.0, 100.0, 0.0)
    with pytest.raises(OutOfRange, match=r"power_factor = 1\.2"):
        secondary_voltage(400.0, 2.5, 1.0, 1.2)
