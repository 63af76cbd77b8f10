"""Alarms by asset and priority, and many acknowledged at once."""

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
    asked = {"alarms": [f"{WELL}.Current", f"{WELL}.Wellhead*.low"], "by": "ana", "comment": "seen"}
    assert (await stack.post("/alarms/acknowledge", asked, 404))["value"] == f"{WELL}.Wellhead*.low"
    assert stack.control.acknowledged == []
    done = await stack.post("/alarms/acknowledge", asked | {"alarms": [f"{WELL}.Current"]})
    assert done["acknowledged"] == [waits]
    assert [(one["alarm"], one["by"], one["comment"]) for one in stack.control.acknowledged] == [(waits, "ana", "seen")]
    await stack.post("/alarms/acknowledge", {"alarms": ["*"]}, 401, token=None)
