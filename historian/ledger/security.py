"""Row security of PostgreSQL: each tenant's rows are there for a transaction that names that tenant, and for no other.

Queries run in a role that owns nothing and may bypass no policy, whoever has logged in. ``FORCE`` binds the owner too.
The audit can be read and added to, by nobody changed. No policy reaches TRUNCATE, so nobody is granted it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from historian.ledger.engine import ROLE, is_sqlite
from historian.ledger.table import NOUNS, SCHEMAS, TENANTS
from plant.error import ServiceError

_OWN = "tenant = nullif(current_setting('app.tenant', true), '')"
_APPENDED = ("audit_entry",)


def secure(connection: Connection) -> None:
    """Put policies and grants on every table; what stands already is replaced. Nothing in SQLite, which has none.

    Raises :class:`ServiceError` where the role can bypass them.
    """
    if is_sqlite(connection):
        return
    _make_role(connection)
    for schema in SCHEMAS:
        connection.execute(text(f"grant usage on schema {schema} to {ROLE}"))
    quoted = connection.dialect.identifier_preparer
    for table in NOUNS.values():
        name = quoted.format_table(table)
        may = "select, insert" if table.name in _APPENDED else "select, insert, update, delete"
        for statement in (
            f"alter table {name} enable row level security", f"alter table {name} force row level security",
            f"drop policy if exists own on {name}",
            f"create policy own on {name} using ({_OWN}) with check ({_OWN})",
            f"revoke all on {name} from {ROLE}", f"grant {may} on {name} to {ROLE}",
        ):  # fmt: skip
            connection.execute(text(statement))
    connection.execute(text(f"grant select, insert on {quoted.format_table(TENANTS)} to {ROLE}"))


def _make_role(connection: Connection) -> None:
    asked = text("select rolsuper or rolbypassrls from pg_roles where rolname = :name")
    if connection.execute(asked, {"name": ROLE}).first() is None:
        connection.execute(text(f"create role {ROLE} nologin nosuperuser nobypassrls"))
    if connection.execute(asked, {"name": ROLE}).scalar_one():
        raise ServiceError(f"the role {ROLE} can pass by row security: alter role {ROLE} nosuperuser nobypassrls")
    connection.execute(text(f"grant {ROLE} to current_user"))
