"""When a change is reported: OPC 10000-4, 7.22.2, with the three mistakes of asyncua 2.1 that are repaired here."""

import pytest
from asyncua import ua

from control.bus import quality
from simulators.device import Indication
from simulators.opcua.deadband import is_change

pytestmark = pytest.mark.anyio
GOOD = quality.GOOD


async def test_a_slow_ramp_is_reported_whenever_it_has_left_the_deadband_around_the_last_report(rig, notes, deadband):
    """asyncua compares with the sample before, so steps of 0.5 under a deadband of 1.0 are never reported."""
    heard = notes()
    subscription = await rig.client.create_subscription(20, heard)
    await subscription._subscribe(rig.node("Frequency"), mfilter=deadband(1.0), queuesize=100)
    for step in range(1, 7):
        await rig.show("Frequency", Indication(47.0 + 0.5 * step))
    assert await heard.until((50.0, GOOD)) == [(47.0, GOOD), (48.5, GOOD), (50.0, GOOD)]


async def test_a_change_of_status_is_reported_whatever_the_deadband(rig, notes, deadband):
    """asyncua hides it."""
    heard = notes()
    subscription = await rig.client.create_subscription(20, heard)
    await subscription._subscribe(rig.node("Frequency"), mfilter=deadband(10.0), queuesize=100)
    await rig.show("Frequency", Indication(47.1, quality.UNCERTAIN_LAST_USABLE))
    await rig.show("Frequency", Indication(47.2, quality.GOOD))
    assert await heard.until((47.2, GOOD)) == [(47.0, GOOD), (47.1, quality.UNCERTAIN_LAST_USABLE), (47.2, GOOD)]


async def test_a_percent_is_one_of_the_range_of_the_variable(rig, notes, deadband):
    """asyncua does not know percent. The range of a frequency is 70 Hz: 2 % are 1.4 Hz."""
    heard = notes()
    subscription = await rig.client.create_subscription(20, heard)
    percent = deadband(2.0, ua.DeadbandType.Percent)
    await subscription._subscribe(rig.node("Frequency"), mfilter=percent, queuesize=100)
    for value in (48.3, 48.5, 49.8, 50.0):
        await rig.show("Frequency", Indication(value))
    assert await heard.until((50.0, GOOD)) == [(47.0, GOOD), (48.5, GOOD), (50.0, GOOD)]


async def test_whoever_asks_for_time_stamps_hears_every_scan(rig, notes):
    heard = notes()
    subscription = await rig.client.create_subscription(20, heard)
    every = ua.DataChangeFilter(ua.DataChangeTrigger.StatusValueTimestamp)
    await subscription._subscribe(rig.node("Frequency"), mfilter=every, queuesize=100)
    for _ in range(3):
        await rig.show("Frequency", Indication(47.0))
    await rig.show("Frequency", Indication(48.0))
    assert await heard.until((48.0, GOOD)) == [(47.0, GOOD)] * 4 + [(48.0, GOOD)]


def test_an_empty_object_in_place_of_a_filter_is_none():
    """node-opcua sends one."""
    assert is_change(value(1.0), value(1.5), ua.ExtensionObject(), None)
    assert not is_change(value(1.0), value(1.0), ua.ExtensionObject(), None)


def value(number, code=GOOD):
    return ua.DataValue(ua.Variant(number), ua.StatusCode(code))


@pytest.mark.parametrize(
    ("last", "now", "trigger", "expected"),
    [
        (value(1.0), value(2.0), ua.DataChangeTrigger.Status, False),
        (value(1.0), value(1.0, quality.BAD_SENSOR_FAILURE), ua.DataChangeTrigger.Status, True),
        (value(1.0), value(1.0), ua.DataChangeTrigger.StatusValue, False),
        (value(1.0), value(1.5), ua.DataChangeTrigger.StatusValue, True),
        (value("a"), value("b"), ua.DataChangeTrigger.StatusValue, True),
        (None, value(1.0), ua.DataChangeTrigger.StatusValue, True),
    ],
)
def test_a_trigger_says_what_counts_as_a_change(last, now, trigger, expected):
    """10000-4, table 142."""
    assert is_change(last, now, ua.DataChangeFilter(trigger), None) == expected
