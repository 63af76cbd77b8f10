"""Guessing is slowed down, for whoever guesses and nobody else."""

import pytest

from ui.identity.error import Busy
from ui.identity.guessing import FORGOTTEN, FREE, FREE_OF_PLACE, LONGEST, Guessing


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guessing(clock: Clock) -> Guessing:
    return Guessing(clock)


def fail(guessing: Guessing, clock: Clock, times: int, name: str = "ana", place: str = "here") -> float:
    """The wait after so many wrong ones."""
    wait = 0.0
    for _ in range(times):
        clock.now += wait
        guessing.check(name, place)
        guessing.wrong(name, place)
        try:
            guessing.check(name, place)
            wait = 0.0
        except Busy as busy:
            wait = busy.retry_s
    return wait


def test_the_first_mistakes_cost_nothing_and_each_more_twice_as_much(guessing: Guessing, clock: Clock) -> None:
    assert fail(guessing, clock, FREE - 1) == 0.0
    assert fail(guessing, clock, 1) == 1.0
    clock.now += 1.0
    assert fail(guessing, clock, 1) == 2.0
    clock.now += 2.0
    assert fail(guessing, clock, 1) == 4.0
    clock.now += 4.0
    assert fail(guessing, clock, 20) == LONGEST


def test_the_owner_of_the_name_comes_in_from_elsewhere_at_once(guessing: Guessing, clock: Clock) -> None:
    assert fail(guessing, clock, 8) > 0
    guessing.check("ana", "elsewhere")
    guessing.check("eva", "here")


def test_case_makes_no_other_name(guessing: Guessing, clock: Clock) -> None:
    fail(guessing, clock, FREE)
    with pytest.raises(Busy):
        guessing.check("ANA", "here")


def test_whoever_tries_many_names_from_one_place_waits_for_all_of_them(guessing: Guessing, clock: Clock) -> None:
    for number in range(FREE_OF_PLACE):
        guessing.wrong(f"user{number}", "there")
    with pytest.raises(Busy):
        guessing.check("another", "there")
    guessing.check("another", "here")


def test_a_right_password_forgets_and_so_does_time(guessing: Guessing, clock: Clock) -> None:
    fail(guessing, clock, 6)
    guessing.right("ana", "here")
    guessing.check("ana", "here")
    fail(guessing, clock, FREE, "eva")
    clock.now += FORGOTTEN + 1
    assert fail(guessing, clock, 1, "eva") == 0.0
