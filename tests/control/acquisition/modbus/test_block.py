"""Blocks against the one-value-at-a-time definition in :mod:`plant.asset.register`, and Modbus' own limits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from control.acquisition.modbus.block import blocks_of, places_of
from control.acquisition.modbus.decoder import Decoder
from plant.asset.profile.meaning import Absent, Meaning
from plant.asset.profile.point import Point
from plant.asset.protocol.modbus import ModbusSettings
from plant.asset.register import ORDERS, TYPES, Register
from plant.asset.signal import signals
from plant.unit import UNITS

PRESSURE = signals()["Well", "IntakePressure"]
NUMBERS = [kind for kind in TYPES if kind != "bool"]
LIMITS = {"coil": 2000, "discrete": 2000, "input": 125, "holding": 125}  # Modbus application protocol V1.1b3, 6.1–6.4

addresses = st.builds(
    Register,
    area=st.sampled_from(["input", "holding"]),
    address=st.integers(0, 600),
    type=st.sampled_from(NUMBERS),
    order=st.sampled_from(ORDERS),
    half=st.sampled_from(["low", "high"]),
)
meanings = st.builds(
    Meaning,
    scale=st.sampled_from([1.0, 0.1, 0.01, -2.0]),
    offset=st.sampled_from([0.0, -40.0]),
    no_value=st.sampled_from([None, (), (7, -9999.0)]),
)
registers = st.builds(lambda r, m: Point("well", PRESSURE, UNITS["MPag"], r, m), addresses, meanings)
coils = st.builds(
    Register, area=st.sampled_from(["coil", "discrete"]), address=st.integers(0, 5000), type=st.just("bool")
)
bits = st.builds(lambda r: Point("well", PRESSURE, UNITS["Pa"], r), coils)


def points_of(chosen: list[Register], unit: str = "MPag") -> list[Point]:
    return [Point("well", PRESSURE, UNITS[unit], register) for register in chosen]


def grouped(points: list[Point]):
    return blocks_of(places_of(points), ModbusSettings())


@given(st.lists(registers | bits, min_size=1, max_size=60))
def test_every_point_lies_in_exactly_one_block_of_its_area_within_modbus_limits(chosen):
    blocks = grouped(chosen)
    assert sorted(p.index for b in blocks for p in b.places) == list(range(len(chosen)))
    for block in blocks:
        assert block.count <= LIMITS[block.area]
        for place in block.places:
            assert place.register.area == block.area
            assert block.start <= place.register.address
            assert place.register.address + place.register.width <= block.start + block.count


@given(st.lists(registers, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_a_block_decoded_at_once_equals_its_values_decoded_one_by_one(chosen, random):
    for block in grouped(chosen):
        words = np.array([random.randrange(65536) for _ in range(block.count)], dtype=np.uint16)
        decoder = Decoder(block)
        values, is_dead = decoder(words.astype(">u2").tobytes())
        for value, dead, place in zip(values, is_dead, block.places, strict=True):
            first = place.register.address - block.start
            one = place.point.si(place.register.decode(words[first : first + place.register.width]))
            assert dead or not isinstance(one, Absent)
            if not dead:
                np.testing.assert_allclose(value, one, rtol=1e-12, atol=1e-6)


@given(st.lists(bits, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_bits_come_lowest_first_in_each_byte(chosen, random):
    # Modbus application protocol V1.1b3, 6.1: the LSB of the first data byte is the output addressed in the query.
    for block in grouped(chosen):
        data = bytes(random.randrange(256) for _ in range(-(-block.count // 8)))
        values, _ = Decoder(block)(data)
        for value, place in zip(values, block.places, strict=True):
            byte, bit = divmod(place.register.address - block.start, 8)
            assert value == data[byte] >> bit & 1


def test_word_orders_are_those_that_makers_name_by_their_bytes():
    # 123456.0 is 0x47F12000; each order is that number's bytes as its letters say (A most significant).
    wire = {"ABCD": "47f12000", "CDAB": "200047f1", "BADC": "f1470020", "DCBA": "0020f147"}
    for order, data in wire.items():
        block = grouped(points_of([Register("input", 0, "float32", order)], "Pa"))[0]
        assert Decoder(block)(bytes.fromhex(data))[0].tolist() == [123456.0]


def test_a_value_that_its_scale_makes_infinite_is_dead():
    [block] = grouped([Point("well", PRESSURE, UNITS["Pa"], Register("input", 0, "float64"), Meaning(1e10))])
    values, is_dead = Decoder(block)(np.array([1e300], ">f8").tobytes())
    assert np.isnan(values[0])
    assert is_dead[0]


def test_points_far_apart_are_asked_for_apart():
    near, far = Register("input", 0, "uint16"), Register("input", 100, "uint16")
    assert [(b.start, b.count) for b in grouped(points_of([far, near]))] == [(0, 1), (100, 1)]
