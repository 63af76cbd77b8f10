"""The ledger as its users hold it: opened once a process, asked for one tenant's books at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, select, text

from historian.ledger import audit, opening
from historian.ledger.audit import Actor
from historian.ledger.books import Books
from historian.ledger.engine import DIRECTORY, engine_at, is_sqlite, transaction, url_in
from historian.ledger.error import NoTenant
from historian.ledger.table import TENANTS
from plant.asset.place import RULE, WORD
from plant.error import OutOfRange, ServiceError

PLACE = "GEMELO_LEDGER"  # of the environment: URL of a ledger that is not in the data folder


class Ledger:
    """Records of many tenants, of which each transaction sees one's."""

    def __init__(self, engine: Engine):
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> Ledger:
        """The ledger there, made where there is none, and brought up to date where it is of an earlier version.

        Raises :class:`ServiceError` for one of a later version, and where the database does not answer.
        """
        engine = engine_at(url)
        opening.make_ready(engine)
        return cls(engine)

    @classmethod
    def beside(cls, data: Path) -> Ledger:
        """The ledger of a data folder: in it, or where ``GEMELO_LEDGER`` says. Raises :class:`ServiceError`."""
        if url := os.environ.get(PLACE):
            return cls.open(url)
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServiceError(
                f"data folder {data} cannot be used: {error.strerror}; {PLACE} may name another"
            ) from None
        return cls.open(url_in(data.resolve()))

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    @contextmanager
    def reading(self, tenant: str) -> Iterator[Books]:
        """The tenant's books, to read. Raises :class:`NoTenant`."""
        with transaction(self.engine, _named(tenant)) as connection:
            yield Books(connection, tenant)

    @contextmanager
    def writing(self, tenant: str, actor: Actor) -> Iterator[Books]:
        """The tenant's books, to write: all that is done within is done together, or none of it."""
        with transaction(self.engine, _named(tenant), is_writing=True) as connection:
            yield Books(connection, tenant, actor)

    def tenants(self) -> list[dict[str, Any]]:
        """The directory: code and name of every tenant, nothing of theirs."""
        with transaction(self.engine, DIRECTORY) as connection:
            return [dict(row) for row in connection.execute(select(TENANTS).order_by(TENANTS.c.code)).mappings()]

    def add_tenant(self, code: str, name: str = "") -> None:
        """Let a tenant in; nothing where it is there. Raises :class:`OutOfRange` for a code that can be none."""
        if not WORD.fullmatch(code) or len(code) > 64:
            raise OutOfRange("tenant", code, RULE)
        with transaction(self.engine, code, is_writing=True) as connection:
            if connection.execute(select(TENANTS.c.code).where(TENANTS.c.code == code)).first() is None:
                row = {"code": code, "name": name or code, "created": time.time_ns()}
                connection.execute(insert(TENANTS), row)

    def verify_audit(self, tenant: str) -> tuple[int, list[str]]:
        """How many entries the tenant's chain has, and what is wrong with it."""
        with transaction(self.engine, _named(tenant)) as connection:
            return audit.verify(connection, tenant)

    def ping(self) -> bool:
        """Whether the database answers."""
        with transaction(self.engine, DIRECTORY) as connection:
            return connection.execute(text("select 1")).scalar_one() == 1

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return "sqlite" if is_sqlite(self.engine) else "postgresql"


def _named(tenant: str) -> str:
    if not tenant or tenant == DIRECTORY:
        raise NoTenant()
    return tenant
