"""Every noun of the ledger by name, after the user's schemas: ``pf`` is the field, ``po`` its optimization."""

from __future__ import annotations

from sqlalchemy import Table

from historian.ledger.column import METADATA
from historian.ledger.table import asset, decision, money, people, production  # noqa: F401  # each adds its tables

SCHEMAS = ("pf", "po")
TENANTS = people.TENANT
NOUNS: dict[str, Table] = {table.name: table for table in METADATA.sorted_tables if table is not TENANTS}
