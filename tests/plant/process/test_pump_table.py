import numpy as np
import pytest

from plant.process.pump_table import PumpTable


@pytest.fixture(scope="module")
def table(field):
    return PumpTable(field)


def test_the_table_gives_back_the_factory_tests_right_of_their_peak(table, field):
    # grade M: the factory tests, within 0.1 % of shut-off head
    for i, well in enumerate(field.wells):
        pump = well.pump
        for q, head, power in zip(pump.rate, pump.head, pump.shaft_power, strict=True):
            rates = np.full(len(field.wells), q)
            n = np.ones(len(field.wells))
            if q >= pump.rate[int(np.argmax(pump.head))]:
                assert table.head_and_slope(n, rates)[0][i] == pytest.approx(head, abs=1e-3 * max(pump.head))
            torque = power / (2.0 * np.pi * pump.speed)
            assert table.torque(n, rates)[i] == pytest.approx(torque, rel=2e-3)


def test_no_head_rises_with_rate(table, field):
    # a hump would surge in a long elastic tubing: docs/decisions/10
    n = np.ones(len(field.wells))
    heads = np.array([table.head_and_slope(n, x * table.last_rate)[0] for x in np.linspace(0.0, 1.3, 400)])
    assert np.all(np.diff(heads, axis=0) <= 1e-9)


def test_slope_is_the_change_of_head_with_rate(table, field):
    rng = np.random.default_rng(1)
    for _ in range(200):
        n, q = rng.uniform(-1.2, 1.2, len(field.wells)), rng.uniform(-1.2, 1.2, len(field.wells)) * table.last_rate
        step = 1e-7 * table.last_rate
        numeric = (table.head_and_slope(n, q + step)[0] - table.head_and_slope(n, q - step)[0]) / (2.0 * step)
        assert table.head_and_slope(n, q)[1] == pytest.approx(numeric, rel=0.02, abs=2e4)


def test_a_pump_at_rest_without_flow_has_neither_head_nor_torque(table, field):
    nothing = np.zeros(len(field.wells))
    assert np.all(table.head_and_slope(nothing, nothing)[0] == 0.0)
    assert np.all(table.torque(nothing, nothing) == 0.0)


def test_wells_with_the_same_test_share_a_table(field):
    from plant.process.tiling import tile

    assert PumpTable(tile(field, 36))._head.size == PumpTable(field)._head.size
