"""One contract for the ledger in SQLite and in PostgreSQL."""

import pytest
from sqlalchemy import text

from historian.ledger.audit import Actor
from historian.ledger.books import Books
from historian.ledger.engine import ROLE, transaction
from historian.ledger.error import Duplicate, NoTenant, Outdated
from historian.ledger.ledger import Ledger
from historian.ledger.table import NOUNS
from plant.error import ConfigError, OutOfRange, Unknown

ANA = Actor("ana", "127.0.0.1", "as the test asks")


def a_field(books: Books) -> str:
    return str(books.add("field", {"code": "north", "name": "North"})["id"])


def a_well(field: str, code: str = "N-1", **others: object) -> dict[str, object]:
    kind = {"well_type": "PROD_OIL", "lift": "ESP", "status": "ACTIVE"}
    return {"field_id": field, "code": code, "name": f"Well {code}", **kind, **others}


def test_what_was_written_is_there_for_its_tenant_and_for_no_other(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        well = books.add("well", a_well(a_field(books)))
    with ledger.reading("demo") as books:
        assert books.get("well", well["id"]) == well
    with ledger.reading("other") as books:
        assert [books.count(noun) for noun in NOUNS] == [0] * len(NOUNS)
        with pytest.raises(Unknown):
            books.get("well", well["id"])


@pytest.mark.parametrize("tenant", ["", "*"])
def test_nobody_is_answered_who_does_not_say_for_which_tenant_he_asks(ledger: Ledger, tenant: str) -> None:
    with pytest.raises(NoTenant), ledger.reading(tenant):
        pass
    with pytest.raises(NoTenant), transaction(ledger.engine, ""):
        pass


def test_a_record_cannot_refer_to_another_tenants(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        field = a_field(books)
    with pytest.raises(ConfigError, match="must be the id of a field"), ledger.writing("other", ANA) as books:
        books.add("well", a_well(field))


def test_a_record_cannot_be_moved_to_another_tenant(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        well = books.add("well", a_well(a_field(books)))
        with pytest.raises(ConfigError, match="tenant = 'other': is no key of it"):
            books.change("well", well["id"], {"tenant": "other"})


def test_a_code_stands_once_in_a_field_and_again_in_another_tenants(ledger: Ledger) -> None:
    for tenant in ("demo", "other"):
        with ledger.writing(tenant, ANA) as books:
            books.add("well", a_well(a_field(books)))
    with pytest.raises(Duplicate, match="is there already"), ledger.writing("demo", ANA) as books:
        books.add("well", a_well(books.find("field")[0]["id"]))


def test_of_several_changes_all_are_made_or_none(ledger: Ledger) -> None:
    def write() -> None:
        with ledger.writing("demo", ANA) as books:
            field = a_field(books)
            books.add_many("well", [a_well(field), a_well(field, "N-2", latitude=91.0, longitude=0.0)])

    with pytest.raises(ConfigError, match=r"latitude = 91\.0: must be between -90 and 90"):
        write()
    with ledger.reading("demo") as books:
        assert books.count("well") == books.count("field") == books.count("audit_entry") == 0


def test_a_change_of_what_somebody_else_has_changed_is_refused(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        well = books.add("well", a_well(a_field(books)))
        assert books.change("well", well["id"], {"name": "Norte 1"}, version=1)["version"] == 2
        with pytest.raises(Outdated, match="of version 2 by now, not 1"):
            books.change("well", well["id"], {"name": "Nord 1"}, version=1)
        assert books.change("well", well["id"], {"name": "Norte 1"}, version=2)["version"] == 2  # nothing is new in it


def test_what_others_refer_to_is_not_taken_away(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        books.add("well", a_well(field := a_field(books)))
    with pytest.raises(OutOfRange, match="while other records refer to it"), ledger.writing("demo", ANA) as books:
        books.remove("field", field)


@pytest.mark.parametrize("order", ["code", "-code", "name"])
def test_pages_hold_every_record_once_in_their_order(ledger: Ledger, order: str) -> None:
    key = order.lstrip("-")
    with ledger.writing("demo", ANA) as books:
        field = a_field(books)
        books.add_many("well", [a_well(field, f"N-{i}", name=f"{i % 3}") for i in range(10)])
        pages, after = [], None
        while page := books.find("well", order=order, limit=3, after=after):
            pages += page
            after = (page[-1][key], page[-1]["id"])
    values = [row[key] for row in pages]
    assert sorted(values, reverse=order != key) == values
    assert len({row["id"] for row in pages}) == 10


def test_every_change_is_in_the_audit_with_who_whence_before_after_and_why(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        well = books.add("well", a_well(a_field(books)))
        books.change("well", well["id"], {"status": "SHUT_IN"})
        entry = books.find("audit_entry", order="-number", limit=1)[0]
    said = {key: entry[key] for key in ("by", "whence", "reason", "action", "noun", "before", "after")}
    assert said == {
        "by": "ana", "whence": "127.0.0.1", "reason": "as the test asks", "action": "change", "noun": "well",
        "before": {"status": "ACTIVE"}, "after": {"status": "SHUT_IN"},
    }  # fmt: skip
    assert ledger.verify_audit("demo") == (3, [])


def test_the_audit_keeps_no_secret(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        person = {"login": "eva", "folded": "eva", "name": "Eva", "language": "es", "password": "$argon2id$hash"}
        books.add("user", person)
        entry = books.find("audit_entry")[0]
    assert entry["after"]["password"] == "…"


@pytest.mark.parametrize(
    ("tampering", "wrong"),
    [
        ("update {} set reason = 'none' where number = 2", "entry 2 was changed after it was written"),
        ("delete from {} where number = 2", "entry 2 is missing"),
    ],
)
def test_an_audit_entry_that_was_tampered_with_is_found(ledger: Ledger, tampering: str, wrong: str) -> None:
    with ledger.writing("demo", ANA) as books:
        field = a_field(books)
        books.add_many("well", [a_well(field, f"N-{i}") for i in range(3)])
    table = "audit_entry" if ledger.kind == "sqlite" else "pf.audit_entry"
    with (
        ledger.engine.connect().execution_options(is_making=True, tenant="demo", is_writing=True) as owner,
        owner.begin(),
    ):
        owner.execute(text(tampering.format(table)))
    _, found = ledger.verify_audit("demo")
    assert wrong in found


def test_no_tenant_reaches_anothers_rows_in_postgresql_even_by_statements_of_its_own(ledger: Ledger) -> None:
    if ledger.kind == "sqlite":
        pytest.skip("SQLite has no policies: there the books restrict each statement")
    with ledger.writing("demo", ANA) as books:
        a_field(books)
    with transaction(ledger.engine, "other", is_writing=True) as connection:
        assert connection.execute(text("select current_user")).scalar_one() == ROLE
        assert connection.execute(text("select count(*) from pf.field")).scalar_one() == 0
        assert connection.execute(text("update pf.field set name = 'mine'")).rowcount == 0
        assert connection.execute(text("delete from pf.field")).rowcount == 0
    with ledger.engine.connect().execution_options(is_making=True) as owner:  # no tenant was ever named: fails closed
        owner.execute(text(f"set role {ROLE}"))
        assert owner.execute(text("select count(*) from pf.field")).scalar_one() == 0
    with transaction(ledger.engine, "demo") as connection:  # and nothing is left on a connection of the pool
        assert connection.execute(text("select count(*) from pf.field")).scalar_one() == 1


def test_every_table_of_records_has_row_security_by_force(ledger: Ledger) -> None:
    if ledger.kind == "sqlite":
        pytest.skip("SQLite has no policies")
    asked = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace where nspname in ('pf', 'po')"
    with transaction(ledger.engine, "demo") as connection:
        forced = f"{asked} and relkind = 'r' and relrowsecurity and relforcerowsecurity"
        assert set(connection.execute(text(forced)).scalars()) == set(NOUNS)
