"""Opening a ledger: a new database gets every table at once, an earlier version is migrated, a later one refused.

A migration needs Alembic, which no service is to carry: it runs in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from historian.ledger import security
from historian.ledger.column import METADATA
from historian.ledger.engine import DIRECTORY, is_sqlite
from historian.ledger.table import SCHEMAS
from plant.error import ServiceError

REVISIONS = ("0001", "0002")  # every one that there was, the newest last
VERSION = "ledger_version"  # Alembic's table, in which the database says what it is
_LOCK = 7_112_026  # of PostgreSQL, so that two processes do not make it at once


def make_ready(engine: Engine) -> None:
    """Bring the database to this version. Raises :class:`ServiceError` where it is of a later one."""
    try:
        with engine.connect().execution_options(**MAKING) as connection, connection.begin():
            if not is_sqlite(connection):
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            version = version_of(connection)
            if version is None:
                _make(connection)
                return
    except (OperationalError, ProgrammingError) as error:
        raise ServiceError(f"the ledger cannot be opened: {str(error.orig).strip()}") from error
    if version not in REVISIONS:
        raise ServiceError(
            f"the ledger is of version {version}, made by a later Gemelo; this one knows up to {REVISIONS[-1]}: "
            "start the newer program, or go back to a copy of the ledger from before"
        )
    if version != REVISIONS[-1]:
        _migrate(engine)


MAKING = {"tenant": DIRECTORY, "is_writing": True, "is_making": True}


def version_of(connection: Connection) -> str | None:
    """The revision in which the database is; None where it holds no ledger."""
    if VERSION not in inspect(connection).get_table_names():
        return None
    row = connection.execute(text(f"select version_num from {VERSION}")).first()
    return str(row[0]) if row else None


def _make(connection: Connection) -> None:
    if not is_sqlite(connection):
        for schema in SCHEMAS:
            connection.execute(text(f"create schema if not exists {schema}"))
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(text(f"create table {VERSION} (version_num varchar(32) not null primary key)"))
    connection.execute(text(f"insert into {VERSION} values (:head)"), {"head": REVISIONS[-1]})
    security.secure(connection)


def _migrate(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "historian.ledger.migration"], input=url, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServiceError(
            f"the ledger could not be brought up to date; it is as it was: {done.stderr.strip()[-2000:]}"
        )
