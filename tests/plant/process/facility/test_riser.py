"""A riser that is open too wide for its gas slugs, and goes on slugging: by the criteria of those who explained it."""

from functools import cache

import numpy as np
import pytest

from plant.asset.facility import Riser
from plant.physics.valve import P_SC, T_SC
from plant.process.facility.riser import PASSED, Risers

RHO, T, BEHIND, P_TOP = 900.0, 310.0, 8e5, 9e5
HEIGHT, AREA, VOLUME = 60.0, 0.25 * np.pi * 0.1**2, 6.0
STREAM = np.array([[2e-3], [2e-3], [0.05]])
COLUMN = RHO * 9.80665 * HEIGHT  # weight of a full riser [Pa]
HOURS = 3

# K. Bøe, Symposium on Two-Phase Flow, University of Trondheim, 1981: the foot is sealed while liquid that piles up
# weighs more than the gas behind it gains: rho g q_l / A > q_g p / V. This gas is where both are equal
PER_VOLUME = P_SC * T / T_SC
BOE_GAS = RHO * 9.80665 * STREAM[:2].sum() / AREA * VOLUME / PER_VOLUME / (1.0 - PASSED)
# Y. Taitel, Int. J. Multiphase Flow 12(2), 1986, p. 203: gas that enters a full riser at its foot lightens it faster
# than it expands, and blows it out, unless p_s + rho g h > rho g V / A. This volume is where both are equal
TAITEL_VOLUME = (BEHIND + COLUMN) * AREA / (RHO * 9.80665)

# (opening, gas, volume before the foot, gas let in there) of each riser that is tried
OPEN, FEW_GAS, MUCH_GAS, SMALL, LARGE, THROTTLED, LIGHTENED = CASES = (
    (1.0, 0.05, VOLUME, 0.0), (1.0, 0.5 * BOE_GAS, VOLUME, 0.0), (1.0, 1.1 * BOE_GAS, VOLUME, 0.0),
    (1.0, 0.05, 0.8 * TAITEL_VOLUME, 0.0), (1.0, 0.05, 2.5 * TAITEL_VOLUME, 0.0),
    (0.2, 0.05, 2.5 * TAITEL_VOLUME, 0.0), (1.0, 0.05, VOLUME, 0.6),
)  # fmt: skip


def risers(volumes):
    made = tuple(Riser(f"R{k}", "M", HEIGHT, 0.1, float(volume), 1.0, 0.0) for k, volume in enumerate(volumes))
    return Risers(made, np.tile(STREAM, len(made)), RHO, T, P_TOP)


def run(moving, stream, p_behind, dt=1.0):
    """Pressures at foot and top and liquid out, each second, shape (seconds, risers)."""
    seen = []
    for _ in range(round(HOURS * 3600 / dt)):
        moving.step(dt, stream, p_behind)
        seen.append((moving.base_pressure, moving.top_pressure, moving.outflow[:2].sum(axis=0)))
    return np.array(seen).transpose(1, 0, 2).copy()


@cache
def tried():
    openings, gas, volumes, at_foot = np.array(CASES).T
    moving = risers(volumes)
    moving.parameters.top_opening[:], moving.parameters.base_gas[:] = openings, at_foot
    stream = np.tile(STREAM, len(CASES))
    stream[2] = gas
    return run(moving, stream, BEHIND)


def last_hour(case):
    """Pressures at foot and top, and liquid out, of a riser that was tried."""
    return tried()[:, -3600:, CASES.index(case)]


def swing(case):
    """Of the pressure at the foot, over the weight of a full riser."""
    return np.ptp(last_hour(case)[0]) / COLUMN


def test_an_open_riser_slugs_without_damping_out():
    """Severe slugging is a limit cycle: the last hour swings as far as the one before."""
    foot, _, out = tried()[:, :, CASES.index(OPEN)]
    assert swing(OPEN) > 0.5
    assert swing(OPEN) == pytest.approx(np.ptp(foot[-7200:-3600]) / COLUMN, rel=0.05)
    assert out[-3600:].max() > 1.5 * out[-3600:].mean()


def test_liquid_seals_the_foot_below_the_gas_of_boe_s_criterion_and_no_longer_above():
    assert swing(FEW_GAS) > 0.5
    assert swing(MUCH_GAS) < 1e-3


def test_a_riser_blows_out_before_a_volume_of_gas_larger_than_taitel_s_and_rests_before_a_smaller():
    assert swing(LARGE) > 0.5
    assert swing(SMALL) < 1e-3


def test_back_pressure_by_taitel_s_criterion_calms_the_same_riser():
    moving = risers([2.5 * TAITEL_VOLUME])
    needed = 2.5 * (BEHIND + COLUMN) - COLUMN
    foot = run(moving, STREAM, needed)[0]
    assert np.ptp(foot[-3600:]) < 1e-3 * COLUMN


def test_throttling_calms_the_same_riser_and_costs_what_the_choke_takes():
    # Z. Schmidt, D. R. Doty, K. Dutta-Roy, SPE J. 25(1), 1985: the choke's loss works as back pressure. Sized to lose
    # a tenth of the pressure before it when open, it loses 25 times that at a fifth, by the square law of an orifice
    foot, top, out = last_hour(THROTTLED)
    assert swing(THROTTLED) < 0.1
    assert swing(THROTTLED) < 0.25 * np.ptp(tried()[0, -7200:-3600, CASES.index(THROTTLED)]) / COLUMN
    assert out.mean() == pytest.approx(STREAM[:2].sum(), rel=2e-3)
    assert top.mean() - BEHIND == pytest.approx(0.1 * P_TOP / 0.2**2, rel=0.01)
    assert foot.mean() > last_hour(LARGE)[0].mean() + 15e5


def test_gas_at_the_foot_calms_it():
    assert swing(LIGHTENED) < 0.02


@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_what_comes_into_a_riser_is_held_or_has_left(dt):
    riser, out, n = risers([VOLUME]), np.zeros(3), 2000
    before = riser.inventory()
    for _ in range(n):
        out += riser.step(dt, STREAM, BEHIND)[:, 0] * dt
    assert riser.inventory() + out - before == pytest.approx(STREAM[:, 0] * n * dt, rel=1e-10)
