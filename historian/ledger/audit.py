"""Audit: each tenant's chain of entries. Each holds the hash of the one before, so that none can be changed or taken
away without all that follow telling of it; the last can be cut off only by whoever also knows where it ended.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Table, func, insert, select

from historian.ledger.table.people import AUDIT_ENTRY

SAID = ("number", "time", "by", "whence", "action", "noun", "subject", "before", "after", "reason", "previous")
GENESIS = "0" * 64
PAGE = 5_000


@dataclass(frozen=True)
class Actor:
    """Who does something, from where, and why."""

    by: str
    whence: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Change:
    """What was done to which record."""

    action: str
    noun: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


class Chain:
    """The chain of one tenant, within one transaction that writes."""

    def __init__(self, connection: Connection, tenant: str):
        self._connection, self._tenant = connection, tenant
        self._last: tuple[int, str] | None = None

    def append(self, actor: Actor, changes: list[Change]) -> None:
        """Add an entry for each change."""
        number, previous = self._last or self._end()
        rows, now = [], time.time_ns()
        for change in changes:
            number += 1
            row = {
                "number": number, "time": now, "by": actor.by, "whence": actor.whence, "action": change.action,
                "noun": change.noun, "subject": change.subject, "before": plain(change.before),
                "after": plain(change.after), "reason": actor.reason, "previous": previous,
            }  # fmt: skip
            previous = digest(self._tenant, row)
            kept = {"id": uuid4().hex, "tenant": self._tenant, "version": 1, "created": now, "changed": now}
            rows.append(row | kept | {"hash": previous})
        if rows:
            self._connection.execute(insert(AUDIT_ENTRY), rows)
        self._last = number, previous

    def _end(self) -> tuple[int, str]:
        """The last link, which nobody else adds to until this transaction ends."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"audit {self._tenant}"))))
        entry = AUDIT_ENTRY.c
        newest = select(entry.number, entry.hash).where(entry.tenant == self._tenant).order_by(entry.number.desc())
        row = self._connection.execute(newest.limit(1)).first()
        return (row.number, row.hash) if row else (0, GENESIS)


def verify(connection: Connection, tenant: str) -> tuple[int, list[str]]:
    """How many entries the chain has, and what is wrong with it, as sentences."""
    wrong, number, previous = [], 0, GENESIS
    for row in _entries(connection, tenant):
        if row["number"] != number + 1:
            wrong.append(f"entry {number + 1} is missing")
        if row["previous"] != previous:
            wrong.append(f"entry {row['number']} does not follow the one before it")
        if digest(tenant, row) != row["hash"]:
            wrong.append(f"entry {row['number']} was changed after it was written")
        number, previous = row["number"], row["hash"]
    return number, wrong


def _entries(connection: Connection, tenant: str) -> Iterator[RowMapping]:
    entry, after = AUDIT_ENTRY.c, 0
    while True:
        page = select(AUDIT_ENTRY).where(entry.tenant == tenant, entry.number > after).order_by(entry.number)
        rows = connection.execute(page.limit(PAGE)).mappings().all()
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1]["number"]


def digest(tenant: str, row: Mapping[str, Any] | RowMapping) -> str:
    """The hash of an entry: over all that it says."""
    said = [tenant, *(row[key] for key in SAID)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def shown(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A record as the audit keeps it: without its secrets."""
    return {key: "…" if table.c[key].info.get("secret") and value else value for key, value in row.items()}


def plain(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values as JSON keeps them, the same when they are read back."""
    return None if row is None else {key: _plain(value) for key, value in row.items() if key != "tenant"}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value
