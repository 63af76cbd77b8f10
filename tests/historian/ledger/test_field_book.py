from collections.abc import Callable
from dataclasses import replace

import pytest

from historian.ledger.audit import Actor
from historian.ledger.field_book import differences, export, take
from historian.ledger.field_record import field_of, records_of
from historian.ledger.ledger import Ledger
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.error import Unknown

ANA = Actor("ana")


def with_stages(field: Field, stages: int) -> Field:
    first, *others = field.wells
    return replace(field, wells=(replace(first, pump=replace(first.pump, stages=stages)), *others))


@pytest.mark.parametrize("name", ["shengli12", "island"])
def test_records_of_a_field_give_the_same_field(name: str) -> None:
    field = load_field(name)
    assert field_of(field.tenant, records_of(field)) == field


def test_a_field_file_goes_into_the_ledger_and_comes_out_without_loss(ledger: Ledger) -> None:
    field = load_field("island")
    with ledger.writing("demo", ANA) as books:
        take(books, field)
    with ledger.reading("demo") as books:
        assert export(books, "island") == (field, [])
        assert differences(books, field) == []
        kinds = {(well["well_type"], well["lift"]) for well in books.find("well")}
        begun = {line["well_id"] for line in books.find("well_status")}
        assert begun == {well["id"] for well in books.find("well")}
    assert {("PROD_OIL", "ESP"), ("PROD_OIL", "GAS_LIFT"), ("INJ_WATER", "INJECTION")} <= kinds


def test_a_file_taken_over_twice_changes_nothing_the_second_time(ledger: Ledger) -> None:
    field = load_field("island")
    with ledger.writing("demo", ANA) as books:
        take(books, field)
        entries = books.count("audit_entry")
        assert take(books, field) == []
        assert books.count("audit_entry") == entries


def test_what_differs_is_told_by_record_and_value_and_taken_over_alone(ledger: Ledger) -> None:
    field = load_field("island")
    with ledger.writing("demo", ANA) as books:
        take(books, field)
        well = books.one("well", code=field.wells[0].code)
        assert well is not None
        books.change("well", well["id"], {"name": "Pozo 1", "status": "SHUT_IN"})
        told = [str(one) for one in take(books, with_stages(field, 150))]
        after = books.get("well", well["id"])
    assert told == [f"well {well['code']}: engineering.pump.stages is 200 in the ledger, 150 in the file"]
    assert (after["name"], after["status"]) == ("Pozo 1", "SHUT_IN")  # the ledger's own, which no file says
    assert after["engineering"]["pump"]["stages"] == 150


def test_what_only_the_ledger_knows_stays_there_and_is_told(ledger: Ledger) -> None:
    field = load_field("island")
    with ledger.writing("demo", ANA) as books:
        take(books, field)
        kind = {"well_type": "PROD_OIL", "lift": "PCP", "status": "DRILLING"}
        row = books.find("field")[0]
        books.add("well", {"field_id": row["id"], "code": "NEW-1", "name": "New", **kind})
        assert [str(one) for one in take(books, field)] == ["well NEW-1: only in the ledger"]
        assert export(books, "island") == (field, ["well NEW-1"])


@pytest.mark.parametrize("ask", [lambda books: export(books, "nowhere")])
def test_a_field_that_the_ledger_does_not_have_is_unknown(ledger: Ledger, ask: Callable[..., object]) -> None:
    with ledger.reading("demo") as books, pytest.raises(Unknown):
        ask(books)
