"""Every version that there was comes to the one of today with its records, and is then as one that was made today."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from historian.ledger.audit import Actor
from historian.ledger.engine import ROLE
from historian.ledger.ledger import Ledger
from historian.ledger.opening import MAKING, REVISIONS
from historian.ledger.table import SCHEMAS

COPIES = Path(__file__).with_name("version")
COUNTS = {
    "field": 1,
    "wellpad": 1,
    "well": 1,
    "well_status": 1,
    "well_test": 1,
    "downtime": 1,
    "user": 1,
    "membership": 1,
}


def restore(url: str, version: str) -> None:
    """A database as that version left it: two tenants, each with a well and children of it."""
    kind = url.partition(":")[0]
    said = (COPIES / f"{version}.{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript(said)
        connection.close()
        return
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        if connection.execute(text("select 1 from pg_roles where rolname = :role"), {"role": ROLE}).first() is None:
            connection.execute(text(f"create role {ROLE} nologin"))
        connection.exec_driver_sql(said.replace("%", "%%"))
    engine.dispose()


@pytest.mark.parametrize("version", REVISIONS[:-1])
def test_an_earlier_version_is_brought_up_to_date_and_loses_nothing(url: str, version: str) -> None:
    restore(url, version)
    ledger = Ledger.open(url)
    for tenant in ("demo", "other"):
        with ledger.writing(tenant, Actor("ana")) as books:
            assert {noun: books.count(noun) for noun in COUNTS} == COUNTS
            well = books.find("well")[0]
            assert books.find("well_test")[0]["well_id"] == well["id"]
            assert books.change("well", well["id"], {"uwi": "AB-1"})["uwi"] == "AB-1"
        assert ledger.verify_audit(tenant)[1] == []
    ledger.close()


@pytest.mark.parametrize("version", REVISIONS[:-1])
def test_a_ledger_that_was_brought_up_to_date_is_as_one_that_was_made_today(url: str, version: str) -> None:
    restore(url, version)
    migrated = structure(url)
    wipe(url)
    assert structure(url) == migrated


def structure(url: str) -> dict[str, dict[str, list[str]]]:
    """Every table with its columns, keys, references and rules, as the database has them."""
    ledger = Ledger.open(url)
    found = {}
    with ledger.engine.connect().execution_options(**MAKING) as connection, connection.begin():
        asked = inspect(connection)
        for schema in (None,) if ledger.kind == "sqlite" else SCHEMAS:
            for table in asked.get_table_names(schema):
                found[table] = {
                    "columns": [f"{c['name']} {c['type']} {c['nullable']}" for c in asked.get_columns(table, schema)],
                    "unique": [f"{u['name']} {u['column_names']}" for u in asked.get_unique_constraints(table, schema)],
                    "checks": [f"{c['name']}" for c in asked.get_check_constraints(table, schema)],
                    "indexes": [f"{i['name']} {i['column_names']}" for i in asked.get_indexes(table, schema)],
                    "references": [
                        f"{f['name']} {f['constrained_columns']} {f['referred_table']} {f['referred_columns']}"
                        for f in asked.get_foreign_keys(table, schema)
                    ],
                }  # fmt: skip
    ledger.close()
    return {table: {kind: sorted(rows) for kind, rows in of.items()} for table, of in found.items()}


def wipe(url: str) -> None:
    """As if there had never been one."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).unlink()
        return
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("drop schema pf cascade; drop schema po cascade; drop table public.ledger_version")
    engine.dispose()
