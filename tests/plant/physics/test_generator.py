import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.generator import available_power, droop_frequency, kept_loads, shared_load, willans_fuel

LOADS = st.lists(st.floats(0.0, 1e6), min_size=1, max_size=20)


@given(st.floats(0.0, 1e7), LOADS)
def test_machines_share_what_is_asked_and_give_no_more_than_they_can(demand, capacity):
    load = shared_load(demand, capacity)
    assert np.all(load <= np.asarray(capacity) * (1 + 1e-12))
    assert load.sum() == pytest.approx(min(demand, sum(capacity)))


@given(LOADS, st.floats(0.0, 5e6), st.randoms())
def test_what_is_kept_fits_and_is_more_important_than_what_is_shed(loads, capacity, random):
    priority = [random.randint(1, 3) for _ in loads]
    kept = kept_loads(loads, priority, capacity)
    assert np.sum(np.asarray(loads)[kept]) <= capacity * (1 + 1e-12)
    if kept.any() and not kept.all():
        assert max(np.asarray(priority)[kept]) <= min(np.asarray(priority)[~kept])


@given(st.floats(0.0, 2.0))
def test_a_loaded_bus_runs_slower(share):
    assert droop_frequency((share + 0.1) * 4e6, 4e6) < droop_frequency(share * 4e6, 4e6)
    assert float(droop_frequency(2e6, 4e6, 60.0)) == pytest.approx(60.0)


def test_a_rating_holds_at_its_own_air_and_warm_or_thin_air_takes_from_it():
    assert float(available_power(5e6, 288.15)) == pytest.approx(5e6)
    assert float(available_power(5e6, 298.15)) == pytest.approx(0.93 * 5e6)
    assert float(available_power(5e6, 288.15, 90e3)) < 5e6
    assert float(available_power(5e6, 1000.0)) == 0.0


def test_fuel_is_a_straight_line_through_idle_and_rated():
    # Willans
    fuel = willans_fuel(np.array([0.0, 5e5, 1e6]), 1e6, 0.3, 0.2)
    assert fuel == pytest.approx([0.2e6 / 0.3, 0.6e6 / 0.3, 1e6 / 0.3])


def test_what_no_generator_does_is_refused_by_name():
    for call, name in (
        (lambda: droop_frequency(1e6, 0.0), "capacity"),
        (lambda: willans_fuel(-1.0, 1e6), "load"),
        (lambda: willans_fuel(1.0, 1e6, 1.0), "efficiency"),
    ):
        with pytest.raises(OutOfRange) as refused:
            call()
        assert refused.value.name == name
