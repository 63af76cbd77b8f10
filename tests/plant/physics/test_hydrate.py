import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.hydrate import (
    hammerschmidt_depression,
    hydrate_margin,
    motiee_temperature,
    towler_mokhatab_temperature,
)

PRESSURE, GRAVITY = st.floats(1.4e6, 2e7), st.floats(0.55, 0.99)


@given(PRESSURE, GRAVITY)
def test_hydrate_threatens_earlier_at_pressure_and_in_heavier_gas(p, gamma):
    T = towler_mokhatab_temperature(p, gamma)
    assert towler_mokhatab_temperature(1.05 * p, gamma) > T
    assert towler_mokhatab_temperature(p, gamma + 0.01) > T


def test_two_fits_of_katzs_chart_agree_within_5_kelvin():
    # independent: two authors' fits of one chart, over the pressures of field lines
    p, gamma = np.meshgrid(np.linspace(1.4e6, 2e7, 20), np.linspace(0.6, 0.9, 7))
    assert np.abs(motiee_temperature(p, gamma) - towler_mokhatab_temperature(p, gamma)).max() < 5.0


@given(st.floats(0.0, 0.49))
def test_more_inhibitor_holds_off_more_and_none_holds_off_nothing(x):
    assert hammerschmidt_depression(x + 0.01) > hammerschmidt_depression(x) >= 0.0
    assert float(hammerschmidt_depression(0.0)) == 0.0
    assert hydrate_margin(280.0, 7e6, 0.65, x + 0.01) > hydrate_margin(280.0, 7e6, 0.65, x)


def test_a_heavier_molecule_holds_off_less_at_the_same_mass():
    # Raoult: what counts is the number of molecules
    assert hammerschmidt_depression(0.2, "methanol") > hammerschmidt_depression(0.2, "glycol")


@pytest.mark.parametrize(("p", "gamma", "name"), [(0.0, 0.6, "p"), (1e6, 0.5, "gamma_g"), (np.nan, 0.6, "p")])
def test_a_gas_off_the_chart_is_refused_by_name(p, gamma, name):
    for temperature in (towler_mokhatab_temperature, motiee_temperature):
        with pytest.raises(OutOfRange) as refused:
            temperature(p, gamma)
        assert refused.value.name == name
    with pytest.raises(OutOfRange, match="inhibitor"):
        hammerschmidt_depression(0.6)
