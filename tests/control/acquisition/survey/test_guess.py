"""Guesses at what registers hold."""

import struct

import pytest

from control.acquisition.survey.guess import likeliest_order, rows


def words(order: str, *values: float) -> dict[int, int]:
    pairs = [struct.unpack(">HH", struct.pack(">f", value)) for value in values]
    return dict(enumerate(word for pair in pairs for word in (pair if order == "ABCD" else pair[::-1])))


@pytest.mark.parametrize("order", ["ABCD", "CDAB"])
def test_floats_are_told_in_whichever_order_they_lie(order):
    held = words(order, 55.5, 1250.25, 88.1, 2100.0)
    assert likeliest_order(held) == order
    assert [row[-1] for row in rows(held) if row[-1]] == [
        f"float32 {order} = {value}" for value in ("55.5", "1250.25", "88.1", "2100")
    ]


def test_a_high_word_belongs_to_the_neighbour_at_whose_side_makers_put_it():
    """The first registers of a simulated well's RTU: two counts, and then floats, low word first."""
    held = [0x11F8, 0x010D, 0x0807, 0x408C, 0x786C, 0x4180, 0x20C5, 0x039B, 0x02B0, 0x407D, 0x3F7D, 0x0292, 0x3FC6]
    guesses = [row[-1] for row in rows(dict(enumerate(held)))]
    assert guesses[:3] == ["uint16 = 4600", "uint16 = 269", "float32 CDAB = 4.37598"]


def test_counts_are_no_floats():
    held = dict(enumerate([4321, 1, 0, 65530, 12]))
    assert [row[-1] for row in rows(held)] == ["uint16 = 4321", "uint16 = 1", "int16 = -6", "uint16 = 12"]
