"""The three-state benchmark against its published steady states."""

import numpy as np
import pytest

from plant.physics.esp_three_state import ThreeStateWell, derivative

# Binder et al. (2014, 2015) after Pavlov et al. (2014), grade I: f, z, p_m → p_bh, p_wh, q
STATES = (
    (50.0, 0.50, 2e6, 8311024.8218, 2990109.0621, 0.00995042241351780),
    (50.0, 0.65, 2e5, 7427884.2828, 1051972.8024, 0.0119993084637901),
    (50.0, 0.90, 2e5, 7264733.7961, 672871.5073, 0.0123778175929964),
)


@pytest.mark.parametrize(("f", "z", "p_m", "p_bh", "p_wh", "q"), STATES)
def test_nothing_moves_at_the_published_states(f, z, p_m, p_bh, p_wh, q):
    rates = derivative(np.array([p_bh, p_wh, q]), f, z, p_m, ThreeStateWell())
    assert np.all(np.abs(rates) < [1.0, 1.0, 1e-8])
