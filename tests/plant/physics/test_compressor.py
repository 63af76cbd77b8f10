import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.compressor import (
    CompressorMap,
    discharge_temperature,
    moore_greitzer_head,
    polytropic_efficiency,
    pressure_ratio,
    shaft_power,
    surge_flow,
    surge_margin,
)

MACHINE = CompressorMap(flow=1.0, head=60e3, valley=40e3, efficiency=0.78, best_flow=1.4)
FLOW, SPEED = st.floats(-5.0, 5.0), st.floats(0.0, 1.1)


def test_the_crest_is_where_head_is_greatest_and_surge_begins():
    q = np.linspace(0.0, 3.0, 3001)
    head = moore_greitzer_head(q, 1.0, MACHINE)
    assert q[head.argmax()] == pytest.approx(MACHINE.flow)
    assert head.max() == pytest.approx(MACHINE.head)


@given(FLOW, SPEED, st.floats(0.1, 1.0))
def test_head_follows_the_fan_laws(q, n, scale):
    # similarity: flow times s and speed times s give head times s²
    once = float(moore_greitzer_head(q, n, MACHINE))
    assert float(moore_greitzer_head(scale * q, scale * n, MACHINE)) == pytest.approx(scale**2 * once, abs=1e-6)


@given(SPEED)
def test_head_has_no_jump_and_no_kink_from_reverse_flow_to_choke(n):
    q = np.linspace(-3.0, 4.0, 7001)
    slope = np.diff(moore_greitzer_head(q, n, MACHINE)) / np.diff(q)
    assert np.isfinite(slope).all()
    assert np.abs(np.diff(slope)).max() < 5e-3 * np.abs(slope).max() + 1e-3


def test_a_standing_wheel_resists_flow_either_way_by_its_square():
    head = moore_greitzer_head([-2.0, -1.0, 0.0, 1.0, 2.0], 0.0, MACHINE)
    assert head[1] > 0.0 == head[2] > head[3]
    assert (head[0], head[4]) == pytest.approx((4 * head[1], 4 * head[3]))


@given(SPEED)
def test_every_crest_lies_on_the_surge_line(n):
    assert float(surge_flow(n**2 * MACHINE.head, MACHINE)) == pytest.approx(n * MACHINE.flow)
    assert float(surge_margin(n * MACHINE.flow, n**2 * MACHINE.head, MACHINE)) == pytest.approx(0.0, abs=1e-12)


def test_pressure_ratio_gives_back_the_polytropic_head():
    # closed form: H = z R T1 / (m M) (r^m - 1); and temperature rises by r^m
    m = 0.27 / (1.27 * 0.75)
    ratio = float(pressure_ratio(80e3, 310.0, 0.021, 0.75, z=0.95))
    assert 0.95 * 8.314462618 * 310.0 / (m * 0.021) * (ratio**m - 1) == pytest.approx(80e3)
    assert float(discharge_temperature(310.0, ratio, 0.75)) == pytest.approx(310.0 * ratio**m)


@given(FLOW, SPEED)
def test_efficiency_and_power_stay_in_bounds_all_over_the_map(q, n):
    efficiency = float(polytropic_efficiency(q, n, MACHINE))
    assert 0.25 < efficiency <= MACHINE.efficiency
    assert shaft_power(q, moore_greitzer_head(q, n, MACHINE), efficiency) >= 0.0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"flow": 0.0}, "flow"),
        ({"valley": 70e3}, "valley"),
        ({"efficiency": 1.0}, "efficiency"),
        ({"best_flow": 0.5}, "best_flow"),
    ],
)
def test_numbers_that_make_no_map_are_refused_by_name(change, name):
    legal = {"flow": 1.0, "head": 60e3, "valley": 40e3, "efficiency": 0.78, "best_flow": 1.4}
    with pytest.raises(OutOfRange) as refused:
        CompressorMap(**{**legal, **change})
    assert refused.value.name == name
