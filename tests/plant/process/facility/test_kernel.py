"""What is compiled of a station is what NumPy runs, and no copy of it writes into another."""

import copy

import numpy as np
import pytest

from plant.process.facility import filling, growth, kernel, line, parting
from plant.process.facility.row import (
    LineKind,
    LineState,
    Stream,
    TankKind,
    TankState,
    Valve,
    VesselKind,
    VesselState,
)  # fmt: skip

EXACT = 1e-12  # sums are rounded in another order


def drawn(kind, n, rng, least=0.05, most=0.95):
    return kind(*rng.uniform(least, most, (len(kind._fields), n)))


def test_lines_move_alike(rng):
    n = 7
    s, k = drawn(LineState, n, rng), drawn(LineKind, n, rng)._replace(design_pressure=np.full(n, 1e6))
    arriving, T, behind = rng.uniform(0.0, 1e-2, (3, n)), rng.uniform(280.0, 350.0, n), rng.uniform(5e5, 9e5, n)
    s.T[:], k.surroundings[:] = 320.0, 290.0
    expected = line.moved(s, k, 0.7, Stream(*arriving), T, behind)
    lines = np.array(s)
    kernel.move_lines(lines, np.array(k), 0.7, arriving, T, behind)
    assert lines == pytest.approx(np.array(expected), rel=EXACT)


def test_deposits_grow_alike(rng):
    n = 7
    k = drawn(LineKind, n, rng)._replace(surroundings=np.full(n, 280.0), wax_temperature=np.full(n, 310.0))
    hydrate, wax, T = rng.uniform(0.0, 0.5, n), rng.uniform(0.0, 1e-3, n), rng.uniform(275.0, 330.0, n)
    p = rng.uniform(1e6, 9e6, n)
    expected = growth.frozen(hydrate, k, 60.0, T, p), growth.waxed(wax, k, 60.0, T)
    kernel.grow(hydrate, wax, np.array(k), 60.0, T, p)
    assert (hydrate, wax) == (pytest.approx(expected[0], rel=EXACT), pytest.approx(expected[1], rel=EXACT))


def test_separators_move_alike_full_or_dry_sound_or_corroded(rng):
    n = 7
    s, k = drawn(VesselState, n, rng, 0.0, 3.0), drawn(VesselKind, n, rng)
    k = k._replace(
        volume=np.full(n, 8.0), oil_volume=np.full(n, 2.0), water_volume=np.full(n, 2.0), T_air=np.full(n, 290.0),
        relief_pressure=np.full(n, 2e6), median_w=np.full(n, 4e-4), median_o=np.full(n, 3e-4),
        oil_density=np.full(n, 900.0), water_density=np.full(n, 1020.0), oil_viscosity=np.full(n, 0.05),
        oil_size=np.full(n, 1e-4), water_size=np.full(n, 1e-4), gas_size=np.full(n, 1e-4),
        relief_size=np.full(n, 1e-4), hole=np.full(n, 1e-5), weir_leak=np.array([0.0, 1e-2] * 4)[:n],
    )  # fmt: skip
    s.T[:], s.gas[:] = 330.0, rng.uniform(20.0, 90.0, n)
    valves = [drawn(Valve, n, rng) for _ in range(3)]
    arriving, T = rng.uniform(0.0, 1e-2, (3, n)), rng.uniform(280.0, 350.0, n)
    targets = tuple(rng.uniform(0.0, 1.0, (3, n)))
    expected = parting.moved(s, k, *valves, 0.5, Stream(*arriving), T, *targets, 3e5, 1e-5, 0.9)
    vessels, kinds = np.array(s), tuple(np.array(valve) for valve in valves)
    kernel.move_vessels(vessels, np.array(k), kinds, 0.5, arriving, T, targets, 3e5, 1e-5, 0.9)
    assert vessels == pytest.approx(np.array(expected), rel=EXACT, abs=1e-15)


def test_tanks_move_alike(rng):
    n = 7
    s, k = drawn(TankState, n, rng), drawn(TankKind, n, rng)._replace(volume=np.full(n, 1.2))
    oil, water = rng.uniform(0.0, 0.1, (2, 3))
    expected = filling.moved(s, k, 1.5, Stream(*oil), Stream(*water), 0.9)
    tanks = np.array(s)
    kernel.move_tanks(tanks, np.array(k), 1.5, oil, water, 0.9)
    assert tanks == pytest.approx(np.array(expected), rel=EXACT)


@pytest.fixture
def rng():
    return np.random.default_rng(14)


def test_a_copied_station_has_a_board_of_its_own_and_moves_on_to_the_same_bits(plain):
    other = copy.deepcopy(plain)
    for one in (plain, other):
        one.station.separator.parameters.hole[:] = 1e-5
        one.station.gathering.parameters.leak_area[0] = 1e-4
        one.run(20.0)
    for name, array in plain.station.state.items():
        assert np.array_equal(other.station.state[name], array), name
        assert not np.shares_memory(other.station.state[name], array), name
