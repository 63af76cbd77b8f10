"""The controller's facts, each by hand or by the loop it closes."""

import math

import pytest

from control.loops.pid import Pid


def test_proportional_action_alone_gives_gain_times_error_over_the_bias() -> None:
    pid = Pid(gain=2.0)
    state = pid.bumpless(0.5, setpoint=1.0, measured=1.0)
    assert pid.step(state, 1.0, 1.1, dt=1.0).output == pytest.approx(0.7)


def test_reverse_action_lowers_the_output_when_the_measurement_rises() -> None:
    pid = Pid(gain=2.0, is_direct=False)
    state = pid.bumpless(0.5, 1.0, 1.0)
    assert pid.step(state, 1.0, 1.1, dt=1.0).output == pytest.approx(0.3)


def test_integral_action_repeats_the_proportional_step_once_every_integral_time() -> None:
    """The definition of reset time."""
    pid = Pid(gain=1.0, integral_time=10.0)
    state = pid.bumpless(0.2, 1.0, 1.0)
    outputs = []
    for _ in range(21):
        outputs.append(state.output)
        state = pid.step(state, 1.0, 1.1, dt=1.0)
    assert outputs[1] == pytest.approx(0.2 + 0.1 + 0.01)
    assert outputs[20] - outputs[10] == pytest.approx(0.1)


def test_derivative_ignores_a_new_setpoint_and_answers_a_moving_measurement() -> None:
    pid = Pid(gain=1.0, derivative_time=5.0)
    state = pid.bumpless(0.5, 0.4, 0.4)
    assert pid.step(state, 0.5, 0.4, dt=1.0).output == pytest.approx(0.4)
    assert pid.step(state, 0.4, 0.42, dt=1.0).output == pytest.approx(0.5 + 0.02 + 5 * 0.02)


def test_taking_over_from_hand_does_not_bump_the_valve() -> None:
    pid = Pid(gain=7.0, integral_time=30.0)
    state = pid.bumpless(0.37, setpoint=2.0, measured=2.9)
    assert pid.step(state, 2.0, 2.9, dt=1e-9).output == pytest.approx(0.37)


def test_an_hour_at_the_end_does_not_delay_the_way_back() -> None:
    """Without anti-windup the integral would have to unwind an hour."""
    pid = Pid(gain=1.0, integral_time=20.0)
    state = pid.bumpless(0.5, 0.5, 0.5)
    for _ in range(3600):
        state = pid.step(state, 0.5, 0.9, dt=1.0)
    assert state.output == 1.0
    assert pid.step(state, 0.5, 0.3, dt=1.0).output < 1.0


def test_the_output_stays_within_its_ends() -> None:
    pid = Pid(gain=100.0, integral_time=1.0, low=0.1, high=0.8)
    state = pid.bumpless(0.5, 0.0, 0.0)
    assert pid.step(state, 0.0, 5.0, 1.0).output == 0.8
    assert pid.step(state, 0.0, -5.0, 1.0).output == 0.1


def test_a_failed_measurement_holds_the_output_and_control_goes_on_when_it_returns() -> None:
    pid = Pid(gain=1.0, integral_time=10.0)
    state = pid.bumpless(0.5, 0.5, 0.5)
    held = pid.step(state, 0.5, math.nan, 1.0)
    assert held == state
    assert pid.step(held, 0.5, 0.6, 1.0).output > 0.5


def test_a_first_order_process_settles_on_its_setpoint() -> None:
    pid = Pid(gain=0.8, integral_time=5.0, is_direct=False)
    level, state = 0.0, pid.bumpless(0.0, 0.6, 0.0)
    for _ in range(400):
        state = pid.step(state, 0.6, level, 0.5)
        level += 0.5 * (state.output - level) / 10.0
    assert level == pytest.approx(0.6, abs=1e-3)
