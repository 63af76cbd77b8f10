"""Brine: density, methane in it, viscosity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.fluid import water_viscosity
from plant.physics.pvt.brine import mao_duan_viscosity, spivey_compressibility, spivey_density
from plant.physics.pvt.brine_gas import methane_molality, spivey_formation_volume, spivey_saturated_density

PRESSURE, TEMPERATURE, SALINITY = st.floats(0.0, 2e8), st.floats(273.15, 523.15), st.floats(0.0, 0.25)


@pytest.mark.parametrize(("T", "rho"), [(283.15, 999.70), (293.15, 998.21), (323.15, 988.03), (363.15, 965.31)])
def test_water_has_the_density_of_water(T, rho):
    # IAPWS-95 at one atmosphere
    assert spivey_density(101_325.0, T, 0.0) == pytest.approx(rho, rel=2e-4)


@given(p=PRESSURE, T=TEMPERATURE)
def test_salt_makes_water_denser_and_stiffer_and_thicker(p, T):
    salinity = np.array([0.0, 0.05, 0.1, 0.2])
    assert np.all(np.diff(spivey_density(p, T, salinity)) > 0.0)
    assert np.all(np.diff(spivey_compressibility(p, T, salinity)) < 0.0)
    assert np.all(np.diff(mao_duan_viscosity(p, T, salinity)) > 0.0)


@given(p=st.floats(1e5, 1.9e8), T=TEMPERATURE, salinity=SALINITY)
def test_compressibility_of_brine_is_the_slope_of_its_density(p, T, salinity):
    step = 1e4
    rise = spivey_density(p + step, T, salinity) - spivey_density(p - step, T, salinity)
    slope = rise / (2 * step) / spivey_density(p, T, salinity)
    assert spivey_compressibility(p, T, salinity) == pytest.approx(slope, rel=1e-5)


@given(p=PRESSURE, T=TEMPERATURE, salinity=SALINITY)
def test_everything_legal_gives_a_number(p, T, salinity):
    for relation in (spivey_saturated_density, spivey_formation_volume, mao_duan_viscosity, methane_molality):
        value = relation(p, T, salinity)
        assert np.isfinite(value)
        assert value >= 0.0


@pytest.mark.parametrize(("salinity", "rho"), [(0.1, 1070.7), (0.2, 1147.8)])
def test_brine_has_the_density_in_the_handbook(salinity, rho):
    # sodium chloride at 20 °C, CRC Handbook of Chemistry and Physics, concentrative properties
    assert spivey_density(101_325.0, 293.15, salinity) == pytest.approx(rho, rel=1e-3)


def test_methane_dissolves_as_measured_and_less_in_salt():
    # Culberson and McKetta (1951): mole fraction near 2.1e-3 at 344 K and 20 MPa, 0.117 mol/kg
    assert methane_molality(20e6, 344.26, 0.0) == pytest.approx(0.117, rel=0.05)
    assert np.all(np.diff(methane_molality(20e6, 344.26, np.array([0.0, 0.05, 0.1, 0.2]))) < 0.0)


def test_salt_keeps_methane_out_as_setschenow_found():
    # the salting-out coefficient of methane in sodium chloride at 25 °C is 0.13 to 0.14 per mol/kg (log10), measured
    one_molal = 58.4428 / 1058.4428
    ratio = methane_molality(5e6, 298.15, 0.0) / methane_molality(5e6, 298.15, one_molal)
    assert np.log10(ratio) == pytest.approx(0.13, abs=0.02)


@pytest.mark.parametrize("T", [300.0, 350.0, 400.0, 450.0])
def test_salt_keeps_methane_out_as_in_a_later_model(T):
    # Duan and Mao, Geochim. Cosmochim. Acta 70, 2006: their interaction parameters at 20 MPa and 1 mol/kg
    pairs = -0.81222036 + 0.10635172e-2 * T + 188.94036 / T + 0.44105635e-4 * 200.0 - 0.46797718e-10 * 200.0**2
    one_molal = 58.4428 / 1058.4428
    ratio = methane_molality(20e6, T, one_molal) / methane_molality(20e6, T, 0.0)
    assert ratio == pytest.approx(np.exp(-2.0 * pairs + 0.29903571e-2), rel=0.03)


def test_no_methane_dissolves_in_boiling_water():
    # water boils at 373.124 K under one atmosphere (IAPWS)
    assert methane_molality(101_325.0 * 0.999, 373.124, 0.0) == 0.0
    assert methane_molality(101_325.0 * 1.001, 373.124, 0.0) > 0.0


def test_dissolved_methane_swells_brine_and_lightens_it():
    assert spivey_saturated_density(20e6, 350.0, 0.01) < spivey_density(20e6, 350.0, 0.01)
    assert spivey_formation_volume(20e6, 350.0, 0.01) > spivey_density(101_325.0, 288.15, 0.01) / 989.02


def test_viscosity_agrees_with_the_simpler_formula_for_water():
    T = np.linspace(283.15, 383.15, 21)
    assert mao_duan_viscosity(101_325.0, T, 0.0) == pytest.approx(water_viscosity(T), rel=0.03)


def test_more_salt_than_dissolves_is_refused():
    with pytest.raises(OutOfRange, match=r"salinity = 0\.4"):
        spivey_density(1e7, 350.0, 0.4)


@pytest.mark.parametrize(("salinity", "mu"), [(0.1, 1.193e-3), (0.2, 1.557e-3)])
def test_brine_has_the_viscosity_in_the_handbook(salinity, mu):
    # sodium chloride at 20 °C, CRC Handbook of Chemistry and Physics, concentrative properties
    assert mao_duan_viscosity(101_325.0, 293.15, salinity) == pytest.approx(mu, rel=0.02)
