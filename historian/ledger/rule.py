"""Rules: what a record may hold. Every value is looked at before any is written, and all that is wrong is told."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, Table

from historian.ledger.column import KEPT, Exact
from plant.error import ConfigError, Mistake

Values = dict[str, Any]
LARGEST = 4_000_000  # characters of a structure


class _Wrong(ValueError):
    """The rule that a value breaks."""


def checked(table: Table, given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Values:
    """The values as they are kept: of a new record all, of a change (``before``) those given.

    Raises one :class:`ConfigError` with every rule that one breaks.
    """
    own = {column.name: column for column in table.columns if column.name not in KEPT}
    mistakes = [
        Mistake(table.name, key, value, f"is no key of it; there are {', '.join(own)}")
        for key, value in given.items()
        if key not in own
    ]
    values: Values = {}
    for name, column in own.items():
        if before is None or name in given:
            try:
                values[name] = _value(column, given.get(name, column.info.get("default")))
            except _Wrong as wrong:
                mistakes.append(Mistake(table.name, name, _shown(column, given.get(name)), str(wrong)))
    if not mistakes:
        whole = {**(before or {}), **values}
        mistakes = [
            Mistake(table.name, key, whole.get(key), rule)
            for key, rule, is_kept in BETWEEN.get(table.name, ())
            if not is_kept(whole)
        ]
    if mistakes:
        raise ConfigError(mistakes)
    return values


def folded(name: str) -> str:
    """A name as look-alikes of it are told apart: composed alike, without case."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _shown(column: Column[Any], value: object) -> object:
    return "…" if column.info.get("secret") else value


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise _Wrong("is missing")
        return None
    kind = next((read for kind, read in _READ.items() if isinstance(column.type, kind)), _text)
    return kind(value, column.info)


def _text(value: Any, info: Mapping[str, Any]) -> str:
    if not isinstance(value, str):
        raise _Wrong("must be a text")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in value):
        raise _Wrong("must have no control characters")
    if "choices" in info and value not in info["choices"]:
        raise _Wrong(f"must be one of {', '.join(info['choices'])}")
    if len(value) > info["longest"]:
        raise _Wrong(f"must have at most {info['longest']} characters")
    if "pattern" in info and not re.fullmatch(info["pattern"], value):
        raise _Wrong(info.get("says") or f"must be as {info['pattern']} says")
    return value


def _number(value: Any, info: Mapping[str, Any]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Wrong("must be a number")
    return float(_bounded(value, info))


def _integer(value: Any, info: Mapping[str, Any]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Wrong("must be a whole number")
    return int(_bounded(value, info))


def _exact(value: Any, info: Mapping[str, Any]) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise _Wrong("must be a decimal number, written as a text")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise _Wrong("must be a decimal number") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -6:
        raise _Wrong("must be a decimal number of at most six places")
    return _bounded(number, {key: Decimal(info[key]) for key in ("low", "high")})


def _bounded(value: Any, info: Mapping[str, Any]) -> Any:
    if not info["low"] <= value <= info["high"]:
        raise _Wrong(f"must be between {info['low']:g} and {info['high']:g}")
    return value


def _flag(value: Any, _: Mapping[str, Any]) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("must be true or false")
    return value


def _day(value: Any, _: Mapping[str, Any]) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong("must be a day, as 2026-01-31") from None


def _structure(value: Any, _: Mapping[str, Any]) -> Any:
    import json

    try:
        if len(json.dumps(value, allow_nan=False)) <= LARGEST:
            return value
    except (TypeError, ValueError, RecursionError):
        raise _Wrong("must be what JSON can hold") from None
    raise _Wrong(f"must be at most {LARGEST} characters of JSON")


_READ: dict[type, Callable[[Any, Mapping[str, Any]], Any]] = {
    Exact: _exact, Boolean: _flag, Float: _number, Integer: _integer, Date: _day, JSON: _structure,
}  # fmt: skip


def _in_order(first: str, last: str, can_be_equal: bool = False) -> tuple[str, str, Callable[[Values], bool]]:
    def is_kept(row: Values) -> bool:
        begin, end = row.get(first), row.get(last)
        return begin is None or end is None or begin < end or (can_be_equal and begin == end)

    return last, f"must be later than {first}", is_kept


def _together(first: str, last: str) -> tuple[str, str, Callable[[Values], bool]]:
    return last, f"must be given with {first}", lambda row: (row.get(first) is None) == (row.get(last) is None)


def _is_of_its_type(row: Values) -> bool:
    return row["well_type"].startswith("INJ") == (row["lift"] == "INJECTION")


_ON_THE_MAP = (_together("x", "y"), _together("latitude", "longitude"))
# Rules between the values of one record: key, rule, whether it is kept.
BETWEEN: dict[str, tuple[tuple[str, str, Callable[[Values], bool]], ...]] = {
    "field": (_together("latitude", "longitude"),), "wellpad": _ON_THE_MAP, "facility": _ON_THE_MAP,
    "well": (*_ON_THE_MAP, ("lift", "must be INJECTION for an injector and for no other", _is_of_its_type)),
    "well_test": (_in_order("start", "end"),), "downtime": (_in_order("start", "end"),),
    "target": (_in_order("start", "end", True),), "tariff": (_in_order("start", "end", True),),
    "contract": (_in_order("start", "end", True),), "statement": (_in_order("start", "end", True),),
    "run": (_in_order("start", "end", True),),
}  # fmt: skip
