"""The run that is shown: nothing of another is taken for what is now."""

from control.bus.clock import FieldClock, WallClock
from control.bus.current_run import CurrentRun
from control.bus.message.announcement import PlantTime


def test_what_comes_of_a_run_that_is_over_is_of_the_past() -> None:
    clock, turns = FieldClock(), []
    current = CurrentRun(clock, lambda: turns.append(current.name))
    clock.hear(PlantTime(1, 1.0, "branch"))
    assert turns == ["branch"]
    assert current.takes("branch")
    assert not current.takes("own")


def test_a_batch_of_a_new_run_may_be_there_before_its_announcement() -> None:
    clock, turns = FieldClock(), []
    current = CurrentRun(clock, lambda: turns.append(current.name))
    assert current.takes("branch")
    clock.hear(PlantTime(1, 1.0, "branch"))
    assert turns == ["branch"]  # once
    assert not current.takes("own")


def test_a_field_that_begins_anew_is_shown_again_under_the_name_it_had() -> None:
    clock = FieldClock()
    current = CurrentRun(clock, lambda: None)
    clock.hear(PlantTime(1, 1.0, "branch"))
    clock.hear(PlantTime(2, 1.0, "own"))
    assert current.takes("own")
    assert not current.takes("branch")


def test_on_the_walls_clock_there_is_one_run_whatever_is_said() -> None:
    assert CurrentRun(WallClock(), lambda: None).takes("branch")
