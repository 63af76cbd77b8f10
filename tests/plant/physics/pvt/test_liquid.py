"""Viscosity, compressibility and volume of oil above and below its bubble point; surface tension."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.pvt import compressibility, formation_volume, tension, viscosity
from plant.physics.pvt.blackoil import Fluid, dissolved, properties
from plant.physics.pvt.field_unit import oil_gravity
from plant.unit import UNITS

T_ALL, OIL_ALL, GAS_ALL = st.floats(273.15, 523.15), st.floats(0.6, 1.07), st.floats(0.55, 1.8)


@given(gamma_o=OIL_ALL)
def test_dead_oil_thins_with_heat_and_never_stops_being_a_number(gamma_o):
    mu = viscosity.beggs_robinson_dead(np.linspace(273.15, 523.15, 101), gamma_o)
    assert np.all(np.isfinite(mu))
    assert np.all(mu > 0.0)
    assert np.all(np.diff(mu) <= 0.0)


@given(mu_dead=st.floats(5e-4, 1.0))
def test_dissolved_gas_thins_the_oil(mu_dead):
    mu = viscosity.beggs_robinson_live(mu_dead, np.linspace(0.0, 400.0, 101))
    assert np.all(np.diff(mu) < 0.0)
    assert mu[0] == pytest.approx(mu_dead, rel=0.12)


@given(p_b=st.floats(0.0, 3e7), mu_b=st.floats(1e-4, 1.0))
def test_compression_thickens_the_oil_from_what_it_was_at_the_bubble_point(p_b, mu_b):
    mu = viscosity.vasquez_beggs_undersaturated(mu_b, np.linspace(p_b, 6e7, 61), p_b)
    assert mu[0] == pytest.approx(mu_b)
    assert np.all(np.isfinite(mu))
    assert np.all(np.diff(mu) >= 0.0)


def test_compressed_oil_thickens_as_unifloc_has_it():
    # its regression value 0.97673 (R) is for 10 MPa under a bubble point of 12, where our oil stays as it is
    p_psi = UNITS["psi"].from_si(10e6)
    power = 2.6 * p_psi**1.187 * np.exp(-11.513 - 8.98e-5 * p_psi)
    assert (10.0 / 12.0) ** power == pytest.approx(0.9767303348551418, rel=1e-6)
    assert viscosity.vasquez_beggs_undersaturated(1e-3, 10e6, 12e6) == 1e-3


@given(T=T_ALL, gamma_o=OIL_ALL, gamma_g=GAS_ALL, R_s=st.floats(0.0, 1000.0), p_b=st.floats(0.0, 4e7))
def test_compression_shrinks_the_oil_from_what_it_was_at_the_bubble_point(T, gamma_o, gamma_g, R_s, p_b):
    B_o = formation_volume.undersaturated_formation_volume(
        1.3, np.linspace(p_b, 6e7, 31), p_b, R_s, T, gamma_o, gamma_g
    )
    assert B_o[0] == pytest.approx(1.3)
    assert np.all(B_o > 0.0)
    assert np.all(np.diff(B_o) <= 0.0)


@given(p=st.floats(5e6, 6e7), R_s=st.floats(20.0, 300.0))
def test_the_volume_shrinks_at_the_rate_of_the_compressibility(p, R_s):
    def volume(pressure):
        return formation_volume.undersaturated_formation_volume(1.3, pressure, 1e6, R_s, 350.0, 0.85, 0.8)

    slope = (volume(p * 1.0001) - volume(p * 0.9999)) / (2e-4 * p)
    c_o = compressibility.vasquez_beggs_undersaturated(p, R_s, 350.0, 0.85, 0.8)
    assert -slope / volume(p) == pytest.approx(float(c_o), rel=1e-6)


def test_undersaturated_compressibility_agrees_with_unifloc():
    # regression value of an open library (R), 200 m³/m³, 350 K, gravities 0.86 and 0.6, 15 MPa
    c_o = compressibility.vasquez_beggs_undersaturated(15e6, 200.0, 350.0, 0.86, 0.6)
    assert float(c_o) * 1e6 == pytest.approx(0.004546552811369566, rel=1e-4)


def test_gas_coming_out_makes_saturated_oil_many_times_as_compressible():
    above = compressibility.vasquez_beggs_undersaturated(15e6, 100.0, 360.0, 0.85, 0.8)
    below = compressibility.mccain_saturated(10e6, 14e6, 100.0, 360.0, 0.85)
    assert 5.0 < below / above < 100.0


def test_saturated_compressibility_agrees_with_the_black_oil_it_is_made_of():
    # the definition: what the oil shrinks by, less the room that the gas coming out takes
    fluid, p, step = Fluid(0.83, 0.8, 120.0, author="vasquez_beggs"), np.array([6e6, 9e6, 12e6]), 1e3
    before, at, after = (properties(fluid, p + side, 370.0) for side in (-step, 0.0, step))
    slope_B, slope_R = (after.B_o - before.B_o) / (2 * step), (after.R_s - before.R_s) / (2 * step)
    _, p_b = dissolved(fluid, p, 370.0)
    mccain = compressibility.mccain_saturated(p, p_b, 120.0, 370.0, 0.83)
    assert mccain == pytest.approx((at.B_g * slope_R - slope_B) / at.B_o, rel=0.2)


def test_oil_weighs_what_tank_and_gas_weigh():
    # conservation of mass: one cubic metre of tank oil of gravity 0.85 with 100 of gas of gravity 0.8
    mass = 0.85 * 999.016 + 100.0 * 0.8 * 1.22500
    assert formation_volume.oil_density(1.25, 100.0, 0.85, 0.8) == pytest.approx(mass / 1.25, rel=1e-4)


@given(p=st.floats(0.0, 2e8), T=T_ALL, gamma_o=OIL_ALL)
def test_tensions_are_positive_everywhere(p, T, gamma_o):
    assert tension.baker_swerdloff(p, T, gamma_o) > 0.0
    assert tension.hough(p, T) > 0.0
    assert tension.abdul_majeed(p / 2e5, T, gamma_o) > 0.0


def test_dead_oil_tensions_of_the_two_authors_agree_within_three_per_cent():
    T, gamma_o = UNITS["degF"].to_si(np.array([75.0, 90.0, 100.0])), oil_gravity(30.0)
    baker = tension.baker_swerdloff(0.0, T, gamma_o)
    assert tension.abdul_majeed(0.0, T, gamma_o) == pytest.approx(baker, rel=0.03)


def test_water_has_the_tension_of_water():
    # 72.3 mN/m in air at 23 °C (IAPWS) against the fit's 75 for methane at no pressure
    assert tension.hough(101_325.0, 296.48) == pytest.approx(72.3e-3, rel=0.03)


def test_gas_in_solution_and_pressure_lower_the_tension():
    assert np.all(np.diff(tension.abdul_majeed(np.linspace(0.0, 300.0, 31), 350.0, 0.85)) < 0.0)
    assert np.all(np.diff(tension.baker_swerdloff(np.linspace(0.0, 2e7, 31), 350.0, 0.85)) < 0.0)


def test_a_negative_pressure_is_refused():
    with pytest.raises(OutOfRange, match=r"p = -1\.0"):
        tension.hough(-1.0, 300.0)
