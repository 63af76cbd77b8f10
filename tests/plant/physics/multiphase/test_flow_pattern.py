import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("diameter", [0.03, 0.1])
@given(st.floats(0.01, 5.0))
def test_more_gas_never_makes_a_film_break_up_again(diameter, v_sl):
    patterns = taitel_pattern(air_and_water(v_sl, np.geomspace(0.01, 60.0, 100)), diameter)
    first = np.argmax(patterns == FlowPattern.ANNULAR)
    assert (patterns[first:] == FlowPattern.ANNULAR).all()
