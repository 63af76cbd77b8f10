"""What may be asked of every route: patterns, tables, and no key that it does not know."""

import csv
import io
from typing import Any

import pytest

from control.bus.batch import Batch
from tests.historian.running import until
from tests.ui.api.running import SECOND, WELL, Stack
from ui.api.asked import NEXT

pytestmark = pytest.mark.anyio

CSV = {"format": "csv"}

ROUTES = (
    "/assets", f"/assets/{WELL}", "/tags", f"/tags/{WELL}.Flow", "/values", f"/values/{WELL}.Flow", "/live", "/history",
    "/alarms", "/alarms/history", "/commands", "/status", "/health", "/ready",
)  # fmt: skip


async def table(stack: Stack, path: str, accept: str | None = None, **query: Any) -> list[dict[str, str]]:
    """The rows of a route's table."""
    reply = await stack.client.get(f"/api/v1{path}", params=query, headers={"Accept": accept} if accept else {})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(reply.text)))


@pytest.mark.parametrize("path", ROUTES)
async def test_a_key_that_a_route_does_not_know_is_refused_with_those_it_knows(stack: Stack, path: str) -> None:
    problem = await stack.get(path, 422, **({"tags": f"{WELL}.Flow"} if path == "/history" else {}), assett="Well.X")
    assert (problem["subject"], problem["value"]) == ("assett", "Well.X")
    assert "knows" in problem["rule"]


async def test_a_refused_key_writes_nothing(stack: Stack) -> None:
    assert stack.control is not None
    body = {"tag": f"{WELL}.FrequencyReference", "value": 50.0, "reason": "a trial"}
    assert (await stack.post("/commands?dry_run=true", body, 422))["subject"] == "dry_run"
    assert stack.control.commands == []


async def test_a_key_given_twice_is_refused_and_neither_wins(stack: Stack) -> None:
    reply = await stack.client.get(f"/api/v1/values?tags={WELL}.Flow&tags={WELL}.Current")
    assert reply.status_code == 422
    assert reply.json()["subject"] == "tags"


async def test_a_pattern_means_the_same_tags_on_every_route(stack: Stack) -> None:
    named = [row["tag"] for row in (await stack.get("/tags", signal="Flow"))["tags"] if row["tag"].startswith("Well")]
    asked = "Well.*.Flow"
    assert [row["tag"] for row in (await stack.get("/tags", tags=asked))["tags"]] == named
    assert [row["tag"] for row in (await stack.get("/values", tags=asked))["values"]] == named
    assert [series["tag"] for series in (await stack.get("/history", tags=asked))["series"]] == named
    assert (await stack.get("/values", 404, tags="Pump.*"))["value"] == "Pump.*"


@pytest.mark.parametrize("path", ["/tags", "/values", "/alarms", "/alarms/history", "/commands"])
async def test_every_list_can_be_had_as_a_table(stack: Stack, path: str) -> None:
    (rows,) = (value for value in (await stack.get(path)).values() if isinstance(value, list))
    shown = await table(stack, path, format="csv")
    assert len(shown) == len(rows)
    assert [row["tag"] for row in shown] == [row["tag"] for row in rows]


async def test_accept_asks_for_a_table_as_format_does_and_format_goes_first(stack: Stack) -> None:
    asked = f"{WELL}.Voltage,{WELL}.RunState"
    by_accept = await table(stack, "/values", "text/csv", tags=asked)
    assert [row["value"] for row in by_accept] == [
        row["value"] for row in await table(stack, "/values", tags=asked, format="csv")
    ]
    reply = await stack.client.get("/api/v1/values?format=json", headers={"Accept": "text/csv"})
    assert reply.headers["content-type"] == "application/json"
    assert (await stack.get("/values", 422, format="xml"))["subject"] == "format"


async def test_history_as_a_table_has_a_row_a_sample_and_says_where_it_was_cut(stack: Stack) -> None:
    at = 1_740_000_000 * SECOND
    tag = f"{WELL}.Voltage"
    await stack.say(*(Batch.snapshot([tag], at + i * SECOND, [1000.0 + i], [0], "RTU-CACB27A-P1") for i in range(3)))
    span = {"start": str(at), "end": str(at + 3 * SECOND), "tags": tag}
    await until(lambda: stack.get("/history", **span), lambda reply: len(reply["series"][0]["value"]) == 3)
    rows = await table(stack, "/history", **span, format="csv")
    assert [(row["tag"], row["unit"], float(row["value"])) for row in rows] == [
        (tag, "V", 1000.0 + i) for i in range(3)
    ]
    reply = await stack.client.get("/api/v1/history", params={**span, "format": "csv", "limit": 2})
    assert reply.headers[NEXT] == str(at + 2 * SECOND)
