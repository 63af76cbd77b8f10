"""The check in arrays against its definition for one alarm, written out as an operator would say it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from control.alarms.limit import is_beyond

numbers = st.floats(-100, 100)
alarm = st.tuples(numbers, numbers, st.sampled_from([-1.0, 1.0]), st.floats(0, 10), st.booleans())


def scalar(value: float, limit: float, sign: float, deadband: float, was: bool) -> bool:
    """High: begins above the limit, ends at or below limit − deadband. Low: the mirror image."""
    beyond = (value - limit) * sign
    if beyond > 0:
        return True
    if beyond <= -deadband:
        return False
    return was


@given(st.lists(alarm, min_size=1, max_size=50))
def test_all_alarms_at_once_are_each_alarm_by_itself(alarms):
    value, limit, sign, deadband, was = (np.array(column) for column in zip(*alarms, strict=True))
    assert is_beyond(value, limit, sign, deadband, was).tolist() == [scalar(*one) for one in alarms]


def series(values: list[float], limit: float, sign: float, deadband: float) -> list[bool]:
    held, out = np.array([False]), []
    for value in values:
        held = is_beyond(np.array([value]), np.array([limit]), np.array([sign]), np.array([deadband]), held)
        out.append(bool(held[0]))
    return out


def test_noise_on_the_limit_does_not_chatter_within_the_deadband():
    assert series([9.9, 10.1, 9.9, 10.1, 9.6, 9.4, 9.9], 10.0, 1.0, 0.5) == [0, 1, 1, 1, 1, 0, 0]


def test_a_low_alarm_is_the_mirror_image():
    assert series([10.1, 9.9, 10.1, 10.4, 10.6, 10.1], 10.0, -1.0, 0.5) == [0, 1, 1, 1, 0, 0]


def test_a_value_exactly_on_its_limit_is_not_beyond_it():
    assert series([10.0, 10.0], 10.0, 1.0, 0.0) == [0, 0]


def test_a_value_that_is_none_is_not_beyond():
    assert series([float("nan")], 10.0, 1.0, 0.0) == [0]
