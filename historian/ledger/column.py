"""Columns of the ledger, each with the rule that its values obey: type, bounds, length, pattern or choices.

The rules stand in ``Column.info``, where :mod:`historian.ledger.rule` reads them: one place for the database, the API
and imports. Moments are UTC ns, quantities SI, money exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

Rule = dict[str, Any]
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}  # fmt: skip
METADATA = MetaData(naming_convention=NAMING)
KEPT = ("id", "tenant", "version", "created", "changed")  # by the ledger itself, in every record
WORD: Rule = {
    "pattern": r"[A-Za-z0-9_.-]+", "says": "must be letters without accents, digits, . _ and - only, at least one",
}  # fmt: skip
CODE: Rule = {
    "pattern": r"[^\s./#*>]+", "says": "must be a word without dots, blanks or wildcards: it is part of tags",
}  # fmt: skip


class Exact(TypeDecorator[Any]):
    """A decimal number that stays what was written: NUMERIC, and text in SQLite, which has none."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        """The type of that database."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric(24, 6))

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """To the database."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """From the database."""
        return value if value is None else Decimal(value)


def text(name: str, longest: int = 200, *, optional: bool = False, **rule: Any) -> Column[Any]:
    """A text; ``pattern`` or ``choices`` narrow it, ``secret`` keeps it out of the audit."""
    return Column(name, String(longest), nullable=optional, info={"longest": longest, **rule})


def number(name: str, low: float, high: float, *, optional: bool = False, **rule: Any) -> Column[Any]:
    """A number within bounds."""
    return Column(name, Float, nullable=optional, info={"low": low, "high": high, **rule})


def count(name: str, low: int = 0, high: int = 2**31 - 1, *, optional: bool = False) -> Column[Any]:
    """A whole number within bounds."""
    return Column(name, Integer, nullable=optional, info={"low": low, "high": high})


def moment(name: str, *, optional: bool = False) -> Column[Any]:
    """UTC ns."""
    return Column(name, BigInteger, nullable=optional, info={"low": 0, "high": 2**63 - 1})


def day(name: str, *, optional: bool = False) -> Column[Any]:
    """A day of the calendar."""
    return Column(name, Date, nullable=optional)


def flag(name: str, default: bool = False) -> Column[Any]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, info={"default": default})


def exact(name: str, low: str = "-1e15", high: str = "1e15", *, optional: bool = False) -> Column[Any]:
    """Money and rates of money."""
    return Column(name, Exact, nullable=optional, info={"low": low, "high": high})


def structure(name: str, default: Any = None, *, optional: bool = False, secret: bool = False) -> Column[Any]:
    """What has a form of its own, as JSON."""
    return Column(name, JSON(none_as_null=True), nullable=optional, info={"default": default, "secret": secret})


def noun(schema: str, name: str, *parts: Any, to: Sequence[str] = (), unique: Sequence[Sequence[str]] = ()) -> Table:
    """A table of records of one kind.

    Every record is a tenant's. It refers to another (``to``: noun, or ``?noun`` where it need not) by tenant *and* id,
    so that no reference leads to another tenant, whatever writes it.
    """
    references, keys = [], []
    for one in to:
        target, optional = one.lstrip("?"), one.startswith("?")
        references.append(
            Column(f"{target}_id", String(32), nullable=optional, info={"to": target, "longest": 32}, index=True)
        )
        home = next(table.schema for table in METADATA.tables.values() if table.name == target)
        keys.append(
            ForeignKeyConstraint(["tenant", f"{target}_id"], [f"{home}.{target}.tenant", f"{home}.{target}.id"])
        )
    columns = [part for part in parts if isinstance(part, Column)]
    return Table(
        name, METADATA, Column("id", String(32), primary_key=True),
        Column("tenant", String(64), nullable=False), Column("version", Integer, nullable=False),
        Column("created", BigInteger, nullable=False), Column("changed", BigInteger, nullable=False),
        *references, *parts, *keys, *map(_chosen, filter(lambda c: "choices" in c.info, columns)),
        ForeignKeyConstraint(["tenant"], ["pf.tenant.code"]), UniqueConstraint("tenant", "id"),
        *(UniqueConstraint("tenant", *columns) for columns in unique), schema=schema,
    )  # fmt: skip


def _chosen(column: Column[Any]) -> CheckConstraint:
    return CheckConstraint(column.in_(column.info["choices"]), name=column.name)
