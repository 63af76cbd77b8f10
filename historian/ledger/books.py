"""The books of one tenant, open for one transaction: the one way to its records.

Each statement is restricted to the tenant, and each change checked (:mod:`historian.ledger.rule`) and audited in the
same transaction. Where anything is refused, nothing of it is written.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, Table, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from historian.ledger.audit import Actor, Chain, Change, shown
from historian.ledger.column import KEPT
from historian.ledger.error import Duplicate, Outdated
from historian.ledger.rule import checked
from historian.ledger.table import NOUNS
from plant.error import ConfigError, Mistake, OutOfRange, Unknown

Row = dict[str, Any]
Where = Sequence[tuple[str, str, Any]]  # column, operator, value
_OPERATORS = {
    "=": lambda c, v: c == v, "<": lambda c, v: c < v, "<=": lambda c, v: c <= v, ">": lambda c, v: c > v,
    ">=": lambda c, v: c >= v, "in": lambda c, v: c.in_(v), "!=": lambda c, v: c != v,
}  # fmt: skip


class Books:
    """Records by noun and id, as plain dictionaries."""

    def __init__(self, connection: Connection, tenant: str, actor: Actor | None = None):
        self.tenant, self._connection, self._actor = tenant, connection, actor
        self._chain = Chain(connection, tenant)

    # ------------------------------------------------------------------------------------------------ reading
    def get(self, noun: str, id: str) -> Row:  # noqa: A002
        """The record of that id. Raises :class:`Unknown`, of another tenant's as of none."""
        found = self.one(noun, id=id)
        if found is None:
            raise Unknown(noun, id)
        return found

    def one(self, noun: str, **equal: Any) -> Row | None:
        """The one record with those values; None where there is none."""
        found = self.find(noun, limit=1, **equal)
        return found[0] if found else None

    def find(
        self, noun: str, where: Where = (), order: str = "id", limit: int = 1000, skip: int = 0,
        after: tuple[Any, str] | None = None, **equal: Any,
    ) -> list[Row]:  # fmt: skip
        """Records in an order (``-key`` downwards, then by id), from behind ``after``: its key's value and its id."""
        table = NOUNS[noun]
        key, is_down = table.c[order.lstrip("-")], order.startswith("-")
        asked = self._rows(table, where, equal)
        if after is not None:
            value, id_ = after
            beyond, tie = (key < value, table.c.id < id_) if is_down else (key > value, table.c.id > id_)
            asked = asked.where(or_(beyond, and_(key == value, tie)))
        by = (key.desc(), table.c.id.desc()) if is_down else (key, table.c.id)
        rows = self._connection.execute(asked.order_by(*by).limit(limit).offset(skip or None))
        return [dict(row) for row in rows.mappings()]

    def count(self, noun: str, where: Where = (), **equal: Any) -> int:
        """How many there are."""
        asked = self._rows(NOUNS[noun], where, equal).with_only_columns(func.count())
        return int(self._connection.execute(asked).scalar_one())

    def _rows(self, table: Table, where: Where, equal: Mapping[str, Any]) -> Select[Any]:
        asked = select(table).where(table.c.tenant == self.tenant)
        for name, operator, value in (*where, *((name, "=", value) for name, value in equal.items())):
            asked = asked.where(_OPERATORS[operator](table.c[name], value))
        return asked

    # ------------------------------------------------------------------------------------------------ writing
    def add(self, noun: str, values: Mapping[str, Any]) -> Row:
        """A new record. Raises :class:`ConfigError` for values that break rules, :class:`Duplicate`."""
        return self.add_many(noun, [values])[0]

    def add_many(self, noun: str, given: Iterable[Mapping[str, Any]]) -> list[Row]:
        """New records, all or none."""
        table, now = NOUNS[noun], time.time_ns()
        rows = [self._kept(checked(table, values), now) for values in given]
        self._refer(table, rows)
        self._write(table, insert(table), rows)
        self._note([Change("create", noun, row["id"], None, shown(table, row)) for row in rows])
        return rows

    def change(self, noun: str, id: str, values: Mapping[str, Any], version: int | None = None) -> Row:  # noqa: A002
        """A record with some values changed, if it still is of that ``version``. Raises as :meth:`add`, and
        :class:`Outdated`.
        """
        table, before = NOUNS[noun], self.get(noun, id)
        values = checked(table, values, before)
        if version is not None and version != before["version"]:
            raise Outdated(f"{noun} {id} is of version {before['version']} by now, not {version}: read it again")
        values = {key: value for key, value in values.items() if value != before[key]}
        if not values:
            return before
        after = before | values | {"version": before["version"] + 1, "changed": time.time_ns()}
        self._refer(table, [after])
        same = and_(table.c.tenant == self.tenant, table.c.id == id, table.c.version == before["version"])
        statement = update(table).where(same).values(values | {key: after[key] for key in ("version", "changed")})
        if self._write(table, statement, None) == 0:
            raise Outdated(f"{noun} {id} was changed meanwhile: read it again")
        was = {key: before[key] for key in values}
        self._note([Change("change", noun, id, shown(table, was), shown(table, {key: after[key] for key in values}))])
        return after

    def remove(self, noun: str, id: str, version: int | None = None) -> None:  # noqa: A002
        """Take a record away that nothing refers to. Raises :class:`OutOfRange` where something does."""
        table, before = NOUNS[noun], self.get(noun, id)
        if version is not None and version != before["version"]:
            raise Outdated(f"{noun} {id} is of version {before['version']} by now, not {version}: read it again")
        self._write(table, delete(table).where(table.c.tenant == self.tenant, table.c.id == id), None, id)
        self._note([Change("remove", noun, id, shown(table, before), None)])

    def note(self, action: str, noun: str, subject: str, before: Row | None = None, after: Row | None = None) -> None:
        """Audit what is no change of a record: a login, a refusal, a limit, a setpoint."""
        self._note([Change(action, noun, subject, before, after)])

    def _note(self, changes: list[Change]) -> None:
        self._chain.append(self.actor, changes)

    @property
    def actor(self) -> Actor:
        """Who writes. Raises :class:`OutOfRange` where the books were opened to read."""
        if self._actor is None:
            raise OutOfRange("ledger", "a change", "must be made where it is said who makes it: Ledger.writing")
        return self._actor

    def _kept(self, values: Row, now: int) -> Row:
        return {"id": uuid4().hex, "tenant": self.tenant, "version": 1, "created": now, "changed": now, **values}

    def _refer(self, table: Table, rows: list[Row]) -> None:
        """See that whatever is referred to is there, and this tenant's."""
        for name, target in ((column.name, column.info["to"]) for column in table.columns if "to" in column.info):
            asked = {row[name] for row in rows if row.get(name) is not None}
            known = {row["id"] for some in _parts(asked) for row in self.find(target, [("id", "in", some)])}
            if missing := sorted(asked - known):
                raise ConfigError([Mistake(table.name, name, one, f"must be the id of a {target}") for one in missing])

    def _write(self, table: Table, statement: Any, rows: list[Row] | None, subject: str = "") -> int:
        if rows == [] or not self.actor:
            return 0
        try:
            done = self._connection.execute(statement, rows) if rows else self._connection.execute(statement)
        except IntegrityError as error:
            if subject:
                raise OutOfRange(
                    table.name, subject, "must not be taken away while other records refer to it"
                ) from None
            raise _refused(table, rows, str(error.orig)) from None
        return int(done.rowcount)


def _refused(table: Table, rows: list[Row] | None, said: str) -> Exception:
    """What a database says in its own words, in ours."""
    for columns in unique_of(table.name):
        label = f"uq_{table.name}_{'_'.join(('tenant', *columns))}"
        listed = ", ".join(f"{table.name}.{column}" for column in ("tenant", *columns))
        if label in said or listed in said:
            value = " / ".join(str(rows[0].get(column)) for column in columns) if rows and len(rows) == 1 else "one"
            return Duplicate(f"{table.name}.{columns[-1]}", value, "is there already")
    return OutOfRange(table.name, said.splitlines()[0], "breaks a rule of the database")


def unique_of(noun: str) -> Iterable[tuple[str, ...]]:
    """The columns that name one record of a tenant's, in each way in which they do."""
    for constraint in NOUNS[noun].constraints:
        columns = tuple(column.name for column in getattr(constraint, "columns", ()) if column.name not in KEPT)
        if constraint.__visit_name__ == "unique_constraint" and columns:
            yield columns


def _parts(ids: set[str], size: int = 500) -> Iterable[list[str]]:
    listed = sorted(ids)
    return (listed[i : i + size] for i in range(0, len(listed), size))
