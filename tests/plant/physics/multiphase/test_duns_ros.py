import numpy as np
import pytest

from plant.physics.multiphase import duns_ros
from plant.physics.multiphase.duns_ros_chart import LINES
from plant.physics.multiphase.stream import Stream


def slip_number(stream, diameter):
    """What the holdup implies: the gas's lead on the liquid in multiples of the correlation's unit speed."""
    held = duns_ros.holdup(stream, diameter)
    return (stream.v_sg / (1.0 - held) - stream.v_sl / held) / duns_ros.numbers(stream, diameter).unit


def test_slip_of_slugs_is_the_published_formula_at_the_end_of_its_charts():
    # Duns and Ros 1963, region II, with F_5 = 0.14, F_6 = 1.765, F_7 = 0.024 where the viscosity number is 2 or more
    stream, diameter = Stream(0.4, 1.0, 900.0, 20.0, 1.0, 1.5e-5, 0.03), 0.1
    at = duns_ros.numbers(stream, diameter)
    assert at.n_l > 2.0
    published = 1.14 * (at.n_gv**0.982 + 0.029 * at.n_d + 1.765) / (1.0 + 0.024 * at.n_lv) ** 2
    assert slip_number(stream, diameter) == pytest.approx(published, rel=1e-9)


def test_slip_of_bubbles_is_the_published_formula_at_the_end_of_its_charts():
    # region I, with F_1 = 0.8, F_2 = 0.7, F_3 = 4.13, F_4 = 57
    stream, diameter = Stream(0.8, 0.1, 900.0, 20.0, 1.0, 1.5e-5, 0.03), 0.1
    at = duns_ros.numbers(stream, diameter)
    assert duns_ros.is_bubble(at)
    published = 0.8 + 0.7 * at.n_lv + (4.13 - 57.0 / at.n_d) * (at.n_gv / (1.0 + at.n_lv)) ** 2
    assert slip_number(stream, diameter) == pytest.approx(published, rel=1e-9)


def test_slug_ends_and_mist_begins_at_the_published_borders():
    # N_gv 50 + 36 N_lv and 75 + 84 N_lv^0.75: at a liquid number of 1, 86 and 159
    one = np.ones(3)
    at = duns_ros.Numbers(n_lv=one, n_gv=np.array([86.0, 122.5, 159.0]), n_d=50.0 * one, n_l=0.01 * one, unit=one)
    assert duns_ros.mist_share(at) == pytest.approx([0.0, 0.5, 1.0])


def test_mist_weighs_what_it_carries():
    # no slip in mist
    stream = Stream(0.05, 40.0, 850.0, 20.0, 1e-3, 1.5e-5, 0.025, 2e6)
    assert duns_ros.mist_share(duns_ros.numbers(stream, 0.062)) == 1.0
    weight = duns_ros.gradient(stream, 0.062, np.pi / 2) - duns_ros.gradient(stream, 0.062, 0.0)
    assert weight == pytest.approx(stream.rho_n * 9.80665, rel=1e-9)


def test_every_chart_has_a_rising_abscissa():
    for name, (abscissa, ordinate) in LINES.items():
        assert (np.diff(abscissa) > 0.0).all(), name
        assert abscissa.size == ordinate.size, name
