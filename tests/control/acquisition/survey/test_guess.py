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


def test_counts_are_no_floats():
    held = dict(enumerate([4321, 1, 0, 65530, 12]))
    assert [row[-1] for row in rows(held)] == ["uint16 = 4321", "uint16 = 1", "int16 = -6", "uint16 = 12"]
