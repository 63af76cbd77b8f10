"""When a change is reported: OPC 10000-4, 7.22.2, with the mistakes of asyncua 2.1 that are repaired here."""

from datetime import UTC, datetime

import pytest
from asyncua import ua

from control.bus import quality
from simulators.device import Indication
from simulators.opcua.change import is_change, refusal

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


def test_a_new_time_alone_leaves_no_deadband():
    """7.22.2: with a deadband this trigger behaves as StatusValue."""
    both = ua.DataChangeFilter(ua.DataChangeTrigger.StatusValueTimestamp, ua.DeadbandType.Absolute, 1.0)
    before, later = value(1.0), value(1.5)
    later.SourceTimestamp = datetime(2026, 1, 1, tzinfo=UTC)
    assert not is_change(before, later, both, None)


async def test_a_value_is_sampled_no_more_often_than_was_asked_for_by_the_time_of_its_device(rig, notes):
    """5.12.1.2. asyncua reports every value."""
    heard = notes()
    subscription = await rig.client.create_subscription(20, heard)
    await subscription._subscribe(rig.node("Frequency"), sampling_interval=ua.Double(3000.0), queuesize=100)
    for step in range(1, 7):
        await rig.show("Frequency", Indication(47.0 + step))
    assert await heard.until((53.0, GOOD)) == [(47.0, GOOD), (50.0, GOOD), (53.0, GOOD)]


@pytest.mark.parametrize(("asked", "revised"), [(-1.0, 500.0), (3000.0, 3000.0)])
async def test_the_answer_says_how_often_it_will_be_sampled(rig, asked, revised):
    """A negative interval is that of publishing."""
    subscription = await rig.client.create_subscription(500, None)
    item = ua.MonitoredItemCreateRequest(ua.ReadValueId(rig.node("Frequency").nodeid, ua.AttributeIds.Value))
    item.RequestedParameters.SamplingInterval = ua.Double(asked)
    wanted = ua.CreateMonitoredItemsParameters(SubscriptionId=subscription.subscription_id, ItemsToCreate=[item])
    [answer] = await rig.client.uaclient.create_monitored_items(wanted)
    assert answer.RevisedSamplingInterval == revised


DATA, ABSOLUTE, PERCENT = ua.DataChangeTrigger.StatusValue, ua.DeadbandType.Absolute, ua.DeadbandType.Percent
VALUE = ua.AttributeIds.Value


@pytest.mark.parametrize(
    ("attribute", "filter_", "shown", "span", "code"),
    [
        (VALUE, None, "text", None, "Good"),
        (VALUE, ua.DataChangeFilter(DATA), "text", None, "Good"),
        (VALUE, ua.DataChangeFilter(DATA, ABSOLUTE, 1.0), "text", None, "BadFilterNotAllowed"),
        (VALUE, ua.DataChangeFilter(DATA, ABSOLUTE, 1.0), True, None, "BadFilterNotAllowed"),
        (VALUE, ua.DataChangeFilter(DATA, ABSOLUTE, -1.0), 1.0, None, "BadDeadbandFilterInvalid"),
        (VALUE, ua.DataChangeFilter(DATA, PERCENT, 1.0), 1, None, "BadMonitoredItemFilterUnsupported"),
        (VALUE, ua.DataChangeFilter(DATA, PERCENT, 101.0), 1.0, 70.0, "BadDeadbandFilterInvalid"),
        (VALUE, ua.DataChangeFilter(DATA, PERCENT, 1.0), 1.0, 70.0, "Good"),
        (VALUE, ua.AggregateFilter(), 1.0, None, "BadMonitoredItemFilterUnsupported"),
        (VALUE, ua.EventFilter(), 1.0, None, "BadFilterNotAllowed"),
        (ua.AttributeIds.BrowseName, ua.DataChangeFilter(DATA), "x", None, "BadFilterNotAllowed"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(attribute, filter_, shown, span, code):
    """10000-4, 7.22.2; percent: 10000-8, 7.2."""
    assert ua.StatusCode(refusal(attribute, filter_, shown, span)).name == code


async def test_the_server_refuses_such_a_filter_where_it_is_asked_for(rig, deadband):
    subscription = await rig.client.create_subscription(500, None)
    with pytest.raises(ua.UaStatusCodeError, match="BadFilterNotAllowed"):
        await subscription._subscribe(rig.node("Start"), mfilter=deadband(1.0))


async def test_an_item_that_is_not_there_cannot_be_changed(rig):
    subscription = await rig.client.create_subscription(500, None)
    asked = ua.ModifyMonitoredItemsParameters(
        SubscriptionId=subscription.subscription_id,
        ItemsToModify=[ua.MonitoredItemModifyRequest(MonitoredItemId=ua.IntegerId(7))],
    )
    [answer] = await rig.client.uaclient.modify_monitored_items(asked)
    assert answer.StatusCode.name == "BadMonitoredItemIdInvalid"
