import numpy as np
import pytest

from plant.process.esp.parameter import well_parameters
from plant.process.parameter_table import rows_of
from plant.process.perturbation import PERTURBATIONS, perturb


def parameters(field, seed=None):
    wells, _ = well_parameters(field)
    if seed is not None:
        perturb(rows_of(wells), seed)
    return wells


@pytest.mark.parametrize(("name", "sigma", "bound"), PERTURBATIONS)
def test_a_hidden_parameter_moves_but_stays_within_its_bound(field, name, sigma, bound):
    nominal, truth = parameters(field), parameters(field, 5)
    change = getattr(truth, name) / np.where(getattr(nominal, name) == 0.0, np.nan, getattr(nominal, name)) - 1.0
    assert np.nanmax(np.abs(change)) <= bound * (1.0 + 1e-9)
    assert np.nanmax(np.abs(change)) > 0.1 * sigma


def test_what_is_printed_on_a_nameplate_is_not_moved(field):
    nominal, truth = parameters(field), parameters(field, 5)
    for name in ("h_pump", "tubing_diameter", "water_cut", "rated_power", "rated_voltage", "frequency_slew"):
        assert np.array_equal(getattr(nominal, name), getattr(truth, name)), name


def test_seeds_give_different_truths_and_the_same_seed_the_same(field):
    one, same, other = (parameters(field, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.productivity, same.productivity)
    assert not np.array_equal(one.productivity, other.productivity)
