import numpy as np
import pytest

from plant.physics.separation import souders_brown_speed
from plant.process.facility.phase import TORN, Liquids, carried_share
from plant.process.facility.separator import Separators

DESIGN = np.array([[4e-3], [1.2e-2], [5e-2]])
HALF = (0.5, 0.5, 0.5)
T = 330.0


@pytest.fixture
def vessel(field):
    return Separators((field.separator,), DESIGN, Liquids(945.0, 1025.0, 0.1), T, 287.0)


def run(vessel, seconds, stream=DESIGN, targets=HALF, dt=0.2, T_in=T):
    targets = np.reshape(targets, (3, 1))
    header = vessel.separators[0].gas_header_pressure
    for _ in range(round(seconds / dt)):
        vessel.step(dt, np.asarray(stream, float), np.array([T_in]), targets, header)


def stream(oil, water, gas):
    return np.array([[oil], [water], [gas]])


def test_at_its_design_stream_and_openings_nothing_moves(vessel, field):
    run(vessel, 600.0)
    assert vessel.pressure[0] == pytest.approx(field.separator.pressure, rel=1e-3)
    assert vessel.levels[:, 0] == pytest.approx((0.5, 0.5), abs=1e-3)


@pytest.mark.parametrize(("valve", "level"), [(0, 0), (1, 1)])
def test_a_level_rises_while_its_valve_is_shut_and_the_others_holds(vessel, valve, level):
    targets = [0.5, 0.5, 0.5]
    targets[valve] = 0.0
    run(vessel, 120.0, targets=targets)
    assert vessel.levels[level, 0] > 0.52
    assert vessel.levels[1 - level, 0] == pytest.approx(0.5, abs=0.02)


def test_pressure_rises_while_the_gas_valve_is_shut(vessel, field):
    run(vessel, 120.0, targets=(0.5, 0.5, 0.0))
    assert vessel.pressure[0] > field.separator.pressure


def test_a_full_compartment_spills_into_the_other(vessel):
    run(vessel, 500.0, stream=stream(0.0, 1.2e-2, 5e-2), targets=(0.0, 0.0, 0.5))
    assert vessel.levels[1, 0] == pytest.approx(1.0, abs=1e-3)
    assert 0.5 < vessel.levels[0, 0] < 1.0


def test_a_full_separator_sends_its_liquid_into_the_gas_line(vessel):
    before, carried = vessel.inventory()[:2].sum(), 0.0
    for _ in range(1800):
        run(vessel, 1.0, targets=(0.0, 0.0, 0.5), dt=1.0)
        carried += vessel.gas_out[:2].sum() + vessel.relief_out[:2].sum()
    assert vessel.levels[:, 0] == pytest.approx((1.0, 1.0))
    assert carried > 1.0
    assert vessel.inventory()[:2].sum() + carried - before == pytest.approx(1.6e-2 * 1800.0, rel=5e-3)


def test_a_dry_compartment_blows_gas_by_until_the_vessel_has_lost_its_pressure(vessel, field):
    run(vessel, 3600.0, stream=stream(1e-3, 0.0, 5e-2), targets=(0.3, 1.0, 0.3), dt=1.0)
    assert 0.0 <= vessel.levels[1, 0] < 0.02
    assert vessel.water_out[2, 0] > 0.5 * 5e-2
    assert vessel.pressure[0] < field.separator.gas_header_pressure


def test_valves_stroke_no_faster_than_their_actuators(vessel):
    run(vessel, 1.0, targets=(1.0, 0.0, 0.55), dt=1.0)
    assert vessel.openings[:, 0] == pytest.approx([0.6, 0.4, 0.55])


def test_temperature_follows_the_stream(vessel):
    run(vessel, 3000.0, dt=1.0, T_in=T - 10.0)
    assert vessel.T[0] == pytest.approx(T - 10.0, abs=1.0)


def test_a_shell_without_its_insulation_cools_the_liquid(vessel):
    run(vessel, 1800.0, dt=1.0)
    before = vessel.T[0]
    vessel.parameters.heat_loss[:] = 20.0
    run(vessel, 1800.0, dt=1.0)
    assert vessel.T[0] < before - 0.5


def test_balancing_finds_the_openings_that_hold_a_stream(vessel):
    lean = stream(3e-3, 1.0e-2, 4e-2)
    vessel.balance(lean)
    run(vessel, 600.0, stream=lean, targets=vessel.openings.copy())
    assert vessel.levels[:, 0] == pytest.approx((0.5, 0.5), abs=2e-3)
    assert np.all(vessel.openings < 0.5)


def water_in_oil(vessel):
    return vessel.oil_out[1, 0] / vessel.oil_out[:2, 0].sum()


def test_a_shorter_stay_leaves_more_water_in_the_oil(vessel):
    """Stokes: the drop that settles grows as the time to settle in shrinks."""
    run(vessel, 600.0, dt=1.0)
    before = water_in_oil(vessel)
    vessel.parameters.sand[:] = 0.5
    run(vessel, 3600.0, dt=1.0)
    assert water_in_oil(vessel) > 1.2 * before


def test_a_tighter_emulsion_leaves_more_of_each_liquid_in_the_other(vessel):
    run(vessel, 600.0, dt=1.0)
    before = water_in_oil(vessel), vessel.water_out[0, 0]
    vessel.parameters.drop[:] = 0.3
    run(vessel, 1800.0, dt=1.0)
    assert water_in_oil(vessel) > 2.0 * before[0]
    assert vessel.water_out[0, 0] > 2.0 * before[1]


def test_gas_too_fast_for_its_vessel_carries_liquid_over():
    """Souders and Brown: beyond their speed drops no longer fall."""
    p, T_gas, area = np.array([9e5]), np.array([T]), np.array([2.0])
    rho_gas = p / (415.7 * T_gas)
    most = souders_brown_speed(945.0, rho_gas) * area
    shares = [carried_share(part * most, p, T_gas, area, 945.0, np.ones(1))[0] for part in (0.1, 1.0, 2.0)]
    assert shares[0] < 1e-5 * TORN
    assert 0.05 * TORN < shares[1] < 0.2 * TORN
    assert shares[2] > 0.9 * TORN


def test_a_broken_demister_lets_more_liquid_by(vessel):
    stream_of_gas = stream(4e-3, 1.2e-2, 5e-2)
    run(vessel, 60.0, stream=stream_of_gas, dt=1.0)
    before = vessel.gas_out[:2].sum()
    vessel.parameters.mist[:] = 0.05
    run(vessel, 60.0, stream=stream_of_gas, dt=1.0)
    assert vessel.gas_out[:2].sum() > 100.0 * before


def test_a_relief_valve_holds_the_pressure_near_its_set_point(vessel):
    vessel.parameters.relief_pressure[:] = 1.3e6
    run(vessel, 1800.0, targets=(0.39, 0.39, 0.0), dt=1.0)
    assert 1.3e6 < vessel.pressure[0] < 1.1 * 1.3e6
    assert vessel.relief_out[2, 0] > 0.5 * DESIGN[2, 0]


def test_a_stuck_relief_valve_lets_the_pressure_pass(vessel):
    vessel.parameters.relief_pressure[:] = 1.3e6
    vessel.parameters.relief_stuck[:] = 1.0
    run(vessel, 1800.0, targets=(0.39, 0.39, 0.0), dt=1.0)
    assert vessel.pressure[0] > 1.1 * 1.3e6


def test_a_corroded_weir_evens_the_levels(vessel):
    run(vessel, 60.0, targets=(0.3, 0.7, 0.5), dt=1.0)
    vessel.parameters.weir_leak[:] = 2e-2
    apart = abs(vessel.levels[0, 0] - vessel.levels[1, 0])
    run(vessel, 120.0, dt=1.0)
    assert abs(vessel.levels[0, 0] - vessel.levels[1, 0]) < 0.8 * apart


@pytest.mark.parametrize("dt", [0.05, 0.2, 1.0])
def test_no_step_makes_it_swing(vessel, dt):
    run(vessel, 300.0, targets=(0.6, 0.4, 0.7), dt=dt)
    settled = vessel.pressure[0]
    run(vessel, 10 * dt, targets=(0.6, 0.4, 0.7), dt=dt)
    assert vessel.pressure[0] == pytest.approx(settled, rel=1e-2)
