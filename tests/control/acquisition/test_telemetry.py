"""Messages of ThingsBoard's device API (https://thingsboard.io/docs/reference/mqtt-api, telemetry upload) as readings;
the quality beside the values, and what becomes of nonsense, are rules of ours (docs/decisions/45)."""

import json

import numpy as np
import pytest

from control.acquisition.telemetry import Telemetry
from control.bus import quality
from plant.asset.profile.file import load_profile

NOW = 1_700_000_000_000_000_000
TS = 1_699_999_999_250
POINTS = load_profile("well_mqtt").points
KEYS = [point.address.name for point in POINTS]
MEASURED = [point.address.name for point in POINTS if point.signal.kind != "command"]


@pytest.fixture
def telemetry():
    return Telemetry(POINTS)


def said(reading):
    samples = zip(reading.time.tolist(), reading.value.tolist(), reading.quality.tolist(), strict=True)
    return dict(zip(KEYS, samples, strict=True))


def message(values, **more):
    return json.dumps({"ts": TS, "values": values, **more}).encode()


def test_values_come_in_the_units_of_the_profile_and_leave_in_si_with_the_devices_time(telemetry):
    (reading,) = telemetry(message({"IntakePressure": 10.0, "MotorTemperature": 93, "Choke": 50.0}), NOW)
    time = TS * 1_000_000
    assert said(reading)["IntakePressure"] == (time, pytest.approx(10e6 + 101_325), quality.GOOD)
    assert said(reading)["MotorTemperature"] == (time, pytest.approx(366.15), quality.GOOD)
    assert said(reading)["Choke"] == (time, pytest.approx(0.5), quality.GOOD)


def test_values_alone_are_of_the_moment_at_which_they_came(telemetry):
    (reading,) = telemetry(b'{"Frequency": 47.0, "RunState": 2}', NOW)
    assert said(reading)["Frequency"] == (NOW, 47.0, quality.GOOD)
    assert said(reading)["RunState"] == (NOW, 2.0, quality.GOOD)


def test_a_list_is_a_reading_for_each_of_its_moments(telemetry):
    moments = [{"ts": TS + i, "values": {"Frequency": 40.0 + i}} for i in range(3)]
    readings = telemetry(json.dumps(moments).encode(), NOW)
    assert [said(reading)["Frequency"][:2] for reading in readings] == [
        ((TS + i) * 1_000_000, 40.0 + i) for i in range(3)
    ]


def test_a_key_that_was_never_said_has_no_data_and_one_left_out_keeps_its_last_value_uncertain(telemetry):
    (first,) = telemetry(message({"Frequency": 47.0}), NOW)
    assert said(first)["Current"][2] == quality.BAD_NO_DATA
    (second,) = telemetry(message({"Current": 27.0}), NOW)
    assert said(second)["Frequency"][1:] == (47.0, quality.UNCERTAIN_LAST_USABLE)
    assert said(second)["Current"][1:] == (27.0, quality.GOOD)


def test_a_command_is_momentary_and_shows_nothing(telemetry):
    (reading,) = telemetry(message({}), NOW)
    assert said(reading)["Start"][1:] == (0.0, quality.GOOD)


def test_the_devices_own_quality_stands_and_what_it_calls_bad_has_no_number(telemetry):
    codes = {
        "Flow": quality.BAD_SENSOR_FAILURE, "Current": quality.BAD_OUT_OF_SERVICE,
        "Frequency": quality.UNCERTAIN_SENSOR_NOT_ACCURATE,
    }  # fmt: skip
    (reading,) = telemetry(message({"Current": 27.0, "Frequency": 47.0}, quality=codes), NOW)
    assert np.isnan(said(reading)["Flow"][1])
    assert np.isnan(said(reading)["Current"][1])
    assert {key: said(reading)[key][2] for key in codes} == codes
    assert said(reading)["Frequency"][1] == 47.0
    assert telemetry.malformed == 0


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"{", b"\xff\xfe", b"17", b"null", b"[]", b'"47"', b"[1, 2]", b'[{"Frequency": 47}, 3]',
        b'{"ts": "yesterday", "values": {}}', b'{"ts": -1, "values": {}}', b'{"ts": true, "values": {}}',
        b'{"ts": 1e300, "values": {}}', b'{"ts": 99999999999999999999, "values": {}}',
        b'{"ts": 1, "values": [47]}', b'{"ts": 1, "values": {}, "quality": 3}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_message_that_is_not_understood_makes_all_of_the_device_bad_and_is_counted(telemetry, payload):
    telemetry(message(dict.fromkeys(MEASURED, 1)), NOW)
    (reading,) = telemetry(payload, NOW)
    assert set(reading.quality.tolist()) == {quality.BAD_DEVICE_FAILURE}
    assert np.isnan(reading.value).all()
    assert telemetry.malformed == 1


@pytest.mark.parametrize("value", ['"47"', "[47]", '{"value": 47}'])
def test_a_value_of_a_wrong_type_makes_its_key_bad_and_no_other(telemetry, value):
    (reading,) = telemetry(b'{"Frequency": %s, "Current": 27.0}' % value.encode(), NOW)
    assert said(reading)["Frequency"][2] == quality.BAD_DEVICE_FAILURE
    assert said(reading)["Current"][1:] == (27.0, quality.GOOD)
    assert telemetry.malformed == 1


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400])
def test_a_number_that_is_none_is_bad(telemetry, value):
    (reading,) = telemetry(b'{"Frequency": %s}' % value.encode(), NOW)
    assert np.isnan(said(reading)["Frequency"][1])
    assert quality.is_bad(said(reading)["Frequency"][2])


@pytest.mark.parametrize("code", ["-1", "4294967296", '"Bad"', "true", "1.5"])
def test_a_quality_that_is_no_status_code_makes_its_key_bad(telemetry, code):
    (reading,) = telemetry(b'{"ts": 1, "values": {"Frequency": 47}, "quality": {"Frequency": %s}}' % code.encode(), NOW)
    assert said(reading)["Frequency"][2] == quality.BAD_DEVICE_FAILURE
    assert telemetry.malformed == 1


def test_keys_that_are_in_no_profile_are_somebody_elses(telemetry):
    (reading,) = telemetry(message({"Frequency": 47.0, "Battery": "low"}), NOW)
    assert said(reading)["Frequency"][1:] == (47.0, quality.GOOD)
    assert telemetry.malformed == 0
