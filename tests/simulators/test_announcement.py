"""What the field says of its time, against hand-made clocks."""

import math

import pytest

from simulators.announcement import Announcement


def test_a_field_that_keeps_up_announces_the_speed_it_was_asked_for() -> None:
    seen = Announcement(0.0, 0.0, 60.0)
    for second in range(1, 10):
        seen.look(second, 60.0 * second - 0.2 * (second % 2), 60.0)
    assert (seen.speed, seen.lost, seen.overruns) == (60.0, 0.0, 0)


def test_plant_time_that_was_due_and_did_not_come_is_counted_once_and_the_reached_speed_announced() -> None:
    seen = Announcement(0.0, 0.0, 100.0)
    for second in (1, 2, 3):
        seen.look(second, 80.0 * second, 100.0)
    assert seen.overruns == 3
    assert seen.lost == pytest.approx(60.0)
    assert seen.speed == pytest.approx(80.0)


def test_a_small_loss_at_every_look_adds_up_to_an_overrun() -> None:
    seen = Announcement(0.0, 0.0, 1.0)
    for second in range(1, 11):
        seen.look(second, 0.9 * second, 1.0)
    assert seen.overruns == 1
    assert seen.lost == pytest.approx(0.6)


def test_as_fast_as_it_can_announces_what_it_reached_and_loses_nothing() -> None:
    seen = Announcement(0.0, 0.0, math.inf)
    seen.look(1.0, 300.0, math.inf)
    assert (seen.speed, seen.lost) == (300.0, 0.0)


def test_a_change_of_speed_is_announced_at_once_and_not_held_against_the_time_before() -> None:
    seen = Announcement(0.0, 0.0, 1.0)
    seen.look(10.0, 10.0, 60.0)
    assert seen.speed == 60.0
    seen.look(11.0, 70.0, 0.0)
    assert (seen.speed, seen.lost) == (0.0, 0.0)
    seen.look(20.0, 70.0, 0.0)
    assert (seen.speed, seen.overruns) == (0.0, 0)
