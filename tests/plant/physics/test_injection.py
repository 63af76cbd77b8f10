import numpy as np
import pytest

from plant.physics.injection import injection_rate


def test_an_injector_bends_upward_where_the_rock_breaks():
    # a step-rate test: slope J below the fracturing pressure, m J above
    p = np.array([1.6e7, 1.7e7, 2.1e7, 2.2e7])
    rate = injection_rate(p, 1.5e7, 1e-9, p_frac=2e7, opened=4.0)
    assert rate[1] - rate[0] == pytest.approx(1e-3)
    assert rate[3] - rate[2] == pytest.approx(4e-3)


def test_nothing_flows_back_from_the_reservoir():
    assert float(injection_rate(1.4e7, 1.5e7, 1e-9)) == 0.0
