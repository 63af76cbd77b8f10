"""A riser that is open too wide for its gas slugs, and goes on slugging; with gas at its foot it rests."""

import numpy as np
import pytest

from plant.asset.facility import Riser
from plant.process.facility.riser import Risers

STREAM = np.array([[2e-3], [2e-3], [0.05]])
RISER = Riser("R", "M", height=60.0, diameter=0.1, base_volume=6.0, top_opening=1.0, base_gas=0.0)


def base_pressures(opening, hours=5.0, base_gas=0.0, dt=1.0):
    riser = Risers((RISER,), STREAM, 900.0, 310.0, 9e5)
    riser.parameters.top_opening[:], riser.parameters.base_gas[:] = opening, base_gas
    seen, flows = [], []
    for _ in range(round(hours * 3600 / dt)):
        flows.append(riser.step(dt, STREAM, 8e5)[:2].sum())
        seen.append(riser.base_pressure[0])
    return np.array(seen), np.array(flows)


def swing(p):
    return np.ptp(p)


def test_an_open_riser_slugs_without_damping_out():
    """Severe slugging is a limit cycle: the last hour swings as far as the third."""
    p, q = base_pressures(1.0)
    third, last = p[2 * 3600 : 3 * 3600], p[-3600:]
    assert swing(last) > 0.5 * 900.0 * 9.81 * RISER.height
    assert swing(last) == pytest.approx(swing(third), rel=0.05)
    assert q[-3600:].max() > 1.5 * q[-3600:].mean()


def test_gas_at_the_foot_calms_it():
    assert swing(base_pressures(1.0, hours=2.0, base_gas=0.6)[0][-3600:]) < 1e4


@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_what_comes_into_a_riser_is_held_or_has_left(dt):
    riser, out, n = Risers((RISER,), STREAM, 900.0, 310.0, 9e5), np.zeros(3), 2000
    before = riser.inventory()
    for _ in range(n):
        out += riser.step(dt, STREAM, 8e5)[:, 0] * dt
    assert riser.inventory() + out - before == pytest.approx(STREAM[:, 0] * n * dt, rel=1e-10)
