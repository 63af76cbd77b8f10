"""Units against the numbers that standards publish, not against our own table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import constants

from plant.unit import UNITS, split_key


@pytest.mark.parametrize(
    ("key", "value", "si"),
    [
        ("psi", 1000.0, 6_894_757.293168361),  # NIST SP 811, B.8: 1 psi = 6.894757 kPa
        ("psig", 0.0, 101_325.0),  # 0 gauge is one standard atmosphere
        ("MPag", 1.0, 1_101_325.0),
        ("barg", 10.0, 1_101_325.0),
        ("degF", 212.0, 373.15),  # boiling and freezing water
        ("degF", 32.0, 273.15),
        ("degC", -273.15, 0.0),
        ("bbl", 1.0, 0.158987294928),  # 42 US gallons exactly
        ("bpd", 1.0, 0.158987294928 / 86_400),
        ("m3_d", 86_400.0, 1.0),
        ("rpm", 3600.0, 60.0),
        ("hp", 1.0, 745.6998715822702),  # 550 ft·lbf/s
        ("scf_stb", 1.0, 0.028316846592 / 0.158987294928),
        ("cP", 1.0, 1e-3),
        ("pct", 50.0, 0.5),
        ("mA", 250.0, 0.25),
        ("kgf_cm2", 1.0, 98_066.5),  # the technical atmosphere, exactly
        ("kgf_cm2g", 0.0, 101_325.0),
        ("Mscf_d", 1.0, 28.316846592 / 86_400),
        ("m3_d_bar", 86_400.0, 1e-5),
        ("mm_s", 4.5, 4.5e-3),  # ISO 20816 gives vibration in mm/s
    ],
)
def test_a_unit_is_worth_what_its_standard_says(key, value, si):
    assert UNITS[key].to_si(value) == pytest.approx(si, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "constant"),
    [("psi", constants.psi), ("bbl", constants.bbl), ("hp", constants.hp), ("ft", constants.foot),
     ("in", constants.inch), ("bar", constants.bar), ("deg", constants.degree), ("d", constants.day)],
)  # fmt: skip
def test_scipy_which_is_not_imported_for_its_weight_has_the_same_constants(key, constant):
    assert UNITS[key].scale == pytest.approx(constant, rel=1e-15)


@given(st.sampled_from(sorted(UNITS)), st.floats(-1e9, 1e9))
def test_out_and_back_is_the_same_value(key, value):
    unit = UNITS[key]
    assert unit.from_si(unit.to_si(value)) == pytest.approx(value, rel=1e-9, abs=1e-3)


@given(st.sampled_from(sorted(UNITS)), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_difference_has_no_offset(key, a, b):
    unit = UNITS[key]
    difference = unit.to_si(a) - unit.to_si(b)
    assert unit.delta_to_si(a - b) == pytest.approx(difference, rel=1e-6, abs=1e-3)


def test_a_symbol_and_quantity_stand_for_every_key():
    assert all(unit.key == key and unit.quantity for key, unit in UNITS.items())


@pytest.mark.parametrize(
    ("key", "stem", "unit"),
    [("p_wh_psig", "p_wh", "psig"), ("q_oil_m3_d", "q_oil", "m3_d"), ("J_m3_d_MPa", "J", "m3_d_MPa"),
     ("low_low_MPag", "low_low", "MPag"), ("timeout_s", "timeout", "s")],
)  # fmt: skip
def test_the_longest_unit_that_fits_is_taken_off_a_key(key, stem, unit):
    name, found = split_key(key)
    assert (name, found.key if found else None) == (stem, unit)


@pytest.mark.parametrize(
    ("key", "same"),
    [("p_psia", "psi"), ("p_bara", "bar"), ("q_stb_d", "bpd"), ("q_bbl_d", "bpd"), ("R_scf_bbl", "scf_stb"),
     ("J_stb_d_psi", "bpd_psi"), ("mu_mPas", "cP")],
)  # fmt: skip
def test_a_unit_may_be_written_as_others_write_it(key, same):
    assert split_key(key)[1].to_si(3.0) == UNITS[same].to_si(3.0)


@pytest.mark.parametrize(("api", "density"), [(10.0, 999.016), (35.0, 849.0), (0.0, 1075.0)])
def test_api_gravity_falls_as_density_rises(api, density):
    """141.5/(SG) − 131.5, its water at 60 °F: the American Petroleum Institute's definition."""
    unit = split_key("oil_degAPI")[1]
    assert unit.to_si(api) == pytest.approx(density, abs=0.1)
    assert unit.from_si(unit.to_si(api)) == pytest.approx(api)


@pytest.mark.parametrize("key", ["stages", "s", "word_order", "psig"])
def test_a_key_without_a_unit_is_whole(key):
    assert split_key(key) == (key, None)


def test_md_is_no_unit_here_because_it_means_millidarcy_to_some_and_milliday_to_others():
    assert "md" not in UNITS
