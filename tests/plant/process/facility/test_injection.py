import numpy as np
import pytest

from plant.process.facility.injection import Injection

ON = np.array([True])


def run(injection, seconds, taken, supply=1.0, dt=0.5):
    """Draw from a tank that never ends; ``taken`` is what injectors take at a pressure."""
    for _ in range(round(seconds / dt)):
        wanted = injection.wanted(dt, ON, supply)
        drawn = np.array([0.0, wanted.sum() * dt, 0.0])
        injection.step(dt, drawn, wanted, taken(injection.pressure))


@pytest.fixture
def injection(island):
    return Injection(island.injection_pumps)


def rock(pressure):
    return 4e-10 * max(pressure - 1e6, 0.0)


def test_the_pump_runs_where_its_curve_meets_what_the_injectors_take(injection):
    run(injection, 120.0, rock)
    assert injection.flow[0] == pytest.approx(rock(injection.pressure), rel=1e-3)
    assert 7e6 < injection.pressure < 1.02e7


def test_a_shut_header_comes_to_the_pumps_shut_in_pressure(injection):
    run(injection, 120.0, lambda _: 0.0)
    assert injection.pressure == pytest.approx(1e7, rel=0.05)
    assert injection.flow[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(("fault", "value"), [("wear", 0.4), ("filter", 0.9), ("power", 0.0), ("leak_area", 2e-4)])
def test_every_fault_takes_pressure_from_the_header(injection, fault, value):
    run(injection, 120.0, rock)
    before = injection.pressure
    getattr(injection.parameters, fault)[:] = value
    run(injection, 60.0, rock)
    assert injection.pressure < 0.95 * before


def test_a_header_without_its_pump_runs_down_and_never_below_empty(injection):
    run(injection, 300.0, lambda _: 1e-2, supply=0.0)
    assert injection.inventory()[1] >= 0.0
    assert injection.pressure < 2e5
