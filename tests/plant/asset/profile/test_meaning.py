"""What raw values mean: bits, states and makers' own signs for no value, both ways."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.asset.profile.meaning import Absent, Meaning
from plant.error import OutOfRange


@pytest.mark.parametrize(("mask", "raw", "value"), [(1, 3, 1), (2, 3, 1), (4, 3, 0), (0x0F00, 0x1A2B, 10), (1, -1, 1)])
def test_a_mask_takes_its_bits_and_shifts_them_down(mask, raw, value):
    assert Meaning(mask=mask).value(raw) == value


def test_a_bit_of_a_64_bit_word_is_not_lost_in_a_float():
    assert Meaning(mask=1).value(2**60 + 1) == 1


@given(st.integers(0, 15))
def test_what_is_written_through_a_mask_means_what_was_asked(value):
    meaning = Meaning(mask=0x0F00)
    assert meaning.value(meaning.raw(value)) == value


def test_states_name_raw_numbers_and_texts_and_nothing_else():
    meaning = Meaning(states={1: 0.0, 3: 2.0, "RUN": 2.0})
    assert [meaning.value(raw) for raw in (1, 3, "RUN")] == [0, 2, 2]
    assert meaning.value(2) is Absent.NO_STATE
    assert Meaning(states={1: 0.0}, otherwise=3.0).value(2) == 3
    assert meaning.raw(2.0) == 3
    with pytest.raises(OutOfRange, match="must be one of 0, 2, 2"):
        meaning.raw(1.0)


@pytest.mark.parametrize("raw", [-9999.0, -9998.9996, "n/a"])
def test_a_makers_own_sign_says_that_there_is_no_value(raw):
    assert Meaning(no_value=(-9999, "n/a")).value(raw) is Absent.NO_VALUE


def test_no_number_is_no_value_and_is_shown_by_the_makers_sign():
    assert Meaning().value(math.nan) is Absent.NO_VALUE
    assert Meaning(no_value=(-9999,)).raw(math.nan) == -9999
    assert math.isnan(Meaning().raw(math.nan))


def test_a_text_without_states_is_no_number():
    assert Meaning().value("abc") is Absent.NO_NUMBER
