"""A well's production as the historian has it: rates, pressure and gas-oil ratio over intervals.

A well's meter measures liquid. What of it is oil is known from its last valid test, and before its first from the field
file; gas is measured where there is a meter, else it comes with the oil by the gas-oil ratio. Unknown is null.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from control.bus.column import to_numpy, whole
from historian.ledger.books import Books, Row
from plant.error import OutOfRange
from plant.unit import UNITS
from ui.api.asked import FORMAT, Listed
from ui.api.context import Context, Ctx, OfRun
from ui.api.moment import SECOND, iso, moment, width
from ui.api.problem import responses
from ui.api.record import desk
from ui.api.record.resource import of
from ui.api.record.sight import READ, asset_of

router = APIRouter(tags=["records"], route_class=Listed, dependencies=FORMAT)

DAY = 86_400 * SECOND
ROWS = 20_000  # in one reply
SIGNALS = ("Flow", "GasFlow", "WellheadPressure")
Interval = Literal["1m", "5m", "15m", "1h", "1d"]
Wanted = Literal["field", "metric", "si"]
# What is shown, and for each choice of units its key and unit.
QUANTITIES = ("oil", "gas", "water", "pressure", "gor")
KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "field": (
        ("oil_rate_bopd", "bpd"), ("gas_rate_mcfd", "Mscf_d"), ("water_rate_bwpd", "bpd"), ("thp_psi", "psi"),
        ("gor_scf_bbl", "scf_stb"),
    ),
    "metric": (
        ("oil_rate_m3_d", "m3_d"), ("gas_rate_m3_d", "m3_d"), ("water_rate_m3_d", "m3_d"), ("thp_kPa", "kPa"),
        ("gor_m3_m3", "m3_m3"),
    ),
    "si": (
        ("oil_rate_m3_s", "m3_s"), ("gas_rate_m3_s", "m3_s"), ("water_rate_m3_s", "m3_s"), ("thp_Pa", "Pa"),
        ("gor_m3_m3", "m3_m3"),
    ),
}  # fmt: skip

_EXAMPLE: dict[str, Any] = {
    "well": "CACB27A-P1", "start": "2026-01-31T12:00:00.000Z", "end": "2026-01-31T13:00:00.000Z", "interval": "1h",
    "basis": "field file", "production": [{
        "time": "2026-01-31T12:00:00.000Z", "oil_rate_bopd": 101.2, "gas_rate_mcfd": 12.1, "water_rate_bwpd": 402.0,
        "thp_psi": 210.4, "gor_scf_bbl": 119.6,
    }],
}  # fmt: skip


class Production(BaseModel):
    """Averages over intervals; pressure is absolute. ``basis`` says where the shares of oil and water are from."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    well: str
    start: str
    end: str
    interval: str
    basis: str
    production: list[dict[str, str | float | None]]


@dataclass(frozen=True)
class Shares:
    """How a well's liquid divides, and what gas comes with its oil."""

    oil: float
    gor: float
    basis: str


@router.get(
    "/wells/{id}/production", summary="Production of a well", response_model=Production,
    responses=responses(404, 422, 503),
)  # fmt: skip
async def production(
    ctx: Ctx,
    id: str,  # noqa: A002
    start: Annotated[str | None, Query(description="ISO 8601 or ns since 1970; a day before end by default")] = None,
    end: Annotated[str | None, Query(description="not included; now by default")] = None,
    interval: Interval = "1h",
    units: Annotated[
        Wanted, Query(description="field: bbl/d, Mscf/d, psi, scf/bbl; metric: m³/d, kPa; or SI")
    ] = "field",
    run: OfRun = None,
) -> Production:
    """Rows of ``start <= time < end`` in the order of time."""
    end_ns = moment("end", end) if end else max(ctx.clock.now(), 1)
    start_ns = moment("start", start) if start else max(end_ns - DAY, 0)
    step = width(interval) or SECOND
    if start_ns >= end_ns:
        raise OutOfRange("end", end, f"must be later than start = {iso(start_ns)}")
    if (end_ns - start_ns) // step > ROWS:
        raise OutOfRange("interval", interval, f"is too fine for this span: at most {ROWS} rows in one reply")
    well, shares = await desk.read(ctx, lambda books: _known(books, ctx, id, end_ns))
    asset = asset_of(well)
    asked = [tag for tag in (f"{asset}.{signal}" for signal in SIGNALS) if tag in ctx.catalogue.row]
    table = await ctx.history.of(run).buckets(asked, start_ns, end_ns, step, 100_000) if asked else None
    rows = await asyncio.to_thread(_rows, table, asset, well["well_type"], shares, units) if table else []
    return Production(
        well=well["code"], start=iso(start_ns), end=iso(end_ns), interval=interval,
        basis=shares.basis if asked else "not measured", production=rows,
    )  # fmt: skip


def _known(books: Books, ctx: Context, id_: str, end: int) -> tuple[Row, Shares]:
    well = desk.found(books, ctx, of("wells"), id_, READ)
    valid = books.find("well_test", [("end", "<=", end)], order="-start", limit=1, well_id=well["id"], state="VALID")
    return well, _shares(valid[0] if valid else None, well["engineering"] or {})


def _shares(test: Row | None, engineering: Mapping[str, Any]) -> Shares:
    if test and test["oil"] + test["water"] > 0.0:
        gor = test["gas"] / test["oil"] if test["oil"] else float("nan")
        return Shares(test["oil"] / (test["oil"] + test["water"]), gor, f"test of {iso(test['start'])}")
    known = {**engineering, **engineering.get("fluid", {})}
    if condensate := known.get("condensate_gas"):  # of a gas well the liquid is condensate and water
        return Shares(condensate / (condensate + known.get("water_gas", 0.0)), 1.0 / condensate, "field file")
    if "water_cut" in known and "gor" in known:
        return Shares(1.0 - known["water_cut"], known["gor"], "field file")
    return Shares(float("nan"), float("nan"), "unknown")


def _rows(table: pa.Table, asset: str, kind: str, shares: Shares, units: Wanted) -> list[dict[str, Any]]:
    times, columns = _by_time(table, asset)
    found = _divided(columns, kind, shares)
    named = [(key, UNITS[unit].from_si(found[of_])) for of_, (key, unit) in zip(QUANTITIES, KEYS[units], strict=True)]
    lists = [[None if v != v else round(v, 6) for v in column.tolist()] for _, column in named]
    return [
        {"time": iso(time), **dict(zip((key for key, _ in named), cells, strict=True))}
        for time, *cells in zip(times.tolist(), *lists, strict=True)
    ]


def _by_time(table: pa.Table, asset: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Each signal's averages side by side; NaN where one has none."""
    table = table.unify_dictionaries().combine_chunks()
    tag, time, average = whole(table["tag"]), to_numpy(whole(table["time"])), to_numpy(whole(table["average"]))
    times, row = np.unique(time, return_inverse=True)
    columns = {signal: np.full(len(times), np.nan) for signal in SIGNALS}
    index = to_numpy(tag.indices)
    for i, name in enumerate(tag.dictionary.to_pylist()):
        columns[name.removeprefix(f"{asset}.")][row[index == i]] = average[index == i]
    return times, columns


def _divided(columns: dict[str, np.ndarray], kind: str, shares: Shares) -> dict[str, np.ndarray]:
    """Oil, gas, water: of an injector what it takes, of a producer what its liquid is taken to be."""
    flow, none = columns["Flow"], np.full(len(columns["Flow"]), np.nan)
    if kind == "INJ_WATER":
        rates = {"oil": none, "gas": none, "water": flow, "gor": none}
    elif kind == "INJ_GAS":
        rates = {"oil": none, "gas": flow, "water": none, "gor": none}
    else:
        oil = flow * shares.oil
        gas = np.where(np.isnan(columns["GasFlow"]), oil * shares.gor, columns["GasFlow"])
        gor = np.divide(gas, oil, out=none.copy(), where=oil > 0.0)
        rates = {"oil": oil, "gas": gas, "water": flow - oil, "gor": gor}
    return rates | {"pressure": columns["WellheadPressure"]}
