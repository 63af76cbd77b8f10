import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.flow_pattern import FlowPattern, taitel_pattern
from plant.physics.multiphase.stream import Stream


def air_and_water(v_sl, v_sg):
    """At the atmosphere and 25 °C, of Taitel, Barnea and Dukler's own map."""
    return Stream(v_sl, v_sg, 997.0, 1.18, 8.9e-4, 1.85e-5, 0.072)


def test_air_lifts_water_as_a_film_from_15_m_s():
    # Taitel, Barnea, Dukler 1980, fig. 10: the border of annular flow in 5 cm pipe is near 15 m/s whatever the liquid
    for v_sl in (0.01, 0.1, 1.0):
        below, above = taitel_pattern(air_and_water(v_sl, np.array([13.0, 16.0])), 0.05)
        assert FlowPattern(below) != FlowPattern.ANNULAR
        assert FlowPattern(above) == FlowPattern.ANNULAR


def test_bubbles_rise_alone_only_in_pipe_wider_than_5_cm():
    # the same: 19 [Δρ σ / g ρ²]^½ is 5.1 cm for air and water
    stream = air_and_water(0.1, 0.03)
    assert taitel_pattern(stream, 0.055) == FlowPattern.BUBBLE
    assert taitel_pattern(stream, 0.045) == FlowPattern.SLUG


def test_fast_liquid_tears_gas_to_dispersed_bubbles():
    # Barnea 1987: turbulence wins over coalescence
    assert taitel_pattern(air_and_water(5.0, 0.5), 0.05) == FlowPattern.DISPERSED
    assert taitel_pattern(air_and_water(0.5, 0.5), 0.05) == FlowPattern.SLUG


@pytest.mark.parametrize("share", [0.1, 0.25, 0.4])
def test_bubbles_disperse_where_turbulence_makes_them_smaller_than_what_stays_round(share):
    # Barnea 1987, eq. for d_max and d_cd, with Fanning's factor f
    v_m, diameter = np.geomspace(0.5, 10.0, 400), 0.05
    stream = air_and_water((1.0 - share) * v_m, share * v_m)
    f = 0.25 * colebrook_factor(997.0 * v_m * diameter / 8.9e-4)
    largest = (0.725 + 4.15 * np.sqrt(share)) * (0.072 / 997.0) ** 0.6 * (2.0 * f * v_m**3 / diameter) ** -0.4
    round_yet = 2.0 * np.sqrt(0.4 * 0.072 / (995.82 * 9.80665))
    dispersed = taitel_pattern(stream, diameter) == FlowPattern.DISPERSED
    assert dispersed.tolist() == (largest < round_yet).tolist()
    assert 0 < dispersed.sum() < 400


@pytest.mark.parametrize("diameter", [0.03, 0.1])
@given(st.floats(0.01, 5.0))
def test_more_gas_never_makes_a_film_break_up_again(diameter, v_sl):
    patterns = taitel_pattern(air_and_water(v_sl, np.geomspace(0.01, 60.0, 100)), diameter)
    first = np.argmax(patterns == FlowPattern.ANNULAR)
    assert (patterns[first:] == FlowPattern.ANNULAR).all()
