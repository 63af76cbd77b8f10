"""The governor's rule, by its own statement: what is measured arrives within two seconds of plant time."""

import pytest

from scenarios.governor import BEHIND, Governor


def speed_after(*delays: float, asked: float = 40.0) -> float:
    """Of a field for which ``asked`` was asked, once the governor has looked at these delays [s of the wall]."""
    governor = Governor(asked)
    for delay in delays:
        governor.look(delay)
    return governor.speed


def test_a_stack_that_follows_at_once_runs_as_asked():
    assert speed_after(0.0, -0.05, 0.01) == 40.0


@pytest.mark.parametrize("delay", [0.1, 0.25, 1.0])
def test_what_comes_late_comes_within_two_seconds_of_the_plant(delay):
    assert delay * speed_after(delay) <= BEHIND


def test_plant_time_never_goes_slower_than_what_the_story_tells():
    assert speed_after(30.0) == 1.0
    assert speed_after(30.0, asked=0.5) == 0.5


def test_one_late_sample_slows_the_field_for_a_while_and_not_for_good():
    assert speed_after(1.0, *[0.0] * 20) < 4.0
    assert speed_after(1.0, *[0.0] * 200) == 40.0


def test_small_changes_are_not_worth_a_message():
    assert speed_after(0.1, 0.102) == speed_after(0.1)
