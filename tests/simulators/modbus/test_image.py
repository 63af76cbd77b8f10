"""The registers of all units of a process, and each unit's part of them."""

import numpy as np
import pytest

from plant.error import Unknown
from simulators.modbus.image import WORDS, Image


def test_all_units_lie_in_one_image_and_none_sees_anothers_values() -> None:
    first, second = Image(holding=3, coil=2), Image(holding=3)
    first.write("holding", 0, np.array([1, 2, 3]))
    second.write("holding", 0, np.array([4, 5, 6]))
    assert first.read("holding", 0, 3).tolist() == [1, 2, 3]
    assert np.shares_memory(first.read("holding", 0, 3), WORDS.values)
    assert np.shares_memory(second.read("holding", 0, 3), WORDS.values)
    with pytest.raises(Unknown):
        first.read("holding", 3, 1)


def test_words_lie_as_they_travel_however_far_the_image_grows() -> None:
    before = Image(input=2)
    before.write("input", 0, np.array([0x1234, 2]))
    Image(input=70_000)
    assert before.read("input", 0, 2).tobytes() == b"\x12\x34\x00\x02"


def test_a_unit_that_goes_leaves_its_place_empty_to_the_next_of_its_size() -> None:
    gone = Image(holding=77)
    gone.write("holding", 0, np.ones(77))
    at = gone._areas["holding"].start
    gone.close()
    with pytest.raises(Unknown):
        gone.read("holding", 0, 1)
    following = Image(holding=77)
    assert following._areas["holding"].start == at
    assert not following.read("holding", 0, 77).any()
