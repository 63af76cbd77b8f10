import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.wax import deposit_growth, dissolved_wax, hayduk_minhas_diffusivity, wall_temperature

TEMPERATURE = st.floats(275.0, 360.0)


@given(TEMPERATURE, TEMPERATURE)
def test_the_wall_lies_between_the_fluid_and_what_surrounds_it(T, T_out):
    wall = float(wall_temperature(T, T_out, 30.0, 200.0))
    assert min(T, T_out) - 1e-9 <= wall <= max(T, T_out) + 1e-9


@given(TEMPERATURE, TEMPERATURE)
def test_wax_grows_only_on_a_wall_colder_than_the_oil_and_than_its_appearance(T, T_wall):
    growth = float(deposit_growth(T, T_wall, 310.0, 0.08, 2.5e-10, 1e-3))
    assert growth >= 0.0
    assert (growth > 0.0) == (
        T_wall < min(T, 310.0) and float(dissolved_wax(T_wall, 310.0, 0.08)) < float(dissolved_wax(T, 310.0, 0.08))
    )


@given(TEMPERATURE)
def test_a_colder_wall_grows_wax_faster(T_wall):
    colder, warmer = (float(deposit_growth(340.0, T, 310.0, 0.08, 2.5e-10, 1e-3)) for T in (T_wall - 1.0, T_wall))
    assert colder >= warmer


@given(TEMPERATURE, st.floats(1e-4, 1.0))
def test_wax_diffuses_faster_in_warm_and_in_thin_oil(T, mu):
    D = float(hayduk_minhas_diffusivity(T, mu))
    assert float(hayduk_minhas_diffusivity(T + 1.0, mu)) > D > float(hayduk_minhas_diffusivity(T, 1.1 * mu)) > 0.0


def test_what_has_no_wall_film_or_deposit_is_refused_by_name():
    for call, name in (
        (lambda: wall_temperature(320.0, 280.0, 50.0, 40.0), "h"),
        (lambda: hayduk_minhas_diffusivity(300.0, 0.0), "mu"),
        (lambda: deposit_growth(320.0, 300.0, 310.0, 0.08, 1e-10, 0.0), "film"),
        (lambda: deposit_growth(320.0, 300.0, 310.0, 0.08, 1e-10, 1e-3, 1.0), "porosity"),
    ):
        with pytest.raises(OutOfRange) as refused:
            call()
        assert refused.value.name == name
