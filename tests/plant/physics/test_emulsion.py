import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.emulsion import (
    arirachakaran_inversion,
    brauner_ullmann_inversion,
    broken_viscosity,
    emulsion_viscosity,
    pal_rhodes_viscosity,
)

RULES = pytest.mark.parametrize("rule", [emulsion_viscosity, pal_rhodes_viscosity])


@RULES
def test_an_emulsion_thickens_up_to_the_inversion_point_and_thins_beyond(rule):
    f_w = np.linspace(0.0, 1.0, 201)
    mu = rule(f_w, 0.3, 5e-4)
    peak = f_w[mu.argmax()]
    assert peak == pytest.approx(0.6, abs=0.05)
    assert np.all(np.diff(mu[f_w < 0.55]) > 0.0)
    assert np.all(np.diff(mu[f_w > 0.65]) < 0.0)


@pytest.mark.parametrize("rule", [emulsion_viscosity, pal_rhodes_viscosity, broken_viscosity])
def test_pure_phases_keep_their_own_viscosity(rule):
    assert rule(np.array([0.0, 1.0]), 0.3, 5e-4) == pytest.approx([0.3, 5e-4], rel=1e-6)


@RULES
def test_few_drops_thicken_as_einstein_says(rule):
    # Einstein (1906): 1 + 2.5 phi; Pal and Rhodes: 1 + 2.49 / (1.187 phi_100) phi = 1 + 2.74 phi
    assert (rule(1e-4, 0.1, 1e-3) / 0.1 - 1.0) / 1e-4 == pytest.approx(2.5, rel=0.1)


@given(f_w=st.floats(0.05, 0.55))
def test_a_tight_emulsion_is_thicker_than_a_loose_one(f_w):
    assert pal_rhodes_viscosity(f_w, 0.1, 1e-3) > emulsion_viscosity(f_w, 0.1, 1e-3)
    assert pal_rhodes_viscosity(f_w, 0.1, 1e-3, phi_100=0.6) > pal_rhodes_viscosity(f_w, 0.1, 1e-3)


@RULES
@given(f_w=st.floats(0.0, 1.0), mu_o=st.floats(1e-4, 100.0), inversion=st.floats(0.1, 0.9))
def test_an_emulsion_is_never_thinner_than_both_its_phases(rule, f_w, mu_o, inversion):
    mu = rule(f_w, mu_o, 5e-4, inversion)
    assert np.isfinite(mu)
    assert mu >= min(mu_o, 5e-4) * (1.0 - 1e-9)


@given(scale=st.floats(0.01, 100.0), f_w=st.floats(0.0, 1.0))
def test_thicker_phases_make_an_emulsion_thicker_in_proportion(scale, f_w):
    scaled = pal_rhodes_viscosity(f_w, 0.1 * scale, 1e-3 * scale)
    assert scaled == pytest.approx(scale * pal_rhodes_viscosity(f_w, 0.1, 1e-3))


def test_equal_liquids_invert_in_the_middle_and_thicker_oil_earlier():
    assert brauner_ullmann_inversion(1000.0, 1000.0, 1e-3, 1e-3) == pytest.approx(0.5)
    assert np.all(np.diff(brauner_ullmann_inversion(900.0, 1000.0, np.array([1e-3, 1e-2, 1e-1]), 1e-3)) < 0.0)
    assert np.all(np.diff(arirachakaran_inversion(np.array([1e-3, 1e-2, 1e-1]))) < 0.0)


def test_the_two_inversion_points_agree_for_oils_little_thicker_than_water():
    assert brauner_ullmann_inversion(850.0, 1000.0, 3e-3, 1e-3) == pytest.approx(
        float(arirachakaran_inversion(3e-3)), abs=0.05
    )


def test_an_emulsion_tighter_than_any_is_refused():
    with pytest.raises(OutOfRange, match=r"phi_100 = 0\.3: must lie between 0\.5 and 1"):
        pal_rhodes_viscosity(0.3, 0.1, 1e-3, phi_100=0.3)


@pytest.mark.parametrize("phi_100", [0.6, 0.765])
def test_the_measured_share_of_drops_makes_the_emulsion_a_hundred_times_as_thick(phi_100):
    thick = pal_rhodes_viscosity(phi_100, 0.1, 1e-3, inversion=0.95, phi_100=phi_100)
    assert thick == pytest.approx(10.0, rel=0.01)
