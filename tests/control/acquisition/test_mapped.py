"""Messages of makers' own, by the paths of a profile."""

import json
from datetime import UTC, datetime

import aiomqtt
import pytest

from control.acquisition.mapped import Mapped
from control.bus import quality
from plant.asset.bench import Device

NOW = 1_800_000_000_000_000_000
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)
FREQUENCY, PRESSURE = "Well.A.Frequency", "Well.A.IntakePressure"


@pytest.fixture
def mapped(tmp_path):
    """Reads messages of a device by a profile with these keys of its own and of its two points."""

    def make(own: str, frequency: str, pressure: str = 'key = "p"'):
        (tmp_path / "own.toml").write_text(f"""
            protocol = "mqtt"
            {own}
            [roles]
            well = "Well"
            [[point]]
            signal = "well.Frequency"
            {frequency}
            [[point]]
            signal = "well.IntakePressure"
            unit = "kPa"
            {pressure}""")
        device = Device.of("M", str(tmp_path / "own.toml"), "mqtt://127.0.0.1/a-7", {"well": "Well.A"})
        return Mapped(tuple(device.tags().values()), device.profile.settings, device.device_id)

    return make


def hear(mapped, topic: str, message) -> list[tuple[int, list[float], list[int]]]:
    payload = message if isinstance(message, bytes) else json.dumps(message).encode()
    return [
        (int(reading.time[0]), reading.value.tolist(), reading.quality.tolist())
        for reading in mapped(aiomqtt.Topic(topic), payload, NOW)
    ]


@pytest.mark.parametrize(
    ("key", "message", "value"),
    [
        ("hz", {"hz": 47.5}, 47.5), ("hz", {"hz": "47.5"}, 47.5), ("pump.0.hz", {"pump": [{"hz": 47.5}]}, 47.5),
        ("1", [1.0, 47.5], 47.5), ("", 47.5, 47.5), ("", b"47.5\n", 47.5),
    ],
)  # fmt: skip
def test_a_value_is_found_by_its_path_and_a_number_may_be_a_text(mapped, key, message, value):
    [(time, values, codes)] = hear(mapped('topic = "field/{id}"', f'key = "{key}"'), "field/a-7", message)
    assert (time, values[0], codes[0]) == (NOW, value, quality.GOOD)


@pytest.mark.parametrize(
    ("counts", "stamp"),
    [
        ("s", MOMENT.timestamp()), ("ms", round(MOMENT.timestamp() * 1e3)), ("us", round(MOMENT.timestamp() * 1e6)),
        ("iso", "2026-01-02T03:04:05.600Z"), ("iso", "2026-01-02T05:04:05.600+02:00"),
    ],
)  # fmt: skip
def test_a_stamp_is_read_in_what_it_counts(mapped, counts, stamp):
    own = f'topic = "t"\nstamp = "meta.at"\nstamp_counts = "{counts}"'
    [(time, _, _)] = hear(mapped(own, 'key = "hz"'), "t", {"meta": {"at": stamp}, "hz": 47.5})
    assert time == pytest.approx(MOMENT.timestamp() * 1e9, abs=1000)


@pytest.mark.parametrize(("report", "code"), [("whole", quality.UNCERTAIN_LAST_USABLE), ("changes", quality.GOOD)])
def test_what_a_message_leaves_out_is_unchanged_where_the_device_tells_changes(mapped, report, code):
    heard = mapped(f'topic = "t"\nreport = "{report}"', 'key = "hz"')
    hear(heard, "t", {"hz": 47.5, "p": 2000})
    [(_, values, codes)] = hear(heard, "t", {"hz": 48.0})
    assert (values, codes) == ([48.0, 2_000_000.0], [quality.GOOD, code])


def test_each_signal_may_have_a_topic_of_its_own(mapped):
    heard = mapped("", 'topic = "field/{id}/+/hz"\nkey = ""', 'topic = "field/{id}/p"\nkey = ""')
    assert heard.topics == ["field/a-7/+/hz", "field/a-7/p"]
    hear(heard, "field/a-7/pump/hz", 47.5)
    [(_, values, codes)] = hear(heard, "field/a-7/p", 2000)
    assert (values, codes) == ([47.5, 2_000_000.0], [quality.GOOD, quality.GOOD])
    assert hear(heard, "field/a-7/other", 1) == []


@pytest.mark.parametrize("message", [{"hz": "fast"}, {"hz": [1]}, {"hz": None}, {"at": "never", "hz": 47.5}])
def test_what_is_no_number_or_of_no_time_is_bad_and_counted(mapped, message):
    heard = mapped('topic = "t"\nstamp = "at"\nstamp_counts = "iso"', 'key = "hz"')
    [(_, _, codes)] = hear(heard, "t", message)
    assert codes[0] == quality.BAD_DEVICE_FAILURE
    assert heard.malformed >= 1
