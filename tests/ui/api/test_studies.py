"""What if, asked of a running field."""

import pytest

from control.bus.batch import Batch
from tests.ui.api.running import SECOND, WELL, Stack

pytestmark = pytest.mark.anyio

ASKED = {"set": [f"{WELL}.FrequencyReference=52Hz"], "units": ["bpd"]}


async def test_a_study_starts_from_what_is_measured_and_writes_nothing(stack: Stack) -> None:
    assert stack.control is not None
    at = (await stack.get("/status"))["services"]["control"]["time"]
    now = int(at * SECOND)
    await stack.say(Batch.snapshot([f"{WELL}.Frequency"], now, [45.0], [0], "RTU-CACB27A-P1"))
    await stack.value(f"{WELL}.Frequency", now)
    told = await stack.post("/studies/what-if", ASKED)
    rows = {row["tag"]: row for row in told["rows"]}
    frequency, flow = rows[f"{WELL}.Frequency"], rows[f"{WELL}.Flow"]
    assert (frequency["before"], frequency["after"], frequency["measured"]) == (45.0, 52.0, 45.0)
    assert (flow["unit"], flow["measured"]) == ("bbl/d", None)
    assert flow["difference"] > 0
    assert stack.control.commands == []


async def test_everything_wrong_with_a_study_is_one_problem(stack: Stack) -> None:
    wrong = {"set": [f"{WELL}.FrequencyReference=90", "Well.NOPE.ChokeReference=10"]}
    problem = await stack.post("/studies/what-if", wrong, 422)
    assert problem["subject"] == f"{WELL}.FrequencyReference"
    assert "between 30 Hz and 60 Hz" in problem["detail"]
    assert "Well.NOPE.ChokeReference" in problem["detail"]
    assert (await stack.post("/studies/what-if", ASKED | {"units": ["furlong"]}, 422))["value"] == "furlong"


async def test_a_well_s_operating_points_start_from_what_is_measured(stack: Stack) -> None:
    code = WELL.partition(".")[2]
    asked = {"well": code, "vary": ["FrequencyReference=45:55:10"], "units": ["psig"]}
    told = await stack.post("/studies/nodal", asked)
    assert (told["well"], told["units"]["bottomhole"]) == (code, "psi(g)")
    slow, fast = ([p for p in case["points"] if p["stable"]] for case in told["cases"])
    assert fast[-1]["rate"] > slow[-1]["rate"]
    assert (await stack.post("/studies/nodal", asked | {"well": "NOPE"}, 404))["value"] == "NOPE"
    problem = await stack.post("/studies/nodal", asked | {"vary": ["Depth=1:2:1", "ChokeReference=0:200:50"]}, 422)
    assert "Depth" in problem["detail"]
    assert "ChokeReference" in problem["detail"]
