"""Files of records: a report row by row, and unless part is wanted all or nothing, in each kind of database."""

import io

import pytest
from openpyxl import Workbook

from historian.ledger.ledger import Ledger
from tests.ui.api.record.running import Records
from ui.api.record.sheet import CSV, XLSX

pytestmark = pytest.mark.anyio
HEAD = "field,code,name,well_type,lift,status,latitude,longitude,x_ft,y_ft"
RIGHT = "north,N-{},Well {},PROD_OIL,ESP,ACTIVE,37.5,118.5,100,200"


@pytest.fixture
def both(url: str) -> Records:
    """The API of records, over each kind of database."""
    ledger = Ledger.open(url)
    ledger.add_tenant("demo")
    return Records(ledger)


def csv_of(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


async def send(records: Records, content: bytes, status: int = 200, kind: str = CSV, **query: object) -> dict:
    headers = {"Content-Type": kind}
    reply = await records.ask("POST", "/wells/import", status, content=content, headers=headers, params=query)
    return reply.json()


async def test_a_file_of_wells_is_taken_in_with_its_codes_and_units(both: Records) -> None:
    await both.field()
    report = await send(both, csv_of(*(RIGHT.format(i, i) for i in range(1500))))
    assert (report["rows"], report["created"], report["refused"], report["is_written"]) == (1500, 1500, 0, True)
    assert (both.count("well"), both.count("well_status")) == (1500, 1500)
    assert (await both.get("/wells/N-7"))["x_m"] == pytest.approx(30.48)
    assert both.ledger.verify_audit("demo") == (3001, [])


async def test_what_is_wrong_is_told_row_by_row_and_nothing_is_written(both: Records) -> None:
    await both.field()
    await both.well((await both.get("/fields"))["fields"][0]["id"], "N-5")
    rows = [RIGHT.format(1, 1), RIGHT.format(1, 1), RIGHT.format(5, 5), RIGHT.format(2, 2).replace("37.5", "97.5"),
            RIGHT.format(3, 3).replace("north", "nowhere"), RIGHT.format(4, 4).replace("ESP", "STEAM"),
            RIGHT.format(6, 6) + ",more"]  # fmt: skip
    report = await send(both, csv_of(*rows), 422)
    told = {(one["row"], one["key"]): one["rule"] for one in report["refusals"]}
    assert told == {
        (3, "code"): "stands in this file before", (4, "code"): "is there already",
        (5, "latitude"): "must be between -90 and 90", (6, "field"): "must be the code of one field",
        (7, "lift"): "must be one of ESP, GAS_LIFT, NATURAL, ROD_PUMP, PCP, INJECTION",
        (8, "column 11"): told.get((8, "column 11"), ""),
    }  # fmt: skip
    assert (report["refused"], report["created"], both.count("well")) == (6, 0, 1)


async def test_part_of_a_file_is_written_where_that_is_asked_for_and_none_in_a_dry_run(both: Records) -> None:
    await both.field()
    content = csv_of(RIGHT.format(1, 1), RIGHT.format(2, 2).replace("37.5", "x"))
    tried = await send(both, content, dry_run=True)
    assert (tried["created"], tried["refused"], tried["is_written"], both.count("well")) == (1, 1, False, 0)
    await send(both, content, partial=True)
    assert both.count("well") == 1


async def test_a_spreadsheet_is_read_as_a_table_is(records: Records) -> None:
    await records.field()
    book = Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(["north", "N-1", 17, "PROD_OIL", "ESP", "ACTIVE", 37.5, 118.5, 100, 200])
    file = io.BytesIO()
    book.save(file)
    assert (await send(records, file.getvalue(), kind=XLSX))["created"] == 1
    assert (await records.get("/wells/N-1"))["name"] == "17"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", CSV), (b"a,a\n1,2", CSV), (b"PK\x03\x04 no", XLSX), (b"x", "application/json"), (b'a,"b\n', CSV)],
)
async def test_what_is_no_file_of_records_is_refused(records: Records, content: bytes, kind: str) -> None:
    await send(records, content, 422, kind)


async def test_a_body_that_is_too_large_is_refused(records: Records) -> None:
    await records.ask("POST", "/wells", 413, content=b" " * 10 * 2**20)
    await send(records, b" " * (33 * 2**20), 413)
