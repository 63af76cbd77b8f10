"""Alarms by asset and priority, and many handled at once."""

import pytest

from control.alarms.table import SEVERITIES
from tests.historian.running import until
from tests.ui.api.running import WELL, Stack, alarm

pytestmark = pytest.mark.anyio

OTHER = "Well.XBKD47-X2"


async def raised(stack: Stack, tag: str, priority: int, state: str = "UNACK") -> str:
    """An alarm as control says it; its id."""
    name = f"{tag}.low"
    said = alarm(id=name, tag=tag, priority=priority, state=state)
    await stack.bus.record(stack.bus.subjects.alarms(SEVERITIES[priority]), said)
    return name


async def test_alarms_are_asked_for_by_asset_pattern_and_priority_standing_or_past(stack: Stack) -> None:
    first = await raised(stack, f"{WELL}.IntakePressure", 2)
    second = await raised(stack, f"{OTHER}.IntakePressure", 3)
    await until(lambda: stack.get("/alarms"), lambda reply: {first, second} <= {a["id"] for a in reply["alarms"]})
    await until(lambda: stack.get("/alarms/history"), lambda reply: len(reply["alarms"]) >= 2)
    for path in ("/alarms", "/alarms/history"):
        for asked, meant in (({"asset": OTHER}, second), ({"priority": 2}, first), ({"tags": f"{WELL}.*"}, first)):
            assert {a["id"] for a in (await stack.get(path, **asked))["alarms"]} == {meant}
        assert (await stack.get(path, 404, asset="Well.NOPE"))["value"] == "Well.NOPE"
        assert (await stack.get(path, 422, priority=9))["subject"] == "priority"


async def test_a_pattern_acknowledges_what_waits_and_nothing_else(stack: Stack) -> None:
    assert stack.control is not None
    waits = await raised(stack, f"{WELL}.Current", 2)
    await raised(stack, f"{WELL}.WellheadPressure", 2, "ACKED")
    elsewhere = await raised(stack, f"{OTHER}.Current", 2)
    wanted = {waits, elsewhere, f"{WELL}.WellheadPressure.low"}
    await until(lambda: stack.get("/alarms"), lambda reply: wanted <= {a["id"] for a in reply["alarms"]})
    stack.control.acknowledged.clear()
    asked = {"alarms": [f"{WELL}.Current", f"{WELL}.Wellhead*.low"], "comment": "seen"}
    assert (await stack.post("/alarms/acknowledge", asked, 404))["value"] == f"{WELL}.Wellhead*.low"
    assert stack.control.acknowledged == []
    done = await stack.post("/alarms/acknowledge", asked | {"alarms": [f"{WELL}.Current"]})
    assert done["handled"] == [waits]
    assert [(one["alarm"], one["by"], one["comment"]) for one in stack.control.acknowledged] == [
        (waits, "local", "seen")
    ]
    await stack.post("/alarms/acknowledge", {"alarms": ["*"]}, 401, token=None)


async def test_what_is_set_aside_is_listed_apart_with_who_and_until_when(stack: Stack) -> None:
    name = f"{WELL}.MotorTemperature.high"
    said = alarm(
        id=name, tag=f"{WELL}.MotorTemperature", kind="high", priority=2, state="SHLVD", event="shelve", aside="SHLVD",
        shelved_ns=1_750_000_000 * 10**9, shelved_until_ns=1_750_003_600 * 10**9, shelved_by="ana", unit="degC",
    )  # fmt: skip
    await stack.bus.record(stack.bus.subjects.alarms("high"), said)
    reply = await until(lambda: stack.get("/alarms", aside=True), lambda reply: reply["alarms"])
    [shelved] = reply["alarms"]
    assert (shelved["state"], shelved["shelved_by"], shelved["shelved_until"]) == (
        "SHLVD", "ana", "2025-06-15T16:06:40.000Z",
    )  # fmt: skip
    assert name not in {a["id"] for a in (await stack.get("/alarms"))["alarms"]}
    done = await stack.post("/alarms/unshelve", {"alarms": [f"{WELL}.*"]})
    assert done["handled"] == [name]


async def test_alarms_are_shelved_by_pattern_also_those_that_are_normal(stack: Stack) -> None:
    assert stack.control is not None
    stack.control.acknowledged.clear()
    asked = {
        "alarms": [f"{OTHER}.Current.high"],
        "comment": "the transformer is being changed",
        "for_s": 1800,
    }
    done = await stack.post("/alarms/shelve", asked)
    assert done["handled"] == [f"{OTHER}.Current.high"]
    [sent] = stack.control.acknowledged
    assert (sent["verb"], sent["for_s"], sent["comment"]) == ("shelve", 1800.0, asked["comment"])


async def test_what_is_no_way_to_handle_an_alarm_is_said_with_those_there_are(stack: Stack) -> None:
    for path, body in (("/alarms/x/silence", {}), ("/alarms/silence", {"alarms": ["*"]})):
        assert "acknowledge, reset, shelve" in (await stack.post(path, body, 404))["detail"]
    assert (await stack.post("/alarms/shelve", {"alarms": ["*"], "for_s": 5}, 422))["subject"] == "for_s"


async def test_the_measures_are_of_what_the_journal_tells_of_the_time_asked(stack: Stack) -> None:
    at = 1_700_000_000 * 10**9
    for n in range(11):
        name = {"id": f"{WELL}.Current.high", "tag": f"{WELL}.Current", "kind": "high", "priority": 1}
        raised = alarm(**name, time_ns=at + n * 10**9)
        gone = alarm(**name, time_ns=at + n * 10**9 + 10**8, state="RTNUN", event="clear", before="UNACK")
        for said in (raised, gone):
            await stack.bus.record(stack.bus.subjects.alarms("critical"), said)
    asked = {"start": "2023-11-14T22:10:00Z", "end": "2023-11-14T22:30:00Z"}
    found = await until(lambda: stack.get("/alarms/metrics", **asked), lambda reply: reply["alarms"] == 11)
    assert found["chattering"] == [f"{WELL}.Current.high"]
    assert found["floods"] == [
        {"start": asked["start"][:-1] + ".000Z", "end": "2023-11-14T22:20:00.000Z", "alarms": 11}
    ]
    assert (found["by_priority"]["1"], found["unacknowledged"], found["standing"]) == (1.0, 11, 0)
    assert (await stack.get("/alarms/metrics", 422, start="2030-01-01", end="2029-01-01"))["subject"] == "end"
