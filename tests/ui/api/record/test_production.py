"""Production of a well from what history has of its meters."""

from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from control.bus.clock import SECOND
from historian.ledger.audit import Actor
from historian.ledger.field_book import take
from historian.store import BUCKETS
from plant.unit import UNITS
from tests.ui.api.record.running import SITE, Records
from ui.api.catalogue import Catalogue

pytestmark = pytest.mark.anyio
WELL = SITE.field.wells[0]
T0 = 1_750_000_000 * SECOND


class History:
    """Averages that the historian would give: liquid of 100 bbl/d at 200 psi, then nothing of the liquid."""

    def of(self, _: str | None) -> "History":
        return self

    async def buckets(self, tags: list[str], _: int, __: int, width: int, ___: int) -> pa.Table:
        said = [(f"Well.{WELL.code}.Flow", T0, UNITS["bpd"].to_si(100.0)),
                (f"Well.{WELL.code}.WellheadPressure", T0, UNITS["psi"].to_si(200.0)),
                (f"Well.{WELL.code}.WellheadPressure", T0 + width, UNITS["psi"].to_si(210.0))]  # fmt: skip
        assert {tag for tag, _, _ in said} <= set(tags)
        columns: dict[str, Any] = {
            "tag": [tag for tag, _, _ in said], "time": [at for _, at, _ in said],
            "average": [value for _, _, value in said], "min": [0.0] * 3, "max": [0.0] * 3, "count": [1] * 3,
            "bad": [0] * 3, "quality": [0] * 3,
        }  # fmt: skip
        return pa.table({field.name: pa.array(columns[field.name]).cast(field.type) for field in BUCKETS})


@pytest.fixture
def producing(records: Records) -> Records:
    """The demo field in the ledger, with a history behind."""
    with records.ledger.writing("demo", Actor("ana")) as books:
        take(books, SITE.field)
    clock = SimpleNamespace(now=lambda: T0 + 3600 * SECOND)
    return Records(records.ledger, catalogue=Catalogue(SITE), history=History(), clock=clock)


async def production(records: Records, status: int = 200, **query: Any) -> Any:
    return await records.get(f"/wells/{WELL.code}/production", status, **{"start": str(T0), "interval": "1m"} | query)


async def test_liquid_divides_by_the_field_file_and_gas_comes_with_the_oil(producing: Records) -> None:
    found = await production(producing)
    first, second = found["production"]
    oil, cut = first["oil_rate_bopd"], WELL.fluid.water_cut
    assert found["basis"] == "field file"
    assert oil == pytest.approx(100.0 * (1.0 - cut), abs=1e-4)
    assert first["water_rate_bwpd"] == pytest.approx(100.0 * cut, abs=1e-4)
    assert first["gor_scf_bbl"] == pytest.approx(UNITS["scf_stb"].from_si(WELL.fluid.gor))
    assert first["gas_rate_mcfd"] == pytest.approx(oil * first["gor_scf_bbl"] / 1000.0, rel=1e-4)
    assert first["thp_psi"] == pytest.approx(200.0)
    assert (second["oil_rate_bopd"], second["gor_scf_bbl"], second["thp_psi"]) == (None, None, 210.0)


async def test_a_valid_test_says_how_liquid_divides_from_then_on(producing: Records) -> None:
    well = await producing.get(f"/wells/{WELL.code}")
    test = {"well_id": well["id"], "start": "2025-06-01T00:00:00Z", "end": "2025-06-01T06:00:00Z", "oil_bpd": 25.0,
            "water_bpd": 75.0, "gas_Mscf_d": 5.0, "state": "VALID"}  # fmt: skip
    await producing.post("/tests", test)
    await producing.post("/tests", test | {"oil_bpd": 90.0, "state": "REJECTED", "start": "2025-06-01T01:00:00Z"})
    found = await production(producing)
    first = found["production"][0]
    assert found["basis"] == "test of 2025-06-01T00:00:00.000Z"
    assert (first["oil_rate_bopd"], first["gor_scf_bbl"]) == (pytest.approx(25.0), pytest.approx(200.0))


async def test_units_are_those_that_are_asked_for(producing: Records) -> None:
    field, metric, si = [
        (await production(producing, units=units))["production"][0] for units in ("field", "metric", "si")
    ]
    assert metric["thp_kPa"] == pytest.approx(field["thp_psi"] * 6.894757, rel=1e-6)
    assert si["oil_rate_m3_s"] * 86_400 == pytest.approx(metric["oil_rate_m3_d"], rel=0.05)


@pytest.mark.parametrize(
    "query",
    [
        {"interval": "1s"},
        {"interval": "2m"},
        {"end": str(T0 - 1)},
        {"start": "0"},
        {"units": "cubits"},
        {"start": "soon"},
    ],
)
async def test_what_cannot_be_given_is_refused(producing: Records, query: dict[str, str]) -> None:
    await production(producing, 422, **query)


async def test_a_well_without_a_meter_is_said_not_to_be_measured(producing: Records) -> None:
    field = (await producing.get("/fields"))["fields"][0]["id"]
    await producing.well(field, "NEW-1", status="DRILLING")
    found = await producing.get("/wells/NEW-1/production")
    assert (found["basis"], found["production"]) == ("not measured", [])
