"""Throughout what a field file may say of a well, every author's oil has all its properties."""

import numpy as np
import pytest

from plant.asset.field import Fluid as Said
from plant.asset.field import Inflow
from plant.asset.field_file import NUMBERS
from plant.physics.pvt.blackoil import AUTHORS, Fluid, properties
from plant.physics.pvt.formation_volume import RHO_WATER_SC
from plant.physics.pvt.z_table import quick_properties

SPAN = {name: (low, high) for kind in (Said, Inflow) for name, _, low, high in NUMBERS[kind]}
COUNT = 400


def drawn(low, high, seed):
    """Evenly, with both ends among them."""
    return np.concatenate(([low, high], np.random.default_rng(seed).uniform(low, high, COUNT - 2)))


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize("ask", [properties, quick_properties])
def test_no_property_is_missing_at_the_ends_of_what_a_file_may_say(author, ask):
    """Gas-oil ratio, density, viscosity and pressure as files bound them, at all temperatures that are legal."""
    gor = np.concatenate((drawn(0.0, 300.0, 1), drawn(*SPAN["gor"], 2)))
    density, viscosity = (
        np.tile(drawn(*SPAN[name], 3 + i), 2) for i, name in enumerate(("oil_density", "oil_viscosity"))
    )
    fluid = Fluid(density / RHO_WATER_SC, 0.7, gor, author=author, mu_o_50=viscosity)
    p = np.tile(drawn(0.0, SPAN["reservoir_pressure"][1], 5), 2)
    found = ask(fluid, p, np.tile(drawn(273.15, 523.15, 6), 2))
    assert [name for name, values in vars(found).items() if not np.isfinite(values).all()] == []
    assert (np.asarray(found.B_o) > 0.5).all()
    assert (np.asarray(found.rho_o) > 0.0).all()
