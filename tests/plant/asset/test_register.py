"""How values lie in registers. The byte orders are those that makers' manuals draw; 123456.0 is 0x47F12000."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.asset.register import ORDERS, TYPES, Register

INTEGERS = [name for name, kind in TYPES.items() if kind.kind in "iu"]


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


@given(st.floats(-300, 300), st.sampled_from([0.1, 0.01, 0.5]), st.sampled_from([0.0, -40.0]))
def test_a_scaled_value_comes_back_within_half_a_step(value, scale, offset):
    register = Register("holding", 0, "int32", "ABCD", scale, offset)
    assert register.decode(register.encode(value)) == pytest.approx(value, abs=register.resolution / 2 + 1e-9)


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


def test_resolution_is_the_scale_of_an_integer_and_nothing_of_a_float():
    assert Register("input", 0, "uint16", scale=-0.01).resolution == 0.01
    assert Register("input", 0, "float32").resolution == 0.0
