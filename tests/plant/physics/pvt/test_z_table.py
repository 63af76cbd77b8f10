import numpy as np
import pytest

from plant.physics.pvt.blackoil import Fluid, gas_z, properties
from plant.physics.pvt.z_table import quick_properties, z_look_up


@pytest.mark.parametrize("gamma_g", [0.6, 0.7, 0.9])
def test_z_is_that_of_the_equation(gamma_g):
    # independent: the equation solved, at reduced temperatures above 1.3
    p, T = np.meshgrid(np.linspace(1e4, 5e7, 77), np.linspace(360.0, 420.0, 23))
    fluid = Fluid(0.85, gamma_g, 100.0)
    assert z_look_up(fluid, p, T) == pytest.approx(gas_z(fluid, p, T), rel=1e-3)


def test_all_properties_are_those_of_the_correlations():
    fluid = Fluid(0.85, 0.7, 100.0)
    p, T = np.linspace(1e5, 3e7, 50), np.linspace(300.0, 380.0, 50)
    quick, exact = quick_properties(fluid, p, T), properties(fluid, p, T)
    for name, values in vars(exact).items():
        assert getattr(quick, name) == pytest.approx(values, rel=1e-3), name


def test_each_well_may_have_a_fluid_of_its_own():
    gravity, gor = np.array([0.82, 0.88, 0.93]), np.array([150.0, 60.0, 0.0])
    together = quick_properties(Fluid(gravity, 0.7, gor, mu_o_50=np.array([2e-3, 2e-2, 0.2])), 8e6, 330.0)
    for i, mu in enumerate((2e-3, 2e-2, 0.2)):
        alone = properties(Fluid(gravity[i], 0.7, gor[i], mu_o_50=mu), 8e6, 330.0)
        for name, value in vars(alone).items():
            ours = np.broadcast_to(getattr(together, name), 3)[i]
            assert ours == pytest.approx(float(value), rel=1e-3), name


def test_outside_the_table_z_is_that_of_its_edge():
    fluid = Fluid(0.85, 1.5, 100.0)
    assert np.isfinite(z_look_up(fluid, [0.0, 2e8], [273.15, 520.0])).all()
