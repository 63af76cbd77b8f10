"""Modbus devices as fields have them: each test is a manner that a real one was seen to have, and what is right."""

import asyncio
import logging
import struct

import pytest

from control.acquisition.quality import Validator
from control.bus import quality
from plant.asset.signal import signals
from plant.error import DeviceRefused, DeviceTimeout

pytestmark = pytest.mark.anyio

GOOD = quality.GOOD
SIGNALS = ("Frequency", "Current", "Voltage", "ActivePower", "Vibration", "Flow")


def registers(*addresses: int, more: str = "") -> str:
    """Points of one register each at these addresses, of which our signals are named in turn; unscaled."""
    rows = zip(SIGNALS, addresses, strict=False)
    return "".join(
        f'[[point]]\nsignal = "well.{name}"\narea = "holding"\naddress = {address}\nno_value = []\n{more}\n'
        for name, address in rows
    )


STATUS = """
    [[point]]
    signal = "well.RunState"
    area = "input"
    address = 0
    mask = 0b11
    states = { 0 = "Stopped", 1 = "Starting", 3 = "Running" }
    [[point]]
    signal = "well.TripCode"
    area = "input"
    address = 0
    mask = 0x0F00
    [[point]]
    signal = "well.Start"
    area = "holding"
    address = 1
    write = { value = 0x047F }
"""


@pytest.mark.parametrize(("word", "state", "trip"), [(0x0000, 0, 0), (0x0301, 1, 3), (0xF0FF, 2, 0)])
async def test_a_status_word_becomes_a_state_by_mask_and_map(serve, drive, said, word, state, trip):
    server = await serve()
    server.words[0] = word
    now = await said(await drive(server.port, STATUS))
    assert (now["RunState"], now["TripCode"]) == ((state, GOOD), (trip, GOOD))


async def test_a_state_that_the_map_leaves_out_is_unknown_and_no_other_state(serve, drive, said):
    server = await serve()
    server.words[0] = 2
    assert (await said(await drive(server.port, STATUS)))["RunState"][1] == quality.BAD_CONFIGURATION


async def test_a_command_writes_the_makers_own_number(serve, drive):
    server = await serve()
    await (await drive(server.port, STATUS)).write("Well.A.Start", 1.0)
    assert server.words[1] == 0x047F


@pytest.mark.parametrize("exception", [1, 3, 4, None])
async def test_a_read_longer_than_the_device_can_is_split_and_the_split_kept(serve, drive, said, exception):
    server = await serve(most=8, too_long=exception)
    driver = await drive(server.port, registers(0, 5, 11, 16, 22, 27), "timeout_s = 0.3")
    assert {code for _, code in (await said(driver)).values()} == {GOOD}
    server.requests.clear()
    assert {code for _, code in (await said(driver)).values()} == {GOOD}
    assert max(count for _, _, count in server.requests) <= 8
    assert len(server.requests) <= 4
    assert "in place of 1" in driver.plan.learned


@pytest.mark.parametrize("exception", [1, 2, 3, 4, None])
async def test_a_gap_that_the_device_does_not_read_over_is_split_around(serve, drive, said, exception):
    server = await serve(absent=frozenset({3}), of_absent=exception)
    driver = await drive(server.port, registers(0, 6), "timeout_s = 0.3")
    assert await said(driver) == {"Frequency": (0, GOOD), "Current": (6, GOOD)}
    server.requests.clear()
    await said(driver)
    assert server.requests == [(3, 0, 1), (3, 6, 1)]


@pytest.mark.parametrize("exception", [1, 4, None])
async def test_a_register_that_the_device_lacks_costs_its_own_tag_only(serve, drive, said, exception):
    server = await serve(absent=frozenset({1}), of_absent=exception)
    driver = await drive(server.port, registers(0, 1, 2, 3), "timeout_s = 0.3")
    codes = {signal: code for signal, (_, code) in (await said(driver)).items()}
    assert quality.is_bad(codes.pop("Current"))
    assert set(codes.values()) == {GOOD}


async def test_what_is_known_of_the_device_is_not_learned_by_asking(serve, drive, said):
    server = await serve(most=8)
    settings = "settings = { max_registers = 8, gap = 2 }"
    await said(await drive(server.port, registers(0, 3, 6, 8), settings))
    assert server.requests == [(3, 0, 7), (3, 8, 1)]


async def test_a_device_that_refuses_all_for_a_moment_is_not_asked_in_ever_smaller_parts(serve, drive, said):
    server = await serve()
    driver = await drive(server.port, registers(0, 1, 2, 3))
    await said(driver)
    server.manners.lacks = {3: 4}
    server.requests.clear()
    assert {code for _, code in (await said(driver)).values()} == {quality.BAD_DEVICE_FAILURE}
    assert len(server.requests) == 1
    server.manners.lacks = {}
    assert {code for _, code in (await said(driver)).values()} == {GOOD}


async def test_a_device_that_dies_is_lost_however_it_was_read(serve, drive, said):
    server = await serve()
    driver = await drive(server.port, registers(0, 30), "timeout_s = 0.5")
    await said(driver)
    server.manners.units = frozenset()
    with pytest.raises(DeviceTimeout):
        await said(driver)


async def test_a_timeout_is_honoured_also_where_two_are_longer_than_the_scan(serve, drive):
    server = await serve(units=frozenset())
    driver = await drive(
        server.port,
        registers(0),
        "timeout_s = 0.7",
    )
    began = asyncio.get_running_loop().time()
    with pytest.raises(DeviceTimeout):
        await driver.read()
    assert asyncio.get_running_loop().time() - began >= 2 * 0.7


@pytest.mark.parametrize("answers", [1, 2])
async def test_a_server_that_closes_after_each_answer_is_reached_again_and_not_lost(serve, drive, said, answers):
    server = await serve(closes_after=answers)
    driver = await drive(server.port, registers(0, 30))
    for _ in range(3):
        assert await said(driver) == {"Frequency": (0, GOOD), "Current": (30, GOOD)}
    assert server.connections >= 6 // answers


async def test_a_write_reaches_a_server_that_has_closed_meanwhile_and_only_once(serve, drive, said):
    server = await serve(closes_after=1)
    driver = await drive(server.port, SETPOINT)
    await said(driver)
    await driver.write("Well.A.FrequencyReference", 50.0)
    assert [request for request in server.requests if request[0] == 6] == [(6, 9, 5000)]


async def test_two_units_behind_a_gateway_of_one_connection_are_asked_in_turn(serve, drive, said):
    server = await serve(most_connections=1, units=frozenset({1, 2}))
    one, two = [await drive(server.port, registers(0, 30), unit=unit) for unit in (1, 2)]
    for _ in range(3):
        for now in await asyncio.gather(said(one), said(two)):
            assert now == {"Frequency": (0, GOOD), "Current": (30, GOOD)}
    assert (server.connections, server.most_open) == (1, 1)
    await one.close()
    assert (await said(two))["Frequency"] == (0, GOOD)


async def test_a_unit_that_is_silent_does_not_take_the_others_of_its_gateway_along(serve, drive, said):
    server = await serve(most_connections=1, units=frozenset({2}))
    silent, other = [await drive(server.port, registers(0), "timeout_s = 0.3", unit=unit) for unit in (1, 2)]
    for _ in range(3):
        with pytest.raises(DeviceTimeout):
            await said(silent)
    await silent.close()
    assert (await said(other))["Frequency"] == (0, GOOD)
    assert server.connections == 1


SETPOINT = """
    [[point]]
    signal = "well.FrequencyReference"
    area = "holding"
    address = 9
    scale = 0.01
"""


async def test_a_device_without_function_6_is_written_by_16_from_then_on(serve, drive):
    server = await serve(lacks={6: 1})
    driver = await drive(server.port, SETPOINT)
    for value in (50.0, 51.0):
        await driver.write("Well.A.FrequencyReference", value)
    assert [request[0] for request in server.requests] == [6, 16, 16]
    assert server.words[9] == 5100


@pytest.mark.parametrize(("function", "code"), [("single", 6), ("multiple", 16)])
async def test_the_profile_says_by_which_function_a_register_is_written(serve, drive, function, code):
    server = await serve()
    driver = await drive(server.port, SETPOINT, f'settings = {{ write_function = "{function}" }}')
    await driver.write("Well.A.FrequencyReference", 50.0)
    assert [request[0] for request in server.requests] == [code]


async def test_a_refusal_of_the_value_is_no_lack_of_the_function(serve, drive):
    server = await serve(lacks={6: 3})
    driver = await drive(server.port, SETPOINT)
    with pytest.raises(DeviceRefused, match="exception 3, illegal data value"):
        await driver.write("Well.A.FrequencyReference", 50.0)
    assert [request[0] for request in server.requests] == [6]


async def test_a_setpoint_is_written_where_the_profile_says_and_read_where_it_takes_effect(serve, drive, said):
    server = await serve()
    server.words[9] = 4000
    driver = await drive(server.port, SETPOINT + "write = { address = 20, scale = 0.1 }")
    await driver.write("Well.A.FrequencyReference", 50.0)
    assert server.words == {9: 4000, 20: 500}
    assert (await said(driver))["FrequencyReference"] == (40.0, GOOD)


async def test_a_write_only_register_is_never_read(serve, drive, said):
    server = await serve(absent=frozenset({9}))
    driver = await drive(server.port, registers(0) + SETPOINT + "write_only = true")
    assert (await said(driver))["FrequencyReference"][1] == quality.BAD_NO_DATA
    assert server.requests == [(3, 0, 1)]


@pytest.mark.parametrize(("function", "asked"), [("auto", [3, 6]), ("mask", [22])])
async def test_bits_of_a_setpoint_leave_the_others_of_their_word(serve, drive, function, asked):
    server = await serve()
    server.words[9] = 0xABCD
    text = SETPOINT.replace("scale = 0.01", "mask = 0x00FF")
    driver = await drive(server.port, text, f'settings = {{ write_function = "{function}" }}')
    await driver.write("Well.A.FrequencyReference", 50.0)
    assert server.words[9] == 0xAB32
    assert [request[0] for request in server.requests] == asked


async def test_a_device_gets_the_pause_that_it_wants_between_requests(serve, drive, said):
    server = await serve(rest=0.05)
    driver = await drive(server.port, registers(0, 30, 60), "timeout_s = 5\nsettings = { pause_s = 0.06 }")
    assert {code for _, code in (await said(driver)).values()} == {GOOD}
    assert len(server.requests) == 3


@pytest.mark.parametrize(("power", "raw", "factor"), [("false", 25, 25), ("true", 0xFFFF, 0.1)])
async def test_a_scale_may_stand_in_a_register_of_its_own(serve, drive, said, power, raw, factor):
    server = await serve()
    server.words |= {0: 400, 7: raw, 9: 5000}
    kind = "int16" if power == "true" else "uint16"
    at = f'scale_at = {{ address = 7, power = {power}, type = "{kind}" }}'
    driver = await drive(server.port, registers(0, more=at) + SETPOINT + at)
    assert (await said(driver))["Frequency"] == (pytest.approx(400 * factor), GOOD)
    await driver.write("Well.A.FrequencyReference", 50.0)
    assert server.words[9] == round(5000 / factor)


@pytest.mark.parametrize(
    ("kind", "pattern", "words"),
    [("int16", "0x8000", [0x8000]), ("uint16", "999", [999]), ("float32", "-9999.0", [0xC61C, 0x3C00])],
)
async def test_a_makers_own_sign_says_that_there_is_no_value(serve, drive, said, kind, pattern, words):
    server = await serve()
    server.words |= dict(enumerate(words))
    text = registers(0).replace("no_value = []", f"no_value = [{pattern}]\ntype = '{kind}'")
    assert (await said(await drive(server.port, text)))["Frequency"][1] == quality.BAD_SENSOR_FAILURE


@pytest.mark.parametrize(
    ("function", "why"),
    [(4, "answered function 4 to function 3"), (6, "answered what is no answer to that (ModbusIOException)"),
     (0x63, "answered what is no answer to that (ModbusIOException)")],
)  # fmt: skip
async def test_an_answer_with_another_function_is_told_once_with_a_count(serve, drive, said, caplog, function, why):
    server = await serve(answers_as={3: function})
    driver = await drive(server.port, registers(0))
    with caplog.at_level(logging.WARNING):
        for _ in range(12):
            assert (await said(driver))["Frequency"][1] == quality.BAD_DEVICE_FAILURE
    assert driver.complaints.counts == {f"holding 0..0: {why}": 12}
    assert [record.msg for record in caplog.records] == ["complaint", "complaint"]  # the first, and the tenth


@pytest.mark.parametrize(
    ("keys", "words", "value"),
    [('type = "int64"', struct.unpack(">4H", struct.pack(">q", -12_345)), -12_345),
     ('type = "uint64"\norder = "CDAB"', struct.unpack(">4H", struct.pack(">Q", 12_345))[::-1], 12_345),
     ('type = "float16"', struct.unpack(">H", struct.pack(">e", 0.5)), 0.5),
     ('type = "bcd16"', (0x1234,), 1234), ('type = "bcd32"', (0x0001, 0x2345), 12_345),
     ('type = "uint8"\nhalf = "high"', (0x7F01,), 127), ('type = "int8"', (0x01FE,), -2), ("bit = 15", (0x8000,), 1),
     ('type = "float64"\norder = "EFGHABCD"', (0, 0, 0x3FF8, 0), 1.5)],
)  # fmt: skip
async def test_every_type_comes_out_as_the_number_it_is(serve, drive, said, keys, words, value):
    server = await serve()
    server.words |= dict(enumerate(words))
    assert (await said(await drive(server.port, registers(0, more=keys))))["Frequency"] == (value, GOOD)


async def test_a_text_becomes_a_state_by_its_map(serve, drive, said):
    server = await serve()
    server.words |= dict(enumerate(struct.unpack(">2H", b"RUN\0")))
    text = '[[point]]\nsignal = "well.RunState"\narea = "input"\naddress = 0\ntype = "text"\nlength = 2\n'
    now = await said(await drive(server.port, text + 'states = { RUN = "Running", OFF = "Stopped" }'))
    assert now["RunState"] == (2, GOOD)


async def test_a_text_travels_beside_its_quality_and_is_no_number(serve, drive):
    server = await serve()
    server.words |= dict(enumerate(struct.unpack(">4H", b"ESP-7\0\0\0")))
    reading = await (
        await drive(server.port, registers(0, more='type = "text"\nlength = 4').replace("no_value = []", ""))
    ).read()
    assert (reading.text, reading.quality.tolist()) == ({0: "ESP-7"}, [GOOD])
    signal = signals()["Well", "Frequency"]
    assert Validator([signal])(reading).quality.tolist() == [GOOD]


async def test_a_devices_own_clock_dates_its_samples_where_the_profile_says_so(serve, drive):
    server = await serve()
    server.words |= dict(enumerate(struct.unpack(">2H", struct.pack(">I", 1_700_000_000)), 50))
    settings = 'settings = { time = "device", clock = { area = "holding", address = 50, type = "uint32" } }'
    driver = await drive(server.port, registers(0), settings)
    assert set((await driver.read()).time.tolist()) == {1_700_000_000 * 10**9}
