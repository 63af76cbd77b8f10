"""An alarm's life: each moment is kept until it is raised anew."""

from control.alarms.life import Life, lived


def test_an_acknowledgement_does_not_move_the_time_at_which_it_was_raised() -> None:
    life = lived(lived(Life(), "raise", 100), "acknowledge", 220, "ana", "seen")
    assert life == Life(100, None, 220, "ana", "seen")
    assert lived(life, "clear", 300) == Life(100, 300, 220, "ana", "seen")


def test_an_alarm_may_return_before_it_is_acknowledged() -> None:
    assert lived(lived(lived(Life(), "raise", 1), "clear", 2), "acknowledge", 3, "ana") == Life(1, 2, 3, "ana")


def test_what_is_raised_anew_has_a_new_life() -> None:
    assert lived(Life(1, 2, 3, "ana", "seen"), "raise", 9) == Life(9)


def test_an_alarm_whose_row_has_left_the_table_has_returned_then_unless_it_had_before() -> None:
    assert lived(Life(1), "removed", 5) == Life(1, 5)
    assert lived(Life(1, 2), "removed", 5) == Life(1, 2)
