"""How Alembic runs a revision: all in one transaction, and in SQLite with foreign keys off meanwhile.

There a table is altered by being made anew and the old one dropped, at which every child would be deleted with it; what
then refers to nothing is looked for before the end.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from historian.ledger import security
from historian.ledger.column import METADATA
from historian.ledger.engine import engine_at, is_sqlite
from historian.ledger.opening import MAKING, VERSION


def _run(connection: Connection) -> None:
    context.configure(
        connection, target_metadata=METADATA, version_table=VERSION, render_as_batch=is_sqlite(connection),
        transactional_ddl=True,
    )  # fmt: skip
    context.run_migrations()
    security.secure(connection)
    if is_sqlite(connection) and (orphans := connection.execute(text("pragma foreign_key_check")).fetchall()):
        raise RuntimeError(f"records would refer to nothing: {orphans[:5]}")


engine = engine_at(context.config.attributes["url"])
with engine.connect().execution_options(**MAKING) as begun:
    if is_sqlite(begun):  # no effect within a transaction, so before it, past the event that begins one
        begun.connection.driver_connection.execute("pragma foreign_keys=off")  # type: ignore[union-attr]
    with begun.begin():
        _run(begun)
engine.dispose()
