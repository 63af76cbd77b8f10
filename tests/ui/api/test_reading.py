"""Reading through the API: assets, tags, values, history, status."""

import json
import time

import numpy as np
import pytest

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.quality import BAD_COMMUNICATION, GOOD
from plant.unit import UNITS
from tests.conftest import BusServer
from tests.historian.running import until
from tests.place import DEMO
from tests.ui.api.conftest import BEFORE
from tests.ui.api.running import DEVICE, SECOND, WELL, Stack, alarm, running_api
from ui.api import client_feed

pytestmark = pytest.mark.anyio
PRESSURE = f"{WELL}.IntakePressure"
START = 1_760_000_040 * SECOND  # a whole minute


def scan(signal: str, time: int, si: float, quality: int = GOOD) -> Batch:
    return Batch.snapshot([f"{WELL}.{signal}"], time, [si], quality, DEVICE)


async def test_the_tree_has_every_well_on_its_wellpad(stack: Stack) -> None:
    tree = await stack.get("/assets")
    wells = [well["asset"] for pad in tree["wellpads"] for well in pad["wells"]]
    assert (tree["field"], len(tree["wellpads"]), len(wells)) == ("shengli12", 2, 12)
    assert all(isinstance(w["x_m"], float) for pad in tree["wellpads"] for w in pad["wells"] + pad["facilities"])
    assert {a["type"] for a in tree["facilities"]} == {"Separator", "Tank"}


async def test_an_asset_has_its_tags_and_facts(stack: Stack) -> None:
    well = await stack.get(f"/assets/{WELL}")
    assert well["facts"]["pump_depth_m"] > 500
    assert PRESSURE in [tag["tag"] for tag in well["tags"]]
    assert (await stack.get("/assets/Separator.SEP"))["facts"] == {}


async def test_tags_are_found_by_asset_and_signal(stack: Stack) -> None:
    assert len((await stack.get("/tags", signal="Frequency"))["tags"]) == 12
    (tag,) = (await stack.get("/tags", asset=WELL, signal="FrequencyReference"))["tags"]
    assert tag == await stack.get(f"/tags/{WELL}.FrequencyReference")
    assert (await stack.get("/tags", asset=WELL, signal="Level"))["tags"] == []  # tanks have it
    assert (tag["unit"], tag["low"], tag["high"], tag["writable"], tag["device"]) == ("Hz", 30.0, 60.0, True, DEVICE)


async def test_a_value_taken_before_the_api_started_is_there(stack: Stack) -> None:
    value = await stack.get(f"/values/{WELL}.Voltage")
    assert (value["value"], value["time_ns"], value["quality"]) == (1000.0, BEFORE, "Good")
    assert value["time"] == "2025-06-15T15:06:40.000Z"
    assert value["age_s"] > 0


async def test_a_value_is_in_the_tags_own_unit_or_in_si(stack: Stack) -> None:
    await stack.say(scan("IntakePressure", START, UNITS["MPag"].to_si(5.0)))
    value = await stack.value(PRESSURE, START)
    assert (value["value"], value["unit"], value["source"]) == (pytest.approx(5.0), "MPa(g)", DEVICE)
    value = await stack.value(PRESSURE, START, units="si")
    assert (value["value"], value["unit"]) == (5.101325e6, "Pa")


async def test_a_state_has_its_name(stack: Stack) -> None:
    """What it was when it was last heard is not what it is."""
    tag = f"{WELL}.RunState"
    old = await stack.get(f"/values/{tag}")
    assert (old["value"], old["trust"], old["state"]) == (2.0, "Stale", "Unknown")
    await stack.say(scan("RunState", time.time_ns(), 2.0))
    await until(lambda: stack.get(f"/values/{tag}"), lambda value: value["state"] == "Running")


async def test_a_bad_value_is_null_and_says_why(stack: Stack) -> None:
    value = await stack.get(f"/values/{WELL}.MotorTemperature")
    assert (value["value"], value["quality"]) == (None, "BadSensorFailure")


async def test_a_tag_never_heard_has_no_data(stack: Stack) -> None:
    value = await stack.get("/values/Tank.OIL.Level")
    assert (value["value"], value["quality"], value["time"], value["age_s"]) == (None, "BadNoData", None, None)


async def test_a_good_value_that_nobody_renews_is_stale(stack: Stack) -> None:
    """As the screens show it (ISA-101): of a control that hangs, the last values stay Good and grow old."""
    tag = f"{WELL}.DischargePressure"
    await stack.say(scan("DischargePressure", time.time_ns(), 1e7))
    fresh = await until(lambda: stack.get(f"/values/{tag}"), lambda value: value["value"] is not None)
    assert (fresh["quality"], fresh["trust"]) == ("Good", "Good")
    old = await stack.get(f"/values/{WELL}.Voltage")
    assert (old["quality"], old["trust"]) == ("Good", "Stale")
    assert (await stack.get(f"/values/{WELL}.MotorTemperature"))["trust"] == "Bad"
    assert (await stack.get("/values/Tank.OIL.Level"))["trust"] == "No data"
    async with stack.client.stream("GET", "/api/v1/live", params={"tags": f"{WELL}.Voltage"}) as reply:
        first = await anext(line async for line in reply.aiter_lines() if line.startswith("data: "))
    assert '"trust": "Stale"' in first


async def test_values_come_in_the_order_asked_for_and_all_where_none_is(stack: Stack) -> None:
    asked = [f"{WELL}.Voltage", "Tank.OIL.Level"]
    values = (await stack.get("/values", tags=",".join(asked)))["values"]
    assert [value["tag"] for value in values] == asked
    assert len((await stack.get("/values"))["values"]) == len((await stack.get("/tags"))["tags"])


async def test_a_late_sample_does_not_replace_the_newest(stack: Stack) -> None:
    await stack.say(scan("Choke", START + 5, 0.5), scan("Choke", START + 3, 0.3), scan("Current", START, 30.0))
    await stack.value(f"{WELL}.Current", START)
    assert (await stack.get(f"/values/{WELL}.Choke"))["value"] == pytest.approx(50.0)


async def test_telemetry_that_is_none_is_reported_and_harms_nothing(stack: Stack) -> None:
    await stack.bus.client.publish(stack.bus.subjects.telemetry("odd"), b"\xff\xff")
    await stack.say(scan("Frequency", START + 7, 50.0))
    await stack.value(f"{WELL}.Frequency", START + 7)
    assert "not a batch" in stack.pulse.last_error["what"]


async def test_history_is_what_was_measured_and_its_averages_are_numpys(stack: Stack) -> None:
    si = UNITS["degC"].to_si(np.arange(120.0))
    tag = f"{WELL}.WellheadTemperature"
    await stack.say(*(scan("WellheadTemperature", START + k * SECOND, si[k]) for k in range(120)))
    await stack.say(scan("WellheadTemperature", START + 120 * SECOND, float("nan"), BAD_COMMUNICATION))
    asked = {"tags": tag, "start": "2025-10-09T08:54:00Z", "end": str(START + 1000 * SECOND)}
    whole = await until(lambda: stack.get("/history", **asked), lambda r: len(r["series"][0]["time_ns"]) == 121)
    series = whole["series"][0]
    assert (series["unit"], series["value"][-1], series["quality"][-1]) == ("°C", None, BAD_COMMUNICATION)
    assert series["value"][:120] == pytest.approx(list(range(120)))
    minutes = (await stack.get("/history", **asked, interval="1m"))["series"][0]
    assert minutes["time_ns"] == [START, START + 60 * SECOND, START + 120 * SECOND]
    assert minutes["average"][:2] == pytest.approx([np.arange(60).mean(), np.arange(60, 120).mean()])
    assert (minutes["max"][0], minutes["average"][2]) == (pytest.approx(59.0), None)
    assert (minutes["count"], minutes["bad"]) == ([60, 60, 0], [0, 0, 1])
    in_si = await stack.get("/history", **asked, interval="1m", units="si")
    assert in_si["series"][0]["min"][0] == pytest.approx(273.15)


async def test_a_long_history_goes_on_where_it_was_cut(stack: Stack) -> None:
    tag, times = f"{WELL}.Flow", [START + k * SECOND for k in range(50)]
    await stack.say(*(scan("Flow", time, 0.01) for time in times))
    asked = {"tags": tag, "start": START, "end": START + 60 * SECOND}
    await until(lambda: stack.get("/history", **asked), lambda r: len(r["series"][0]["time_ns"]) == 50)
    seen, page = [], await stack.get("/history", **asked, limit=20)
    while page["next"]:
        seen += page["series"][0]["time_ns"]
        page = await stack.get("/history", **asked | {"start": page["next"]}, limit=20)
    assert seen + page["series"][0]["time_ns"] == times


async def test_history_of_several_tags_has_a_series_for_each(stack: Stack) -> None:
    page = await stack.get("/history", tags=f"Tank.OIL.Level,{PRESSURE}", start=START, end=START + 1)
    assert [(one["tag"], len(one["time_ns"])) for one in page["series"]] == [("Tank.OIL.Level", 0), (PRESSURE, 1)]


@pytest.mark.parametrize(
    ("path", "query", "status", "subject"),
    [
        ("/assets/Well.NOPE", {}, 404, "asset"),
        ("/tags/Well.NOPE.Flow", {}, 404, "tag"),
        ("/values/Well.NOPE.Flow", {}, 404, "tag"),
        ("/tags", {"signal": "Nope"}, 404, "signal"),
        ("/values", {"tags": f"{PRESSURE},nope"}, 404, "tag"),
        ("/values", {"units": "imperial"}, 422, "units"),
        ("/live", {"tags": "nope"}, 404, "tag"),
        ("/history", {}, 422, "tags"),
        ("/history", {"tags": " , "}, 422, "tags"),
        ("/history", {"tags": "nope"}, 404, "tag"),
        ("/history", {"tags": PRESSURE, "start": "yesterday"}, 422, "start"),
        ("/history", {"tags": PRESSURE, "start": "9999-12-31"}, 422, "start"),
        ("/history", {"tags": PRESSURE, "end": "1950-01-01"}, 422, "end"),
        ("/history", {"tags": PRESSURE, "end": "9" * 19}, 422, "end"),
        ("/history", {"tags": PRESSURE, "start": "5", "end": "5"}, 422, "start"),
        ("/history", {"tags": PRESSURE, "interval": "0s"}, 422, "interval"),
        ("/history", {"tags": PRESSURE, "interval": "a fortnight"}, 422, "interval"),
        ("/history", {"tags": PRESSURE, "interval": "999999d"}, 422, "interval"),
        ("/history", {"tags": PRESSURE, "limit": "-1"}, 422, "limit"),
        ("/alarms", {"asset": "Well.NOPE"}, 404, "asset"),
        ("/alarms/history", {"tags": "nope"}, 404, "tag"),
        ("/alarms/history", {"start": "5", "end": "4"}, 422, "end"),
        ("/commands", {"limit": "x"}, 422, "limit"),
    ],
)
async def test_a_wrong_question_is_a_problem_with_subject_value_and_rule(stack, path, query, status, subject) -> None:
    reply = await stack.client.get(f"/api/v1{path}", params=query)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    problem = reply.json()
    assert (problem["status"], problem["subject"]) == (status, subject)
    assert problem["rule"]
    assert problem["type"].startswith("urn:gemelo:problem:")


async def test_the_widest_interval_is_answered(stack: Stack) -> None:
    """A century, over all of time: nothing in the historian overflows."""
    page = await stack.get("/history", tags=PRESSURE, start=0, end=2**63 - 1, interval="36500d")
    assert page["interval"] == "36500d"


async def test_moments_may_be_iso_with_or_without_offset_or_ns(stack: Stack) -> None:
    for start in ("2025-10-09T08:54:00", "2025-10-09T08:54:00+00:00", "2025-10-09T03:54:00-05:00", str(START)):
        page = await stack.get("/history", tags=PRESSURE, start=start, end=START + 1)
        assert page["start"] == "2025-10-09T08:54:00.000Z"


async def test_status_shows_processes_and_devices(stack: Stack) -> None:
    async def beaten() -> dict:
        await stack.control.beat()  # the tests before this one may have taken longer than a pulse lasts
        return (await stack.get("/status"))["services"].get("control", {})

    await until(beaten, lambda control: control.get("state") == "running")
    status = await stack.get("/status")
    assert status["services"]["control"]["devices"][DEVICE]["rate"] == 21.0
    assert status["bus"]["connected"]


async def test_a_process_without_a_pulse_for_three_periods_is_silent(stack: Stack, monkeypatch) -> None:
    await until(lambda: stack.get("/status"), lambda found: "control" in found["services"])
    monkeypatch.setattr(client_feed, "SILENT", 0.0)
    control = (await stack.get("/status"))["services"]["control"]
    assert control["state"] == "silent"
    assert control["devices"][DEVICE]["connected"] is None  # who would know?
    refused = await stack.get("/ready", 503)
    assert "control is silent" in refused["detail"]


async def test_not_ready_is_also_where_any_process_that_was_heard_is_silent_or_cannot_work(bus_url: str) -> None:
    """A frozen twin, a historian without room for what it should keep."""
    async with running_api(bus_url, control=False) as alone:
        now = time.time()
        beat = {"pid": 1, "time": now, "started": now, "counts": {}, "gauges": {}, "devices": {}, "last_error": None}
        other = await Bus.connect(bus_url, DEMO)
        await other.publish(other.subjects.status("twin"), beat | {"service": "twin", "trouble": "no room"})
        reply = await until(lambda: alone.client.get("/ready"), lambda r: "twin: no room" in r.text)
        assert reply.status_code == 503
        await other.publish(other.subjects.status("twin"), beat | {"service": "twin", "trouble": ""})
        await until(lambda: alone.client.get("/ready"), lambda r: "twin" not in r.text)
        await other.close()


async def test_ready_is_when_bus_control_and_historian_answer(stack: Stack) -> None:
    await stack.control.beat()
    ready = await until(lambda: stack.client.get("/ready"), lambda reply: reply.status_code == 200)
    assert ready.json() == {"ready": True, "reasons": []}


async def test_without_control_and_historian_what_needs_them_is_503_and_the_rest_works(bus_url: str) -> None:
    async with running_api(bus_url, control=False) as alone:
        assert (await alone.client.get("/health")).json() == {"status": "ok"}
        assert len((await alone.get("/tags"))["tags"]) > 200
        detail = (await alone.get("/ready", 503))["detail"]
        assert "control has not been heard" in detail
        assert "historian: no answer" in detail
        assert "no answer" in (await alone.get("/history", 503, tags=PRESSURE))["detail"]
        await alone.get("/alarms/history", 503)
        await alone.get("/commands", 503)
        order = {"tag": f"{WELL}.FrequencyReference", "value": 50, "reason": "try"}
        assert (await alone.post("/commands", order, 503))["type"] == "urn:gemelo:problem:unavailable"
        await alone.post("/alarms/x/acknowledge", None, 503)


async def test_a_bus_that_is_gone_is_said_and_comes_back(bus_server: BusServer) -> None:
    async with running_api(bus_server.url, control=False) as alone:
        bus_server.kill()
        reply = await until(lambda: alone.client.get("/ready"), lambda r: "bus is not connected" in r.text)
        assert reply.status_code == 503
        assert (await alone.client.get("/health")).status_code == 200
        bus_server.start()
        await until(lambda: alone.client.get("/ready"), lambda r: "bus is not connected" not in r.text)


async def test_an_alarm_raised_while_the_bus_was_away_is_shown_afterwards(bus_server: BusServer) -> None:
    async with running_api(bus_server.url, control=False) as alone:
        bus_server.kill()
        bus_server.start()
        control = await Bus.connect(bus_server.url, DEMO)
        await (await control.bucket("alarms")).put("one", json.dumps(alarm()).encode())  # and never said again
        found = await until(lambda: alone.get("/alarms"), lambda reply: reply["alarms"])
        assert found["alarms"][0]["id"] == alarm()["id"]
        await control.close()


async def test_values_that_are_not_said_for_want_of_room_are_shown_all_the_same(bus_url: str, monkeypatch) -> None:
    """The stream takes nothing on a full disk; what holds now is in the bucket, which is kept in memory."""
    monkeypatch.setattr(client_feed, "QUIET", 0.0)
    async with running_api(bus_url, control=False) as alone:
        control = await Bus.connect(bus_url, DEMO)
        for flow in (0.01, 0.02):
            batch = Batch.snapshot([f"{WELL}.Flow"], time.time_ns(), np.array([flow]), GOOD, DEVICE)
            await (await control.latest()).put("one", batch.encode())
            await until(lambda: alone.get(f"/values/{WELL}.Flow", units="si"), lambda found: found["value"] == flow)  # noqa: B023
        await control.close()
