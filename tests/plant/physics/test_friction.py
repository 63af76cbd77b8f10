import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.physics.friction import churchill_factor, friction_loss, friction_slope

WATER = {"length": 1000.0, "diameter": 0.062, "rho": 1000.0, "mu": 1e-3}


@pytest.mark.parametrize(
    ("re", "roughness", "factor", "tolerance"),
    [
        (2000.0, 0.0, 0.032, 0.01),  # 64/Re, textbook
        (15000.0, 0.002, 0.0313, 0.03),  # Colebrook, from which Churchill stays a few per cent
        (1e7, 0.02, 0.0486, 0.02),  # Colebrook
    ],
)
def test_factor_agrees_with_textbook_values(re, roughness, factor, tolerance):
    assert float(churchill_factor(re, roughness)) == pytest.approx(factor, rel=tolerance)


@given(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_loss_rises_with_rate_across_every_regime(one, other):
    if one < other:
        assert friction_loss(one, **WATER) <= friction_loss(other, **WATER)


def test_loss_is_odd_in_the_rate():
    q = np.array([1e-6, 1e-4, 1e-2])
    assert friction_loss(-q, **WATER) == pytest.approx(-friction_loss(q, **WATER))


def test_slope_at_rest_is_poiseuilles():
    poiseuille = 128 * 1e-3 * 1000.0 / (np.pi * 0.062**4)
    assert float(friction_slope(0.0, **WATER)) == pytest.approx(poiseuille, rel=1e-6)
