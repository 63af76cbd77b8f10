import numpy as np
import pytest

from plant.physics.survey import minimum_curvature_tvd, vertical_depth


@pytest.mark.parametrize("stations", [3, 10])
def test_depth_of_a_circular_build_is_exact_however_few_the_stations(stations):
    # minimum curvature is exact on a circle: building to horizontal on a radius R reaches depth R
    inclination = np.linspace(0.0, np.pi / 2, stations)
    tvd = minimum_curvature_tvd(500.0 * inclination, inclination, np.full(stations, 1.0))
    assert tvd[-1] == pytest.approx(500.0)


def test_a_straight_slanted_hole_deepens_by_the_cosine():
    tvd = minimum_curvature_tvd([0.0, 100.0, 200.0], [0.5, 0.5, 0.5], [1.0, 1.0, 1.0])
    assert tvd == pytest.approx([0.0, 100.0 * np.cos(0.5), 200.0 * np.cos(0.5)])


def test_depth_between_stations_is_straight():
    assert float(vertical_depth(150.0, [0.0, 100.0, 200.0], [0.0, 100.0, 180.0])) == pytest.approx(140.0)


def test_no_point_of_a_hole_is_deeper_than_the_hole_is_long_whatever_station_is_the_first():
    """Its first station far below the surface, as exports of a tie-in have it."""
    at = np.linspace(0.0, 3000.0, 61)
    for first in (0.0, 300.0, 1500.0, 2500.0):
        depth = vertical_depth(at, [first, first + 300.0], [first, first + 240.0])
        assert np.all(depth <= at + 1e-9)
        assert depth[at <= first] == pytest.approx(at[at <= first])


def test_below_its_last_station_a_hole_goes_on_as_it_was():
    assert float(vertical_depth(400.0, [0.0, 100.0, 200.0], [0.0, 100.0, 180.0])) == pytest.approx(340.0)
