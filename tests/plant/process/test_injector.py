"""Injectors: what the rock takes, and what plugs it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.asset.field_file import load_field
from plant.asset.signal import signals
from plant.process.injector import Injectors
from tests.plant.process.flowing.conftest import mixed_file

HEADER = np.array([1.2e7])


@pytest.fixture(scope="module")
def field(tmp_path_factory):
    return load_field(mixed_file(tmp_path_factory.mktemp("field")))


def after(wells, seconds, header=HEADER, choke=0.6, dt=1.0):
    for _ in range(round(seconds / dt)):
        wells.step(dt, np.array([choke]), header)
    return wells


def test_at_rest_the_rock_takes_its_injectivity_times_the_overpressure(field):
    # closed form: Darcy below fracturing
    wells = after(Injectors(field), 600.0)
    index, p_r = wells.parameters.injectivity, wells.parameters.reservoir_pressure
    assert wells.state["rate"] == pytest.approx(index * (wells.state["p_wf"] - p_r), rel=1e-6)


def test_a_fracture_takes_more_at_less_pressure(field):
    whole, broken = Injectors(field), Injectors(field)
    broken.parameters.fracture_factor[:] = 0.7
    assert after(broken, 600.0).state["rate"] > 1.05 * after(whole, 600.0).state["rate"]
    assert broken.wellhead_pressure() < whole.wellhead_pressure()


def test_dirty_water_plugs_the_rock_as_it_goes_in(field):
    clean, dirty = after(Injectors(field), 600.0), Injectors(field)
    dirty.parameters.plugging[:] = 0.1
    after(dirty, 86_400.0, dt=10.0)
    assert dirty.state["rate"] < 0.8 * clean.state["rate"]
    assert dirty.wellhead_pressure() > clean.wellhead_pressure()


def test_a_check_holds_when_the_header_trips_and_failed_lets_it_flow_back(field):
    held, failed = after(Injectors(field), 600.0), after(Injectors(field), 600.0)
    failed.parameters.check_leak[:] = 1.0
    assert after(held, 60.0, np.array([1e5])).state["rate"] == 0.0
    failed.state["p_wf"][:] = 1.9e7
    assert after(failed, 1.0, np.array([1e5])).state["rate"] < 0.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(1e5, 5e7), st.sampled_from((0.05, 1.0, 60.0))), min_size=1))
def test_what_it_drew_is_in_the_rock_or_in_the_well(field, steps):
    wells, drawn = Injectors(field), np.zeros(3)
    wells.parameters.check_leak[:], wells.parameters.thief[:] = 0.5, 1e-9
    first = wells.inventory()
    for choke, header, dt in steps:
        for _ in range(10):
            wells.step(dt, np.array([choke]), np.array([header]))
            drawn += dt * wells.state["taken"].sum(axis=1)
    assert all(np.isfinite(values).all() for values in wells.state.values())
    gone = wells.state["injected"].sum(axis=1)
    throughput = np.abs(gone) + wells.inventory()
    assert np.all(np.abs(first + drawn - gone - wells.inventory()) <= 1e-9 * throughput)


def test_it_shows_every_signal_of_an_injector(field):
    shown = {name.partition(".")[2] for name in Injectors(field).signals()}
    assert shown == {n for (k, n), s in signals().items() if k == "Injector" and s.kind == "measurement"}
