import numpy as np
import pytest

from plant.process.esp.parameter import over_wells
from plant.process.esp.pump_table import POINTS, pump_tables, turned
from plant.process.tiling import tile


class Pumps:
    """Every well's pump: head and torque at a speed over that of its test, and a rate over its last."""

    def __init__(self, field):
        self.table, self.row = pump_tables(field)
        self.last_rate = over_wells(field, lambda well: well.pump.rate[-1])

    def __call__(self, n, x):
        return turned(self.table, self.row, n, x)


@pytest.fixture(scope="module")
def pumps(field):
    return Pumps(field)


def test_the_table_gives_back_the_factory_tests_right_of_their_peak(pumps, field):
    # grade M: the factory tests, within 0.1 % of shut-off head
    for i, well in enumerate(field.wells):
        pump = well.pump
        for q, head, power in zip(pump.rate, pump.head, pump.shaft_power, strict=True):
            made = pumps(np.ones(len(field.wells)), q / pumps.last_rate)
            if q >= pump.rate[int(np.argmax(pump.head))]:
                assert made.head[i] == pytest.approx(head, abs=1e-3 * max(pump.head))
            assert made.torque[i] == pytest.approx(power / (2.0 * np.pi * pump.speed), rel=2e-3)


def test_no_head_rises_with_rate(pumps, field):
    # a hump would surge in a long elastic tubing: docs/decisions/10
    n = np.ones(len(field.wells))
    heads = np.array([pumps(n, np.full(len(n), x)).head for x in np.linspace(0.0, 1.3, 400)])
    assert np.all(np.diff(heads, axis=0) <= 1e-9)


def test_slopes_are_the_changes_with_rate(pumps, field):
    rng, step = np.random.default_rng(1), 1e-7
    for _ in range(200):
        n, x = rng.uniform(-1.2, 1.2, (2, len(field.wells)))
        low, high = pumps(n, x - step), pumps(n, x + step)
        for name in ("head", "torque"):
            numeric = (getattr(high, name) - getattr(low, name)) / (2.0 * step)
            scale = np.abs(getattr(pumps(np.ones_like(n), np.zeros_like(x)), name))
            off = np.abs(getattr(pumps(n, x), f"{name}_x") - numeric) / scale
            assert np.quantile(off, 0.9) < 0.02  # a point may straddle two pieces of the table


def test_head_and_torque_are_of_second_degree_in_speed_and_rate(pumps, field):
    # the affinity laws
    n, x = np.full(len(field.wells), 0.8), np.full(len(field.wells), 0.4)
    half, whole = pumps(0.5 * n, 0.5 * x), pumps(n, x)
    assert half.head == pytest.approx(0.25 * whole.head)
    assert half.torque == pytest.approx(0.25 * whole.torque)


def test_a_pump_at_rest_without_flow_has_neither_head_nor_torque(pumps, field):
    nothing = np.zeros(len(field.wells))
    assert pumps(nothing, nothing).head == pytest.approx(0.0, abs=1e-12)
    assert pumps(nothing, nothing).torque == pytest.approx(0.0, abs=1e-12)


def test_wells_with_the_same_test_share_a_table(field):
    (table, row), (tiled, rows) = pump_tables(field), pump_tables(tile(field, 36))
    assert tiled.size == table.size
    assert set(rows) == set(row)
    assert table.size == 2 * POINTS * len(set(row))
