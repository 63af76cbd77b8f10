"""Writing through the API: commands and acknowledgements, and all that must not get through."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.historian.running import until
from tests.ui.api.running import TOKEN, WELL, Stack, alarm

pytestmark = pytest.mark.anyio
REFERENCE = f"{WELL}.FrequencyReference"
PRESSURE_REFERENCE = "Separator.SEP.PressureReference"


def order(**changes: Any) -> dict[str, Any]:
    return {"tag": REFERENCE, "value": 50.0, "reason": "raise rate"} | changes


async def test_a_command_is_answered_with_what_became_of_it(stack: Stack) -> None:
    done = await stack.post("/commands", order())
    assert (done["outcome"], done["value"], done["readback"], done["unit"]) == ("done", 50.0, 50.0, "Hz")
    assert stack.control.commands[-1]["by"] == "local"
    log = await until(lambda: stack.get("/commands", tags=REFERENCE), lambda found: found["commands"])
    assert log["commands"][0]["id"] == done["id"]


async def test_a_value_is_in_the_tags_own_unit_unless_said_otherwise(stack: Stack) -> None:
    done = await stack.post("/commands", order(tag=PRESSURE_REFERENCE, value=0.5))
    assert (done["value"], done["unit"], done["value_si"]) == (pytest.approx(0.5), "MPa(g)", 601325.0)
    for unit in ("psig", "psi(g)"):
        done = await stack.post("/commands", order(tag=PRESSURE_REFERENCE, value=100, unit=unit))
        assert stack.control.commands[-1]["value"] == pytest.approx(100 * 6894.757293168361 + 101325)
        assert (done["value"], done["unit"]) == (pytest.approx(100), "psi(g)")


async def test_a_command_that_failed_is_an_outcome_with_its_detail(stack: Stack) -> None:
    failed = await stack.post("/commands", order(reason="fail"))
    assert (failed["outcome"], failed["detail"]) == ("failed", "written, but nothing was read back")


async def test_the_id_of_a_command_reaches_control(stack: Stack) -> None:
    assert (await stack.post("/commands", order(id="once")))["id"] == "once"


@pytest.mark.parametrize(
    ("body", "status", "subject"),
    [
        (order(tag="Well.NOPE.Start"), 404, "tag"),
        (order(tag=None), 422, "tag"),
        (order(value=90.0), 422, REFERENCE),
        (order(value=-1e308), 422, REFERENCE),
        (order(tag=f"{WELL}.IntakePressure"), 422, f"{WELL}.IntakePressure"),
        (order(value="50"), 422, "value"),
        (order(value=True), 422, "value"),
        (order(value=None), 422, "value"),
        (order(value=[50]), 422, "value"),
        (order(value=10**400), 422, "value"),
        (order(reason=""), 422, "reason"),
        (order(reason="  "), 422, "reason"),
        (order(unit="psig"), 422, "unit"),
        (order(force=True), 422, "force"),
        (order(by="ana"), 422, "by"),  # who it is shows the token
        ({"tag": REFERENCE}, 422, "value"),
        ([], 422, "body"),
        (b"", 422, "body"),
        (b"{", 422, "body"),
        (b"\xff\xfe", 422, "body"),
        (b'{"tag": "%s", "value": NaN, "reason": "x"}' % REFERENCE.encode(), 422, "value"),
        (b'{"tag": "%s", "value": Infinity, "reason": "x"}' % REFERENCE.encode(), 422, "value"),
        (b'{"tag": "\\ud800", "value": 1, "reason": "x"}', 422, "tag"),
        (order(reason="\ud800"), 422, "reason"),
        (order(id="\udfff"), 422, "id"),
    ],
    ids=str,
)
async def test_a_wrong_command_is_refused_and_nothing_is_written(stack: Stack, body, status: int, subject: str) -> None:
    before = len(stack.control.commands)
    problem = await stack.post("/commands", body, status)
    assert (problem["status"], problem["subject"]) == (status, subject)
    assert problem["rule"]
    assert len(stack.control.commands) == before


async def test_a_refusal_has_the_guards_rule(stack: Stack) -> None:
    problem = await stack.post("/commands", order(value=90), 422)
    assert problem["type"] == "urn:gemelo:problem:command-refused"
    assert (problem["value"], problem["rule"]) == (90.0, "must be between 30 Hz and 60 Hz")
    assert problem["rules"]["es"] == "debe estar entre 30 Hz y 60 Hz"


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}", "Bearer ñ"]
)
async def test_without_the_token_nothing_is_written(stack: Stack, given: str | None) -> None:
    before = len(stack.control.commands), len(stack.control.acknowledged)
    headers = {b"Authorization": (given or "").encode()}
    for path, body in (("/commands", order()), ("/alarms/x/acknowledge", {})):
        reply = await stack.client.post(f"/api/v1{path}", json=body, headers=headers)
        assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")
        assert reply.headers["content-type"] == "application/problem+json"
    assert (len(stack.control.commands), len(stack.control.acknowledged)) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(
        st.sampled_from(["tag", "value", "reason", "unit", "by", "id", "x"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
            st.sampled_from([REFERENCE, PRESSURE_REFERENCE, 50.0, 45, "Hz", "MPa"]),
            st.lists(st.integers(), max_size=2),
        ),
    )
)  # fmt: skip
async def test_no_body_makes_the_api_fail_or_writes_what_is_not_permitted(stack: Stack, body: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    status = (await stack.client.post("/api/v1/commands", content=json.dumps(body), headers=headers)).status_code
    assert status in (200, 404, 422)
    if status == 200:
        assert body["tag"] in (REFERENCE, PRESSURE_REFERENCE)


async def test_a_raised_alarm_stands_until_it_is_over_and_acknowledged(stack: Stack) -> None:
    said = stack.bus.subjects.alarms("2")
    await stack.bus.record(said, alarm())
    (shown,) = (await until(lambda: stack.get("/alarms", asset=WELL), lambda found: found["alarms"]))["alarms"]
    assert (shown["value"], shown["limit"], shown["unit"]) == (pytest.approx(3.0), pytest.approx(3.5), "MPa(g)")
    assert (shown["message"], shown["time"]) == ("Intake pressure low", "2025-06-15T15:06:40.000Z")
    assert (shown["value_texts"]["es"], shown["limit_texts"]["en"]) == ("3,00 MPa(g)", "3.50 MPa(g)")
    assert (await stack.get("/alarms", asset="Separator.SEP"))["alarms"] == []
    await stack.bus.record(said, alarm(state="RTNUN", value=None))
    (shown,) = (await until(lambda: stack.get("/alarms"), lambda found: found["alarms"][0]["state"] == "RTNUN"))[
        "alarms"
    ]
    assert shown["value"] is None
    await stack.bus.record(said, alarm(state="NORM"))
    await until(lambda: stack.get("/alarms"), lambda found: not found["alarms"])
    history = await until(lambda: stack.get("/alarms/history"), lambda found: len(found["alarms"]) == 3)
    assert [one["state"] for one in history["alarms"]] == ["NORM", "RTNUN", "UNACK"]


async def test_an_alarm_on_a_state_says_the_states_name(stack: Stack) -> None:
    """As the signal table has it: TripCode 1 is Underload."""
    of_trip = {"id": "t", "tag": f"{WELL}.TripCode", "unit": "1", "value": 1.0, "limit": None}
    await stack.bus.record(stack.bus.subjects.alarms("1"), alarm(**of_trip))
    (shown,) = (await until(lambda: stack.get("/alarms"), lambda found: found["alarms"]))["alarms"]
    assert (shown["value"], shown["value_state"]) == (1.0, "Underload")
    assert (shown["value_texts"]["es"], shown["limit_texts"]["es"]) == ("Subcarga", "—")
    await stack.bus.record(stack.bus.subjects.alarms("1"), alarm(**of_trip | {"state": "NORM"}))
    await until(lambda: stack.get("/alarms"), lambda reply: not reply["alarms"])


async def test_the_most_urgent_alarm_comes_first(stack: Stack) -> None:
    for number, priority in enumerate((3, 1, 2)):
        await stack.bus.record(stack.bus.subjects.alarms("1"), alarm(id=f"{number}", priority=priority))
    found = await until(lambda: stack.get("/alarms"), lambda reply: len(reply["alarms"]) == 3)
    assert [one["priority"] for one in found["alarms"]] == [1, 2, 3]
    for number in range(3):
        await stack.bus.record(stack.bus.subjects.alarms("1"), alarm(id=f"{number}", state="NORM"))
    await until(lambda: stack.get("/alarms"), lambda reply: not reply["alarms"])


async def test_an_acknowledgement_reaches_control_with_who_and_why(stack: Stack) -> None:
    for alarm_id in (f"{WELL}.IntakePressure.low", "Tank.OIL.Level/high"):
        reply = await stack.post(f"/alarms/{alarm_id}/acknowledge", {"comment": "seen"})
        assert reply["state"] == "ACKED"
        assert stack.control.acknowledged[-1].items() >= {"alarm": alarm_id, "by": "local", "comment": "seen"}.items()
    await stack.post("/alarms/x/acknowledge")
    assert stack.control.acknowledged[-1]["by"] == "local"


async def test_an_unknown_alarm_cannot_be_acknowledged(stack: Stack) -> None:
    problem = await stack.post("/alarms/nobody/knows/acknowledge", {}, 404)
    assert (problem["subject"], problem["value"]) == ("alarm", "nobody/knows")
