"""Production days over HTTP."""

from typing import Any

import pytest

from control.access.identity import Grant
from tests.ui.api.record.running import Records

pytestmark = pytest.mark.anyio
DAY: dict[str, Any] = {"date": "2026-01-31", "oil_bbl": 1000.0, "gas_m3": 500.0, "water_bbl": 3000.0}


async def a_field_with_wells(records: Records) -> str:
    field = await records.field()
    for code, rate in (("A", 600.0), ("B", 400.0)):
        well = (await records.well(field, code))["id"]
        test = {"well_id": well, "start": "2026-01-01T00:00:00Z", "end": "2026-01-01T06:00:00Z", "state": "VALID"}
        await records.post("/tests", test | {"oil_bpd": rate, "water_bpd": rate, "gas_Mscf_d": 10.0})
    return field


async def test_a_day_is_entered_divided_closed_and_corrected(records: Records) -> None:
    field = await a_field_with_wells(records)
    rows = (await records.post(f"/fields/{field}/production", DAY, 200))["production"]
    by = {row["well"]: row for row in rows}
    assert by["A"]["oil_m3"] == pytest.approx(600 * 0.158987294928)
    assert by[None]["oil_m3"] == pytest.approx(1000 * 0.158987294928)
    await records.post(f"/fields/{field}/production/2026-01-31/close", {}, 200)
    assert "closed" in (await records.post(f"/fields/{field}/production", DAY, 422))["rule"]
    await records.post(f"/production/{by['A']['id']}/correct", {"oil_bbl": 590.0}, 422)  # without a reason
    await records.ask(
        "POST", f"/production/{by['A']['id']}/correct", json={"oil_bbl": 590.0}, params={"reason": "meter"}
    )
    found = await records.get(f"/fields/{field}/production", start="2026-01-31", end="2026-01-31")
    states = {row["well"]: row["state"] for row in found["production"]}
    assert states == {"A": "CORRECTION", "B": "CLOSED", None: "CLOSED"}
    assert found["balance"]["2026-01-31"]["oil"] == pytest.approx(10 * 0.158987294928)


@pytest.mark.parametrize(
    "values",
    [
        {"oil_bbl": -1.0},
        {"date": "31.1.2026"},
        {"zone": "Mars/Olympus"},
        {"state": "CLOSED"},
        {"oil_psi": 1.0},
        {"date": None},
        {"hour": "six"},
        {"hour": 24},
        {"zone": 7},
    ],
)
async def test_a_day_that_cannot_have_been_is_refused_and_nothing_is_written(records: Records, values: dict) -> None:
    field = await a_field_with_wells(records)
    await records.post(f"/fields/{field}/production", DAY | values, 422)
    assert records.count("daily_production") == 0


async def test_an_operator_enters_a_day_and_does_not_close_it(records: Records) -> None:
    field = await a_field_with_wells(records)
    records.who.grants = (Grant("operator", "demo"),)
    await records.post(f"/fields/{field}/production", DAY, 200)
    await records.post(f"/fields/{field}/production/2026-01-31/close", {}, 403)
