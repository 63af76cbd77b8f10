"""Engines: how the ledger reaches its database, and that every transaction says for which tenant it is.

In PostgreSQL the tenant and a role that no policy lets by are set for the transaction alone, in the ``begin`` event, so
that nothing of them is left on a connection that goes back to the pool. SQLite has no policies: there the event only
refuses whoever does not name a tenant, and :mod:`historian.ledger.books` restricts each statement.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from historian.ledger.error import NoTenant
from historian.ledger.table import SCHEMAS
from plant.error import OutOfRange, ServiceError

ROLE = "gemelo_records"  # of PostgreSQL, in which every query of a tenant is made
DIRECTORY = "*"  # the "tenant" of whoever asks for the directory of tenants alone: no tenant can be called so
PATIENCE = 30.0  # s that a writer of SQLite waits for another
_SET = f"select set_config('app.tenant', %s, true), set_config('role', '{ROLE}', true)"


def engine_at(url: str) -> Engine:
    """The engine for a URL; one without driver gets ours. Raises :class:`OutOfRange` for one that is none."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise OutOfRange("ledger", url, "must be a URL: sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise OutOfRange("ledger", parsed.render_as_string(), "must be a URL of sqlite or postgresql")
    dumps = {"json_serializer": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))}
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed, pool_size=4, pool_pre_ping=True, **dumps)
        event.listen(engine, "begin", _begin_in_postgres)
        return engine
    _keep_private(parsed.database)
    engine = create_engine(parsed, connect_args={"timeout": PATIENCE, "check_same_thread": False}, **dumps)
    event.listen(engine, "connect", _connect_to_sqlite)
    event.listen(engine, "begin", _begin_in_sqlite)
    return engine.execution_options(schema_translate_map=dict.fromkeys(SCHEMAS))  # SQLite has no schemas


def _keep_private(file: str | None) -> None:
    """Make a file that is not there yet so that its owner alone can read it: hashes of passwords stand in it."""
    if file and file != ":memory:" and Path(file).parent.is_dir() and not Path(file).exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def url_in(folder: Path) -> str:
    """The ledger of a data folder, where no other is asked for."""
    return f"sqlite:///{folder / 'ledger.sqlite'}"


def is_sqlite(engine: Engine | Connection) -> bool:
    """Which of the two it is."""
    return engine.dialect.name == "sqlite"


@contextmanager
def transaction(engine: Engine, tenant: str, is_writing: bool = False) -> Iterator[Connection]:
    """A transaction for one tenant. Raises :class:`ServiceError` where the database does not answer."""
    try:
        connected = engine.connect().execution_options(tenant=tenant, is_writing=is_writing)
        with connected as connection, connection.begin():
            yield connection
    except (OperationalError, ProgrammingError) as error:
        raise ServiceError(f"the ledger does not answer: {str(error.orig).strip()}") from error


def _connect_to_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin_in_sqlite does
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on"):
        connection.execute(f"pragma {pragma}")


def _begin_in_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    _tenant(options)
    connection.exec_driver_sql("begin immediate" if options.get("is_writing") else "begin")


def _begin_in_postgres(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("is_making"):  # of the tables themselves, which the owner does
        connection.exec_driver_sql(_SET, (_tenant(options),))


def _tenant(options: Any) -> str:
    if not options.get("tenant"):
        raise NoTenant()
    return str(options["tenant"])
