"""A device's messages. Their form is ThingsBoard's device API (https://thingsboard.io/docs/reference/mqtt-api); the
quality beside the values and the answers to requests are ours (docs/decisions/45)."""

import json
import math

import pytest

from control.bus import quality
from plant.asset.bench_file import load_bench
from plant.error import CommandRefused
from simulators.device import Indication, check_span, measured
from simulators.manner import Manner
from simulators.mqtt.message import Messages

TIME = 1_700_000_000_123_456_789  # ns


class FakeDevice:
    """What a device shows and takes, by ``role.Signal`` in SI."""

    def __init__(self, points):
        self.time, self.shown, self.written = TIME, {}, []
        self.manner = Manner()
        self._signals = {f"{point.role}.{point.signal.name}": point.signal for point in points}

    @property
    def stamp(self) -> int:
        return self.time

    def readings(self):
        return self.shown

    def write(self, signal, value):
        if signal == "well.Start":
            raise CommandRefused("Well.A.Start", value, "pump spins backwards")
        check_span("Well.A", self._signals[signal], value)
        self.written.append((signal, value))


@pytest.fixture
def place(tmp_path):
    (tmp_path / "bench.toml").write_text("""
        field = "test"
        [[device]]
        name = "WELL"
        profile = "well_mqtt"
        endpoint = "mqtt://127.0.0.1:1883"
        assets = { well = "Well.A" }
    """)
    return load_bench(tmp_path / "bench.toml", ["Well.A"]).devices[0]


@pytest.fixture
def device(place):
    return FakeDevice(place.profile.points)


@pytest.fixture
def messages(place, device):
    return Messages(place, device)


def test_telemetry_is_the_devices_time_in_milliseconds_and_its_values_in_the_profiles_units(messages, device):
    device.shown = {
        "well.IntakePressure": Indication(10e6 + 101_325), "well.Choke": Indication(0.5),
        "well.RunState": Indication(2.0),
    }  # fmt: skip
    said = json.loads(messages.telemetry())
    assert said == {
        "ts": 1_700_000_000_123,
        "values": {"IntakePressure": pytest.approx(10.0), "Choke": pytest.approx(50.0), "RunState": 2},
    }


def test_a_dead_sensor_shows_no_value_and_says_why_because_json_has_no_nan(messages, device):
    device.shown = {"well.Flow": measured(math.nan), "well.Current": Indication(27.0)}
    said = json.loads(messages.telemetry(), parse_constant=pytest.fail)
    assert said["values"] == {"Current": 27.0}
    assert said["quality"] == {"Flow": quality.BAD_SENSOR_FAILURE}


def test_a_doubtful_value_is_shown_with_its_doubt(messages, device):
    device.shown = {"well.Flow": Indication(0.0, quality.UNCERTAIN_SENSOR_NOT_ACCURATE)}
    said = json.loads(messages.telemetry())
    assert said["values"] == {"Flow": 0.0}
    assert said["quality"] == {"Flow": quality.UNCERTAIN_SENSOR_NOT_ACCURATE}


@pytest.mark.parametrize(
    ("request_", "written"),
    [
        ('{"method": "setFrequencyReference", "params": 46.5}', ("well.FrequencyReference", 46.5)),
        ('{"method": "setFrequencyReference", "params": {"value": 46.5}}', ("well.FrequencyReference", 46.5)),
        ('{"method": "setChokeReference", "params": 40}', ("well.ChokeReference", pytest.approx(0.4))),
        ('{"method": "write", "params": {"key": "ChokeReference", "value": 40}}', ("well.ChokeReference", 0.4)),
        ('{"method": "stop"}', ("well.Stop", 1.0)),
        ('{"method": "stop", "params": {}}', ("well.Stop", 1.0)),
        ('{"method": "reset", "params": true}', ("well.Reset", 1.0)),
    ],
)
def test_a_request_writes_in_the_profiles_units(messages, device, request_, written):
    assert json.loads(messages.answer(request_.encode())) == {"ok": True}
    assert device.written == [written]


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (b"", "must be a JSON object"),
        (b"\xff\xfe", "must be a JSON object"),
        (b"[46.5]", "must be a JSON object"),
        (b"[" * 100_000, "must be a JSON object"),
        (b"{}", "no method 'None'"),
        (b'{"method": "explode", "params": 1}', "no method 'explode'"),
        (b'{"method": ["stop"]}', "no method"),
        (b'{"method": "write", "params": {"key": "Colour", "value": 1}}', "no key 'Colour'"),
        (b'{"method": "write", "params": 46.5}', "no method 'write'"),
        (b'{"method": "setFrequencyReference"}', "must be a finite number"),
        (b'{"method": "setFrequencyReference", "params": "46.5"}', "must be a finite number"),
        (b'{"method": "setFrequencyReference", "params": NaN}', "must be a finite number"),
        (b'{"method": "setFrequencyReference", "params": 1%s}' % (b"0" * 400), "must be a finite number"),
        (b'{"method": "setFrequencyReference", "params": 75}', "75 Hz: must be 30 \N{HORIZONTAL ELLIPSIS} 60"),
        (b'{"method": "start"}', "pump spins backwards"),
    ],
)
def test_what_cannot_be_done_is_answered_with_the_reason_and_nothing_is_written(messages, device, request_, why):
    answer = json.loads(messages.answer(request_))
    assert why in answer["error"]
    assert device.written == []


def test_the_id_of_a_request_comes_back_in_its_answer(messages):
    assert json.loads(messages.answer(b'{"id": 7, "method": "stop"}')) == {"ok": True, "id": 7}
    assert json.loads(messages.answer(b'{"id": 8, "method": "explode"}'))["id"] == 8
