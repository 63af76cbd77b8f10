import numpy as np
import pytest

from plant.process.separator import SeparatorVessel, Stream

DESIGN = Stream(oil=4e-3, water=1.2e-2, gas=5e-2)
HALF = (0.5, 0.5, 0.5)
T = 330.0


@pytest.fixture
def vessel(field):
    return SeparatorVessel(field.separator, DESIGN, (945.0, 1025.0), T)


def run(vessel, seconds, stream=DESIGN, targets=HALF, dt=0.2):
    for _ in range(round(seconds / dt)):
        vessel.step(dt, stream, T, targets)


def test_at_its_design_stream_and_openings_nothing_moves(vessel, field):
    run(vessel, 600.0)
    assert vessel.pressure == pytest.approx(field.separator.pressure)
    assert vessel.levels == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize(("valve", "level"), [(0, 0), (1, 1)])
def test_a_level_rises_while_its_valve_is_shut_and_the_others_holds(vessel, valve, level):
    targets = [0.5, 0.5, 0.5]
    targets[valve] = 0.0
    run(vessel, 120.0, targets=targets)
    assert vessel.levels[level] > 0.52
    assert vessel.levels[1 - level] == pytest.approx(0.5, abs=0.02)


def test_pressure_rises_while_the_gas_valve_is_shut(vessel, field):
    run(vessel, 120.0, targets=(0.5, 0.5, 0.0))
    assert vessel.pressure > field.separator.pressure


def test_pressure_comes_to_rest_by_itself_while_levels_are_held(vessel, field):
    pressures = []
    for _ in range(4 * 3600):
        held = Stream(vessel.outflow.oil, vessel.outflow.water, DESIGN.gas)
        vessel.step(1.0, held, T, (0.5, 0.5, 0.6))
        pressures.append(vessel.pressure)
    assert pressures[-1] < field.separator.pressure
    assert pressures[-1] == pytest.approx(pressures[-1000], rel=1e-3)
    assert vessel.outflow.gas == pytest.approx(DESIGN.gas, rel=1e-3)


def test_a_full_compartment_spills_into_the_other(vessel):
    run(vessel, 500.0, stream=Stream(0.0, 1.2e-2, 5e-2), targets=(0.0, 0.0, 0.5))
    assert vessel.levels[1] == pytest.approx(1.0, abs=1e-3)
    assert 0.5 < vessel.levels[0] < 1.0
    assert vessel.carried_over == 0.0


def test_a_full_separator_sends_its_liquid_into_the_gas_line(vessel):
    before = vessel.oil + vessel.water
    run(vessel, 1800.0, targets=(0.0, 0.0, 0.5))
    assert vessel.levels == pytest.approx((1.0, 1.0))
    assert vessel.oil + vessel.water + vessel.carried_over - before == pytest.approx(
        1.6e-2 * 1800.0,
        rel=5e-3,  # the valves take five seconds to shut
    )


def test_an_empty_compartment_passes_no_more_than_comes_in(vessel):
    run(vessel, 3600.0, stream=Stream(1e-3, 0.0, 5e-2), targets=(1.0, 1.0, 0.3))
    assert 0.0 <= vessel.levels[0] < 0.02
    assert 0.0 <= vessel.levels[1] < 0.02
    assert vessel.outflow.oil == pytest.approx(1e-3, rel=1e-3)


def test_valves_stroke_no_faster_than_their_actuators(vessel):
    vessel.step(1.0, DESIGN, T, (1.0, 0.0, 0.55))
    assert vessel.opening == pytest.approx([0.6, 0.4, 0.55])


def test_temperature_follows_the_stream(vessel):
    before = vessel.temperature
    for _ in range(3000):
        vessel.step(1.0, DESIGN, T - 10.0, HALF)
    assert vessel.temperature < before
    assert vessel.temperature == pytest.approx(T - 10.0, abs=1.0)


def test_balancing_finds_the_openings_that_hold_a_stream(vessel):
    lean = Stream(oil=3e-3, water=1.0e-2, gas=4e-2)
    vessel.balance(lean)
    run(vessel, 600.0, stream=lean, targets=vessel.opening.copy())
    assert vessel.levels == pytest.approx((0.5, 0.5), abs=1e-4)
    assert np.all(vessel.opening < 0.5)
