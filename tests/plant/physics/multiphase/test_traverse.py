"""What holds for any traverse; those of a commercial simulator are given numbers."""

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from plant.error import OutOfRange, Unknown
from plant.physics.column import G
from plant.physics.multiphase.stream import Stream
from plant.physics.multiphase.traverse import GRADIENTS, LEAST_PRESSURE, cells, pressure_traverse


def light(p, _T):
    """Some gas of an ideal kind in oil."""
    p = np.asarray(p, float)
    return Stream(0.5 + 0.0 * p, 1e6 / p, 800.0, 8e-6 * p, 2e-3, 1.5e-5, 0.025, p)


VERTICAL = (np.full(21, 330.0), np.full(20, 100.0), np.full(20, np.pi / 2))


@pytest.mark.parametrize("author", GRADIENTS)
def test_a_traverse_down_and_back_up_returns_to_where_it_began(author):
    # reversibility of an ordinary differential equation; the step leaves 1 % of a column of 2 km
    down = pressure_traverse(2e6, *VERTICAL, light, 0.062, 1e-5, author)
    up = pressure_traverse(down[-1], *VERTICAL, light, 0.062, 1e-5, author, against_flow=False)
    assert up[-1] == pytest.approx(2e6, rel=0.01)


def test_halving_the_step_quarters_the_error():
    # Heun's rule is of second order
    def bottom(n):
        T, length, angle = np.full(n + 1, 330.0), np.full(n, 2000.0 / n), np.full(n, np.pi / 2)
        return pressure_traverse(2e6, T, length, angle, light, 0.062, 1e-5, "drift_flux")[-1]

    exact = bottom(1280)
    assert (bottom(20) - exact) / (bottom(40) - exact) == pytest.approx(4.0, rel=0.25)


def test_a_batch_of_wells_is_each_well_alone():
    # no well sees another
    p_wh, diameter = np.array([1e6, 3e6, 5e6]), np.array([0.05, 0.062, 0.076])
    T, length, angle = (np.stack([x] * 3, axis=-1) for x in VERTICAL)
    batch = pressure_traverse(p_wh, T, length, angle, light, diameter, 1e-5)
    for i in range(3):
        alone = pressure_traverse(p_wh[i], *VERTICAL, light, diameter[i], 1e-5)
        assert batch[:, i] == pytest.approx(alone, rel=1e-12)


@settings(max_examples=30)
@drawn(st.floats(1e6, 2e7), st.floats(1.01, 2.0), st.sampled_from(sorted(GRADIENTS)))
def test_bottomhole_pressure_rises_with_wellhead_pressure(p_wh, factor, author):
    # two solutions of one first-order equation do not cross
    low, high = (pressure_traverse(p, *VERTICAL, light, 0.062, 1e-5, author)[-1] for p in (p_wh, p_wh * factor))
    assert high > low


def test_pressure_that_cannot_lift_the_column_is_held_above_zero():
    up = pressure_traverse(1e6, *VERTICAL, light, 0.062, 1e-5, against_flow=False)
    assert up[-1] == LEAST_PRESSURE


def test_a_dead_column_weighs_what_hydrostatics_says():
    # hydrostatics: 1000 m of 1000 kg/m³, inclined or not
    def water(p, _T):
        return Stream(1e-4, 0.0, 1000.0, 1.0, 1e-3, 1e-5, 0.07, p)

    for md, tvd in (((0.0, 1000.0), (0.0, 1000.0)), ((0.0, 2000.0), (0.0, 1000.0))):
        for author in GRADIENTS:
            p = pressure_traverse(1e6, [330.0, 330.0], *cells(md, tvd), water, 0.062, 0.0, author)
            assert p[-1] - p[0] == pytest.approx(1000.0 * G * 1000.0, rel=1e-3), author


def test_surveys_that_cannot_be_are_refused():
    with pytest.raises(OutOfRange, match="md = 0"):
        cells([0.0, 100.0, 100.0], [0.0, 50.0, 60.0])
    with pytest.raises(OutOfRange, match="tvd = 200"):
        cells([0.0, 100.0], [0.0, 200.0])
    with pytest.raises(Unknown, match="orkiszewski"):
        pressure_traverse(1e6, *VERTICAL, light, 0.062, 0.0, "orkiszewski")


def test_a_stream_that_cannot_be_is_refused():
    with pytest.raises(OutOfRange, match="v_sg = -1"):
        pressure_traverse(1e6, *VERTICAL, lambda p, _T: Stream(1.0, -1.0, 800.0, 10.0, 1e-3, 1e-5, 0.02, p), 0.062)
