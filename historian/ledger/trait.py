"""Traits: what whoever shows or takes records has to know of their columns, without knowing of any database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Integer

from historian.ledger.column import Exact
from historian.ledger.table import NOUNS

Kind = Literal["text", "number", "integer", "flag", "day", "moment", "exact", "structure"]
PYTHON: dict[Kind, type] = {
    "text": str, "number": float, "integer": int, "flag": bool, "day": date, "moment": int, "exact": str,
    "structure": object,
}  # fmt: skip


@dataclass(frozen=True)
class Trait:
    """One column of a noun: its kind, whether it may be empty, and its rules."""

    name: str
    kind: Kind
    is_optional: bool
    unit: str = ""  # in which people see it; "" of what has none
    choices: tuple[str, ...] = ()
    default: Any = None
    rule: Mapping[str, Any] = field(default_factory=dict)


@cache
def traits(noun: str) -> dict[str, Trait]:
    """Of every column but the tenant, which nobody chooses, by name."""
    return {column.name: _trait(column) for column in NOUNS[noun].columns if column.name != "tenant"}


def _trait(column: Column[Any]) -> Trait:
    info = column.info
    choices = tuple(info.get("choices", ()))
    return Trait(
        column.name, _kind(column), bool(column.nullable), info.get("unit", ""), choices, info.get("default"), info
    )


def _kind(column: Column[Any]) -> Kind:
    return next((kind for of, kind in _KINDS if isinstance(column.type, of)), "text")


_KINDS: tuple[tuple[type, Kind], ...] = (
    (Exact, "exact"), (Boolean, "flag"), (BigInteger, "moment"), (Float, "number"), (Integer, "integer"),
    (Date, "day"), (JSON, "structure"),
)  # fmt: skip
