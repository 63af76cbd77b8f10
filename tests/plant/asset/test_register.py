"""How values lie in registers. The byte orders are those that makers' manuals draw; 123456.0 is 0x47F12000."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.asset.register import ORDERS, TYPES, Register

INTEGERS = [name for name, kind in TYPES.items() if kind.kind in "iu" and not name.startswith("bcd")]


@pytest.mark.parametrize(
    ("order", "words"), [("ABCD", [0x47F1, 0x2000]), ("CDAB", [0x2000, 0x47F1]), ("BADC", [0xF147, 0x0020]),
                         ("DCBA", [0x0020, 0xF147])],
)  # fmt: skip
def test_a_float_lies_in_its_words_by_the_order_of_its_bytes(order, words):
    register = Register("input", 0, "float32", order)
    assert register.encode(123456.0).tolist() == words
    assert register.decode(np.array(words, np.uint16)) == 123456.0


@given(st.floats(width=64, allow_nan=False), st.sampled_from(ORDERS))
def test_a_double_survives_any_order(value, order):
    register = Register("holding", 0, "float64", order)
    words = register.encode(value)
    assert len(words) == register.width == 4
    assert register.decode(words) == value


def test_a_double_in_ABCD_is_what_struct_packs():
    words = Register("holding", 0, "float64").encode(-0.1)
    assert struct.pack(">4H", *words.tolist()) == struct.pack(">d", -0.1)


@given(st.sampled_from(INTEGERS), st.sampled_from(ORDERS), st.integers(-(2**31), 2**32))
def test_an_integer_survives_or_saturates_at_its_types_end(kind, order, value):
    register = Register("holding", 0, kind, order)
    limits = np.iinfo(TYPES[kind])
    assert register.decode(register.encode(value)) == min(max(value, limits.min), limits.max)


@pytest.mark.parametrize(("kind", "raw"), [("uint16", 0xFFFF), ("int16", 0x7FFF), ("uint32", 0xFFFFFFFF)])
def test_no_number_shows_as_the_types_end_in_an_integer_as_a_dead_input_does(kind, raw):
    assert Register("input", 0, kind).decode(Register("input", 0, kind).encode(float("nan"))) == raw


def test_no_number_stays_none_in_a_float():
    assert np.isnan(Register("input", 0, "float32").decode(Register("input", 0, "float32").encode(float("nan"))))


@pytest.mark.parametrize(("value", "bit"), [(0.0, 0), (1.0, 1), (5.0, 1)])
def test_a_bit_is_anything_but_zero(value, bit):
    coil = Register("coil", 0, "bool")
    assert coil.encode(value).tolist() == [bit]
    assert coil.decode(coil.encode(value)) == bit
    assert (coil.width, coil.is_bit) == (1, True)


def test_resolution_is_one_step_of_an_integer_and_nothing_of_a_float():
    assert Register("input", 0, "uint16").resolution == 1.0
    assert Register("input", 0, "float32").resolution == 0.0


@pytest.mark.parametrize(
    ("order", "words"),
    [("ABCDEFGH", "0102 0304 0506 0708"), ("ABCD", "0102 0304 0506 0708"), ("DCBA", "0807 0605 0403 0201"),
     ("CDAB", "0708 0506 0304 0102"), ("BADC", "0201 0403 0605 0807"), ("EFGHABCD", "0506 0708 0102 0304"),
     ("CDABGHEF", "0304 0102 0708 0506"), ("FEHGBADC", "0605 0807 0201 0403"), ("DCBAHGFE", "0403 0201 0807 0605")],
)  # fmt: skip
def test_eight_bytes_lie_as_the_letters_of_their_order_say(order, words):
    register = Register("holding", 0, "int64", order)
    said = np.array([int(word, 16) for word in words.split()], np.uint16)
    assert register.decode(said) == 0x0102030405060708
    assert register.encode(0x0102030405060708).tolist() == said.tolist()


def test_a_half_of_a_register_is_a_value_of_its_own():
    words = np.array([0xFE07], np.uint16)
    assert Register("input", 0, "int8", half="high").decode(words) == -2
    assert Register("input", 0, "uint8", half="low").decode(words) == 7


def test_half_precision_is_what_ieee_754_says():
    assert Register("input", 0, "float16").decode(np.array([0x3555], np.uint16)) == pytest.approx(1 / 3, rel=1e-3)


@pytest.mark.parametrize(("kind", "words"), [("bcd16", [0x1234]), ("bcd32", [0x0000, 0x1234])])
def test_binary_coded_decimals_have_a_digit_in_each_half_byte(kind, words):
    register = Register("holding", 0, kind)
    assert register.decode(np.array(words, np.uint16)) == 1234
    assert register.encode(1234).tolist() == words


def test_a_digit_beyond_nine_is_no_decimal():
    assert np.isnan(Register("input", 0, "bcd16").decode(np.array([0x12A4], np.uint16)))


@pytest.mark.parametrize(("order", "words"), [("ABCD", [0x4553, 0x5000]), ("BADC", [0x5345, 0x0050])])
def test_a_text_lies_two_letters_to_a_register_up_to_its_first_nul(order, words):
    register = Register("input", 0, "text", order, length=2)
    assert register.decode(np.array(words, np.uint16)) == "ESP"
    assert register.encode("ESP").tolist() == words
