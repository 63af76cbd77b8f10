"""Driving a simulated field through the API: the routes on a real bus, a real field behind its control channel."""

from typing import Any

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from simulators.field import SimulatedField
from simulators.injection import inject
from tests.ui.api.running import TOKEN, WELL, Stack

pytestmark = pytest.mark.anyio


HEADERS = {"Authorization": f"Bearer {TOKEN}"}


async def truth(stack: Stack) -> dict[str, Any]:
    return (await stack.client.get("/api/v1/field", headers=HEADERS)).json()


@pytest.fixture(scope="module")
async def field(stack: Stack) -> SimulatedField:
    """The demo field, on the control channel of the bus and on no wire."""
    asset_field = load_field("shengli12")
    field = SimulatedField(asset_field, load_bench("shengli12", asset_field.assets()))

    async def answer(request: Any) -> dict[str, Any]:
        return await inject(field, request)

    await stack.bus.answer(stack.bus.subjects.sim_control(), answer)
    return field


async def test_time_is_stopped_and_goes_on(stack: Stack, field: SimulatedField) -> None:
    await stack.post("/field/freeze", {})
    assert field.speed == 0.0
    await stack.post("/field/run", {})
    assert field.speed == 1.0


async def test_what_fails_is_told_with_its_severity_and_healed(stack: Stack, field: SimulatedField) -> None:
    await stack.post("/field/malfunction", {"malfunction": "gas lock", "on": WELL, "severity_pct": 40, "ramp": "0s"})
    await stack.post("/field/trip", {"on": WELL, "code": "Overload"})
    field.env.run(until=field.env.now + 1)
    told = await truth(stack)
    assert told["malfunctions"] == [{"malfunction": "gas lock", "on": WELL, "severity": 0.4, "target": 0.4}]
    assert told["drives"][WELL]["trip"] == 2
    await stack.post("/field/heal", {})
    assert (await truth(stack))["malfunctions"] == []


async def test_all_that_is_wrong_with_a_request_is_one_problem(stack: Stack, field: SimulatedField) -> None:
    problem = await stack.post("/field/malfunction", {"malfunction": "gas lok", "colour": 1}, status=422)
    assert "did you mean 'gas lock'" in problem["detail"]
    assert "colour: is not a key" in problem["detail"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/field"), ("POST", "/field/freeze"), ("POST", "/field/heal")])
async def test_neither_truth_nor_time_is_given_without_the_token(stack: Stack, method: str, path: str) -> None:
    assert (await stack.client.request(method, f"/api/v1{path}", headers={"Authorization": ""})).status_code == 401


async def test_the_fault_table_is_open_and_in_two_languages(stack: Stack) -> None:
    rows = (await stack.get("/malfunctions"))["malfunctions"]
    (bias,) = (row for row in rows if row["name"] == "bias")
    assert bias["title"] == {"en": "bias", "es": "sesgo"}
    assert [parameter["name"] for parameter in bias["parameters"]] == ["size", "severity", "after", "ramp", "lasts"]
