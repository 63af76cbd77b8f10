"""Records over HTTP: what is made is there, what is wrong is refused with its rule, and nothing is half-written."""

from typing import Any

import pytest

from control.access.identity import Grant
from tests.ui.api.record.running import KIND, Records

pytestmark = pytest.mark.anyio


async def test_a_well_is_made_read_changed_and_retired_and_its_life_is_kept(records: Records) -> None:
    made = await records.well(await records.field(), x_m=10.0, y_ft=100.0)
    assert (made["code"], made["x_m"], round(made["y_m"], 3)) == ("N-1", 10.0, 30.48)
    assert await records.get(f"/wells/{made['id']}") == made
    assert await records.get("/wells/N-1") == made  # by its code, which is one well's alone
    shut = await records.ask("PATCH", "/wells/N-1", json={"status": "SHUT_IN"}, params={"reason": "low rate"})
    assert (shut.json()["status"], shut.headers["etag"]) == ("SHUT_IN", '"2"')
    assert (await records.ask("DELETE", "/wells/N-1")).json()["status"] == "ABANDONED"
    with records.ledger.reading("demo") as books:
        lines = books.find("well_status", order="start")
        assert [line["status"] for line in lines] == ["ACTIVE", "SHUT_IN", "ABANDONED"]
        assert (lines[1]["reason"], lines[1]["by"]) == ("low rate", "ana")


async def test_wells_are_listed_by_field_status_and_type_sorted_cut_and_chosen(records: Records) -> None:
    north, south = await records.field("north"), await records.field("south")
    for number in range(5):
        await records.well(north, f"N-{number}", status="SHUT_IN" if number % 2 else "ACTIVE")
    await records.well(south, "S-1", well_type="INJ_WATER", lift="INJECTION")
    found = await records.get("/wells", field_id=north, status="ACTIVE")
    assert [well["code"] for well in found["wells"]] == ["N-0", "N-2", "N-4"]
    found = await records.get("/wells", well_type="INJ_WATER,INJ_GAS", fields="code")
    assert [sorted(well) for well in found["wells"]] == [["code", "id"]]
    found = await records.get("/wells", sort="-code", skip=1, limit=2)
    assert [well["code"] for well in found["wells"]] == ["N-4", "N-3"]


async def test_pages_follow_each_other_by_cursor_whatever_is_added_meanwhile(records: Records) -> None:
    field = await records.field()
    for number in range(1, 6):
        await records.well(field, f"N-{number}")
    first = await records.get("/wells", limit=2)
    await records.well(field, "N-0")
    second = await records.get("/wells", limit=3, cursor=first["next"])
    assert [well["code"] for well in first["wells"] + second["wells"]] == [f"N-{i}" for i in range(1, 6)]
    assert second["next"] is None
    await records.get("/wells", 422, cursor=first["next"], sort="name")


async def test_a_change_of_what_somebody_else_has_changed_is_refused(records: Records) -> None:
    await records.well(await records.field())
    await records.ask("PATCH", "/wells/N-1", json={"name": "A"}, headers={"If-Match": '"1"'})
    late = await records.ask("PATCH", "/wells/N-1", 412, json={"name": "B"}, headers={"If-Match": '"1"'})
    assert late.json()["type"] == "urn:gemelo:problem:outdated"
    assert (await records.ask("GET", "/wells/N-1", 304, headers={"If-None-Match": '"2"'})).content == b""


async def test_a_request_that_is_sent_again_under_its_key_is_done_once(records: Records) -> None:
    field = await records.field()
    body = {"field_id": field, "code": "N-1", "name": "N-1", **KIND}
    key = {"Idempotency-Key": "a-key"}
    assert await records.post("/wells", body, **key) == await records.post("/wells", body, **key)
    assert records.count("well") == 1
    other = await records.post("/wells", body | {"code": "N-2"}, 422, **key)
    assert other["rule"] == "was used for another request"


async def test_a_list_is_given_as_a_table_where_that_is_asked_for(records: Records) -> None:
    await records.well(await records.field())
    reply = await records.ask("GET", "/wells", headers={"Accept": "text/csv"})
    head, row = reply.text.strip().splitlines()
    assert head.startswith("id,")
    assert "N-1" in row


HOSTILE = ["'; drop table well; --", '" or 1=1 --', "<script>alert(1)</script>", "{{7*7}}", "%00", "../../etc/passwd"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_text_that_others_would_run_is_only_text(records: Records, text: str) -> None:
    field = await records.field()
    made = await records.well(field, "N-1", name=text)
    assert (await records.get(f"/wells/{made['id']}"))["name"] == text
    await records.get(f"/wells/{text.replace('/', '')}", 404)
    assert (await records.get("/wells", field_id=text))["wells"] == []
    assert records.count("well") == 1


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("code", {"code": "N-1"}, "is there already"),
    ("code", {"code": "a b"}, "must be a word"),
    ("code", {"code": ""}, "must be a word"),
    ("code", {"code": 7}, "must be a text"),
    ("code", {"code": "x" * 65}, "at most 64 characters"),
    ("code", {"code": "a\x00b"}, "control characters"),
    ("latitude", {"latitude": 91.0, "longitude": 0.0}, "between -90 and 90"),
    ("longitude", {"latitude": 0.0, "longitude": -180.5}, "between -180 and 180"),
    ("longitude", {"latitude": 10.0}, "must be given with latitude"),
    ("x_m", {"x_m": "far", "y_m": 0.0}, "must be a number"),
    ("x_psi", {"x_psi": 3.0}, "is no key of it"),
    ("well_type", {"well_type": "GAS"}, "must be one of PROD_OIL"),
    ("lift", {"well_type": "INJ_GAS"}, "must be INJECTION"),
    ("status", {"status": None}, "is missing"),
    ("tenant", {"tenant": "other"}, "is no key of it"),
    ("version", {"version": 9}, "is no key of it"),
    ("field_id", {"field_id": "f" * 32}, "must be the id of a field"),
    ("colour", {"colour": "red"}, "is no key of it"),
]


@pytest.mark.parametrize(("key", "values", "rule"), BAD, ids=[f"{key}-{i}" for i, (key, _, _) in enumerate(BAD)])
async def test_a_well_that_breaks_a_rule_is_refused_with_rule_and_value_and_nothing_is_written(
    records: Records, key: str, values: dict[str, Any], rule: str
) -> None:
    field = await records.field()
    await records.well(field, "N-1")
    before = records.count("audit_entry")
    body = {"field_id": field, "code": "N-2", "name": "Well", **KIND} | values
    refused = await records.post("/wells", body, 409 if "already" in rule else 422)
    assert rule in refused["detail"]
    assert key in refused["subject"]
    assert (records.count("well"), records.count("audit_entry")) == (1, before)


async def test_everything_that_is_wrong_is_told_at_once(records: Records) -> None:
    body = {"field_id": await records.field(), "code": "a b", "name": "", "well_type": "GAS", "latitude": 99}
    detail = (await records.post("/wells", body, 422))["detail"]
    assert all(key in detail for key in ("code", "well_type", "lift", "status", "latitude"))


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("/tests", {"start": "2026-02-01T00:00:00Z", "end": "2026-01-01T00:00:00Z"}, "must be later than start"),
    ("/tests", {"start": "yesterday"}, "must be a moment"),
    ("/tests", {"oil_bpd": -5.0}, "oil_bpd = -5.0: must be between 0 and"),
    ("/tests", {"oil": 1.0, "oil_bpd": 5.0}, "must not be given beside"),
    ("/downtime", {"reason": "WHIM"}, "must be one of ESP_TRIP"),
    ("/downtime", {"deferred_oil_m3": -1.0}, "must be between 0 and"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "values", "rule"), WRONG)
async def test_what_happened_to_a_well_is_refused_where_it_cannot_have(
    records: Records, path: str, values: dict[str, Any], rule: str
) -> None:
    well = (await records.well(await records.field()))["id"]
    right = {
        "/tests": {"end": "2026-01-02T00:00:00Z", "oil_bpd": 100.0, "water_bpd": 300.0, "gas_Mscf_d": 20.0,
                   "state": "VALID"},
        "/downtime": {"reason": "ESP_TRIP"},
    }[path] | {"well_id": well, "start": "2026-01-01T00:00:00Z"}  # fmt: skip
    assert rule in (await records.post(path, right | values, 422))["detail"]
    made = await records.post(path, right)
    assert await records.get(f"{path}/{made['id']}") == made


@pytest.mark.parametrize(
    "query",
    [
        {"status": "IDLE"},
        {"sort": "engineering"},
        {"sort": "x"},
        {"fields": "tenant"},
        {"limit": 0},
        {"limit": 10**6},
        {"skip": -1},
        {"cursor": "!"},
        {"colour": "red"},
    ],
)
async def test_a_list_that_nobody_can_give_is_refused(records: Records, query: dict[str, Any]) -> None:
    await records.get("/wells", 422, **query)


async def test_another_tenants_records_are_not_there(records: Records) -> None:
    made = await records.well(await records.field())
    other = Records(records.ledger, "other")
    assert (await other.get("/wells"))["wells"] == []
    foreign = await other.get(f"/wells/{made['id']}", 404)
    none = await other.get(f"/wells/{'0' * 32}", 404)
    assert foreign["type"] == none["type"]
    await other.ask("PATCH", f"/wells/{made['id']}", 404, json={"name": "mine"})
    await other.ask("DELETE", f"/wells/{made['id']}", 404)


async def test_whoever_was_given_some_wells_sees_and_changes_those_alone(records: Records) -> None:
    field = await records.field("north")
    far = await records.field("south")
    for code, of in (("N-1", field), ("N-2", field), ("S-1", far)):
        await records.well(of, code)
    records.who.grants = (Grant("engineer", "demo", "north", ("Well.N-1",)),)
    assert [well["code"] for well in (await records.get("/wells"))["wells"]] == ["N-1"]
    assert [one["code"] for one in (await records.get("/fields"))["fields"]] == ["north"]
    await records.get("/wells/N-2", 404)
    await records.ask("PATCH", "/wells/N-1", json={"name": "mine"})
    await records.well(far, "S-2", 403)
    await records.well(field, "N-3", 403)
    assert records.count("well") == 3


async def test_what_only_reads_writes_nothing(records: Records) -> None:
    await records.well(await records.field())
    records.who.grants = (Grant("viewer", "demo"),)
    await records.ask("PATCH", "/wells/N-1", 403, json={"name": "mine"})
    assert (await records.get("/wells/N-1"))["name"] == "N-1"
