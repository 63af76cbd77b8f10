"""Black oil: what must hold whichever correlations are chosen, and how near interpolation comes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.error import OutOfRange, Unknown
from plant.physics.pvt.blackoil import AUTHORS, Fluid, dissolved, properties
from plant.physics.pvt.blackoil_table import look_up, tabulate

BY_AUTHOR = pytest.mark.parametrize("author", AUTHORS)
FLUID = st.builds(
    Fluid,
    gamma_o=st.floats(0.75, 1.0),
    gamma_g=st.floats(0.56, 1.4),
    gor=st.floats(0.0, 400.0),
    salinity=st.floats(0.0, 0.2),
    author=st.sampled_from(sorted(AUTHORS)),
    mu_o_50=st.none() | st.floats(1e-3, 5.0),
)
PRESSURE, TEMPERATURE = np.linspace(0.0, 6e7, 61), st.floats(273.15, 473.15)


@settings(max_examples=50)
@given(fluid=FLUID, T=TEMPERATURE)
def test_everything_legal_gives_positive_numbers(fluid, T):
    for name, value in vars(properties(fluid, PRESSURE, T)).items():
        assert np.all(np.isfinite(value)), name
        assert np.all(value >= 0.0), name


@settings(max_examples=50)
@given(fluid=FLUID, T=TEMPERATURE)
def test_pressure_dissolves_gas_up_to_all_of_it_and_packs_gas_and_brine(fluid, T):
    found = properties(fluid, PRESSURE, T)
    assert np.all(np.diff(found.R_s) >= 0.0)
    assert found.R_s.max() <= fluid.gor
    assert np.all(np.diff(found.rho_g) > 0.0)
    assert np.all(np.diff(found.rho_w) > 0.0)


@settings(max_examples=50)
@given(fluid=FLUID, T=TEMPERATURE)
def test_volumes_and_densities_conserve_mass(fluid, T):
    found = properties(fluid, PRESSURE[1:], T)
    assert found.rho_g * found.B_g == pytest.approx(fluid.rho_g_sc, rel=1e-9)
    assert found.rho_w * found.B_w == pytest.approx(fluid.rho_w_sc, rel=1e-9)
    oil = fluid.rho_o_sc + found.R_s * fluid.rho_g_sc
    assert found.rho_o * found.B_o == pytest.approx(oil, rel=1e-9)


@BY_AUTHOR
def test_oil_swells_to_its_bubble_point_and_is_compressed_beyond(author):
    fluid = Fluid(0.85, 0.8, 100.0, author=author)
    _, p_b = dissolved(fluid, 1e5, 360.0)
    below, above = np.linspace(1e5, p_b, 50), np.linspace(p_b, 2.0 * p_b, 50)
    assert np.all(np.diff(properties(fluid, below, 360.0).B_o) > 0.0)
    assert np.all(np.diff(properties(fluid, above, 360.0).B_o) < 0.0)
    assert np.all(np.diff(properties(fluid, below, 360.0).mu_o) < 0.0)
    assert np.all(np.diff(properties(fluid, above, 360.0).mu_o) > 0.0)


@BY_AUTHOR
def test_nothing_jumps_at_the_bubble_point(author):
    fluid = Fluid(0.85, 0.8, 100.0, author=author)
    _, p_b = dissolved(fluid, 1e5, 360.0)
    before, after = (vars(properties(fluid, p_b * (1.0 + side), 360.0)) for side in (-1e-7, 1e-7))
    for name in before:
        assert before[name] == pytest.approx(after[name], rel=1e-5), name


def test_a_measured_bubble_point_is_met_by_its_factor():
    by_author = dissolved(Fluid(0.85, 0.8, 100.0), 1e5, 360.0)[1]
    fluid = Fluid(0.85, 0.8, 100.0, pressure_factor=18e6 / float(by_author))
    assert dissolved(fluid, 1e5, 360.0)[1] == pytest.approx(18e6)
    assert dissolved(fluid, 17.99e6, 360.0)[0] < 100.0
    assert dissolved(fluid, 18.01e6, 360.0)[0] == 100.0


def test_a_measured_viscosity_is_kept_at_its_temperature_but_for_the_gas():
    # Beggs and Robinson's live oil without gas is their dead oil within a tenth
    fluid = Fluid(0.95, 0.6, 0.0, mu_o_50=0.5)
    assert properties(fluid, 101_325.0, 323.15).mu_o == pytest.approx(0.5, rel=0.1)


def test_a_rich_gas_in_the_cold_keeps_the_nearest_state_of_the_equation():
    found = properties(Fluid(0.8, 1.5, 100.0), np.array([1e5, 5e6]), 275.0)
    assert np.all(found.z > 0.2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"gamma_o": 1.5}, r"gamma_o = 1\.5"),
        ({"gor": -1.0}, r"R_s = -1\.0"),
        ({"salinity": 0.5}, r"salinity = 0\.5"),
        ({"y_co2": 0.9}, r"impurities = 0\.9"),
        ({"pressure_factor": 0.0}, r"pressure_factor = 0\.0: must be positive"),
        ({"mu_o_50": -1.0}, r"mu = -1\.0"),
    ],
)
def test_a_fluid_that_cannot_be_is_refused_with_its_value(wrong, message):
    with pytest.raises(OutOfRange, match=message):
        Fluid(**{"gamma_o": 0.85, "gamma_g": 0.8, "gor": 100.0} | wrong)


def test_an_author_nobody_has_read_is_refused():
    with pytest.raises(Unknown, match="no author of oil correlations 'nobody'"):
        Fluid(0.85, 0.8, 100.0, author="nobody")


@BY_AUTHOR
def test_a_table_gives_what_the_correlations_give(author):
    fluid = Fluid(0.85, 0.75, 100.0, salinity=0.03, author=author)
    table = tabulate(fluid, np.linspace(0.0, 40e6, 161), np.linspace(280.0, 420.0, 57))
    p, T = np.meshgrid(np.linspace(1e6, 39e6, 77), np.linspace(285.0, 415.0, 31))
    near, exact = vars(look_up(table, p, T)), vars(properties(fluid, p, T))
    for name in exact:
        assert near[name] == pytest.approx(exact[name], rel=0.02), name
    for name in ("B_g", "rho_g", "rho_o", "B_w", "rho_w", "z"):
        assert near[name] == pytest.approx(exact[name], rel=0.002), name


@given(p=st.floats(0.0, 40e6), T=st.floats(280.0, 420.0))
def test_a_table_conserves_mass_between_its_points(p, T):
    found = look_up(TABLE, p, T)
    oil = TABLE.fluid.rho_o_sc + found.R_s * TABLE.fluid.rho_g_sc
    assert found.rho_o * found.B_o == pytest.approx(oil, rel=1e-9)


def test_a_table_is_met_at_its_points_and_held_beyond_its_edge():
    at_point, corner = vars(look_up(TABLE, TABLE.p[7], TABLE.T[3])), vars(look_up(TABLE, 1e9, 1000.0))
    exact, edge = (vars(properties(TABLE.fluid, *at)) for at in ((TABLE.p[7], TABLE.T[3]), (TABLE.p[-1], TABLE.T[-1])))
    for name in exact:
        assert at_point[name] == pytest.approx(exact[name], rel=1e-9), name
        assert corner[name] == pytest.approx(edge[name], rel=1e-9), name


@pytest.mark.parametrize("axis", [[1e6], [2e6, 1e6], [1e6, 2e6, 4e6]])
def test_an_axis_that_is_not_even_and_rising_is_refused(axis):
    with pytest.raises(OutOfRange, match="must start an evenly rising axis"):
        tabulate(TABLE.fluid, axis, TABLE.T)


TABLE = tabulate(Fluid(0.85, 0.75, 100.0), np.linspace(0.0, 40e6, 41), np.linspace(280.0, 420.0, 15))
