import numpy as np
import pytest

from plant.physics.fluid import mixture_density, oil_viscosity, water_viscosity


def test_density_lies_between_that_of_oil_and_of_water():
    density = mixture_density(np.array([0.0, 0.5, 1.0]), 900.0, 1000.0)
    assert density == pytest.approx([900.0, 950.0, 1000.0])


@pytest.mark.parametrize(("T", "mu"), [(293.15, 1.0016e-3), (333.15, 0.4660e-3), (363.15, 0.3142e-3)])
def test_water_viscosity_agrees_with_measured_values(T, mu):
    # IAPWS, at atmospheric pressure
    assert float(water_viscosity(T)) == pytest.approx(mu, rel=0.025)


def test_oil_thins_with_temperature():
    assert np.all(np.diff(oil_viscosity(np.linspace(280.0, 370.0, 50), 0.3)) < 0.0)
