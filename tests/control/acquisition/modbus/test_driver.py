"""The Modbus driver against a peer written from the protocol's specification."""

import contextlib
import struct

import numpy as np
import pytest
from pymodbus import exceptions
from pymodbus.transaction import TransactionManager

from control.acquisition.modbus.driver import ModbusDriver
from control.bus import quality
from control.bus.clock import WallClock
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout
from plant.unit import UNITS

pytestmark = pytest.mark.anyio

POINTS = """
[[point]]
signal = "well.Frequency"
area = "input"
address = 0
type = "uint16"
scale = 0.01
[[point]]
signal = "well.IntakePressure"
area = "input"
address = 3
type = "float32"
order = "CDAB"
[[point]]
signal = "well.MotorTemperature"
area = "input"
address = 10
type = "int16"
scale = 0.1
[[point]]
signal = "well.FrequencyReference"
area = "holding"
address = 7
type = "uint16"
scale = 0.01
[[point]]
signal = "well.ChokeReference"
area = "holding"
address = 20
type = "float32"
[[point]]
signal = "well.Start"
area = "coil"
address = 2
"""
FREQUENCY, PRESSURE, TEMPERATURE = "Well.A.Frequency", "Well.A.IntakePressure", "Well.A.MotorTemperature"


def cdab(value: float) -> tuple[int, int]:
    high, low = struct.unpack(">HH", struct.pack(">f", value))
    return low, high


def fill(peer) -> None:
    peer.inputs.update({0: 4250, 10: -5 & 0xFFFF} | dict(zip((3, 4), cdab(3.5), strict=True)))
    peer.holdings[7] = 4500


@pytest.fixture
async def driver(peer, bench_of):
    fill(peer)
    running = ModbusDriver(bench_of(peer.port, POINTS, device="timeout_s = 0.3").devices[0], WallClock())
    await running.connect()
    yield running
    await running.close()


def by_tag(driver, reading) -> dict[str, tuple[float, int]]:
    return dict(zip(driver.tags, zip(reading.value.tolist(), reading.quality.tolist(), strict=True), strict=True))


async def test_values_come_out_in_si_whatever_type_order_and_scale_the_profile_says(driver):
    said = by_tag(driver, await driver.read())
    assert said[FREQUENCY] == (pytest.approx(42.5), quality.GOOD)
    assert said[PRESSURE] == (pytest.approx(UNITS["MPag"].to_si(3.5)), quality.GOOD)
    assert said[TEMPERATURE] == (pytest.approx(273.15 - 0.5), quality.GOOD)
    assert said["Well.A.FrequencyReference"] == (pytest.approx(45.0), quality.GOOD)
    assert said["Well.A.Start"] == (0.0, quality.GOOD)


async def test_points_near_each_other_cost_one_request(driver, peer):
    await driver.read()
    assert peer.requests == [(1, 2, 1), (4, 0, 11), (3, 7, 15)]


async def test_the_sample_time_is_the_clocks(peer, bench_of, manual_clock):
    driver = ModbusDriver(bench_of(peer.port, POINTS).devices[0], manual_clock)
    await driver.connect()
    assert set((await driver.read()).time.tolist()) == {manual_clock.now()}
    await driver.close()


@pytest.mark.parametrize("dead", [0x7FFF, 0x8000])
async def test_an_integer_at_its_types_end_is_a_dead_input(driver, peer, dead):
    peer.inputs[10] = dead
    value, code = by_tag(driver, await driver.read())[TEMPERATURE]
    assert np.isnan(value)
    assert code == quality.BAD_SENSOR_FAILURE


async def test_a_float_that_is_no_number_is_a_dead_input(driver, peer):
    peer.inputs.update(zip((3, 4), cdab(float("nan")), strict=True))
    assert by_tag(driver, await driver.read())[PRESSURE][1] == quality.BAD_SENSOR_FAILURE


@pytest.mark.parametrize(
    ("exception", "code"),
    [(1, quality.BAD_CONFIGURATION), (4, quality.BAD_DEVICE_FAILURE), (99, quality.BAD_DEVICE_FAILURE)],
)
async def test_a_block_that_is_refused_is_bad_and_the_rest_stays_good(driver, peer, exception, code):
    peer.refused[3] = exception
    said = by_tag(driver, await driver.read())
    assert said["Well.A.FrequencyReference"][1] == code
    assert said[FREQUENCY][1] == quality.GOOD


async def test_an_address_that_the_device_lacks_costs_its_own_point_only(driver, peer):
    peer.holes = {3}
    said = by_tag(driver, await driver.read())
    assert (said[PRESSURE][1], said[FREQUENCY][1]) == (quality.BAD_CONFIGURATION, quality.GOOD)
    assert said[TEMPERATURE][1] == quality.GOOD


async def test_a_gap_that_the_device_lacks_is_read_around_and_then_remembered(driver, peer):
    peer.holes = {6}
    assert by_tag(driver, await driver.read())[TEMPERATURE][1] == quality.GOOD
    peer.requests.clear()
    await driver.read()
    inputs = [(start, count) for function, start, count in peer.requests if function == 4]
    assert inputs == [(0, 1), (3, 2), (10, 1)]


async def test_a_short_answer_is_not_believed(driver, peer):
    peer.is_short = True
    assert quality.is_bad(by_tag(driver, await driver.read())[FREQUENCY][1])


async def test_a_silent_device_times_out(driver, peer):
    peer.is_silent = True
    with pytest.raises(DeviceTimeout, match="RTU: did not answer in time"):
        await driver.read()


async def test_one_lost_answer_is_asked_for_again(driver, peer):
    peer.lost = 1
    assert by_tag(driver, await driver.read())[FREQUENCY][1] == quality.GOOD
    assert [request[0] for request in peer.requests] == [1, 1, 4, 3]


async def test_a_write_whose_answer_is_lost_is_not_sent_again(driver, peer):
    peer.lost = 1
    with pytest.raises(DeviceTimeout):
        await driver.write("Well.A.Start", 1.0)
    assert peer.writes == [(5, 2, [1])]


async def test_a_device_whose_connection_breaks_is_lost(driver, peer):
    await peer.stop()
    with pytest.raises(DeviceLost):
        await driver.read()


async def test_nothing_listening_is_a_lost_device(bench_of, free_port):
    driver = ModbusDriver(bench_of(free_port, POINTS).devices[0], WallClock())
    with pytest.raises(DeviceLost, match=f"{free_port}/1 takes no connection"):
        await driver.connect()


async def test_reading_unconnected_is_a_lost_device(bench_of, free_port):
    with pytest.raises(DeviceLost, match="is not connected"):
        await ModbusDriver(bench_of(free_port, POINTS).devices[0], WallClock()).read()


async def test_one_register_is_written_by_function_6_a_float_by_16_a_coil_by_5(driver, peer):
    await driver.write("Well.A.FrequencyReference", 47.115)
    await driver.write("Well.A.ChokeReference", 0.25)
    await driver.write("Well.A.Start", 1.0)
    assert peer.writes == [(6, 7, [4712]), (16, 20, list(struct.unpack(">HH", struct.pack(">f", 25.0)))), (5, 2, [1])]


async def test_a_write_that_the_device_refuses_says_which_exception(driver, peer):
    peer.refused[6] = 3
    with pytest.raises(DeviceRefused, match="FrequencyReference = 47: answered exception 3, illegal data value"):
        await driver.write("Well.A.FrequencyReference", 47.0)


async def test_an_input_cannot_be_written(driver, peer):
    with pytest.raises(DeviceRefused, match="cannot be written"):
        await driver.write(FREQUENCY, 47.0)
    assert peer.writes == []


def foreign_exceptions() -> list[type[Exception]]:
    """Everything that pymodbus says it may raise, and what a socket may."""
    from_pymodbus = [getattr(exceptions, name) for name in exceptions.__all__]
    return [*from_pymodbus, exceptions.ModbusException, OSError, ConnectionResetError, TimeoutError, BrokenPipeError]


@pytest.mark.parametrize("foreign", foreign_exceptions())
async def test_no_foreign_exception_gets_past_the_driver(driver, monkeypatch, foreign):
    async def raising(*_, **__):
        raise foreign("thrown by the library")

    monkeypatch.setattr(TransactionManager, "execute", raising)
    with pytest.raises((DeviceLost, DeviceTimeout, DeviceRefused), match="RTU"):
        await driver.write("Well.A.FrequencyReference", 45.0)
    with contextlib.suppress(DeviceLost, DeviceTimeout):
        assert quality.is_bad((await driver.read()).quality).all()  # what is refused is Bad
