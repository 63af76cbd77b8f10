import numpy as np
import pytest

from plant.physics.multiphase import gray
from plant.physics.multiphase.stream import Stream
from plant.unit import foot

POUND_FT3, DYNE_CM = 16.018463, 1e-3


def test_holdup_is_that_of_the_published_field_units():
    # API 14B, appendix B, in lb/ft³, ft/s, ft and dyne/cm, where 453.592 stands for the pound's grams
    rho_l, rho_g, v_sl, v_sg, sigma, diameter = 45.0, 5.0, 0.1, 15.0, 20.0, 0.2
    v_m, ratio = v_sl + v_sg, v_sl / v_sg
    rho_m = (rho_l * v_sl + rho_g * v_sg) / v_m
    n_v = 453.592 * rho_m**2 * v_m**4 / (32.17405 * sigma * (rho_l - rho_g))
    n_d = 453.592 * 32.17405 * (rho_l - rho_g) * diameter**2 / sigma
    power = 0.0814 * (1.0 - 0.0554 * np.log(1.0 + 730.0 * ratio / (ratio + 1.0)))
    published = 1.0 - (1.0 - np.exp(-2.314 * (n_v * (1.0 + 205.0 / n_d)) ** power)) / (ratio + 1.0)
    stream = Stream(v_sl * foot, v_sg * foot, rho_l * POUND_FT3, rho_g * POUND_FT3, 5e-4, 1.5e-5, sigma * DYNE_CM, 1e7)
    assert gray.holdup(stream, diameter * foot) == pytest.approx(published, rel=1e-4)


def test_a_film_roughens_the_wall_as_published_and_less_gradually_towards_dry_gas():
    # the same: k = 28.5 σ / (453.516 ρ v²) ft from a ratio of 0.007, straight below it to the dry wall
    stream = Stream(np.array([0.0, 0.0035, 0.007, 0.07]), 1.0, 800.0, 60.0, 5e-4, 1.5e-5, 0.02, 1e7)
    rough = gray.film_roughness(stream, 1e-5)
    film = 28.5 * 0.02 / (stream.rho_n * stream.v_m**2)
    assert rough[0] == 1e-5
    assert rough[1] == pytest.approx(0.5 * (1e-5 + film[1]))
    assert rough[2:] == pytest.approx(film[2:])


def test_no_wetted_wall_is_smoother_than_the_least_film():
    # the same: 2.77e-5 m
    stream = Stream(0.2, 30.0, 800.0, 200.0, 5e-4, 1.5e-5, 1e-3, 1e7)
    assert gray.film_roughness(stream) == 2.77e-5
