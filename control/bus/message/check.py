"""What a field of a message may hold, by its type: a table, whose rows turn a JSON value into the field's.

A row answers a value that is none with :class:`Wrong`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, get_args, get_origin


class Wrong(NamedTuple):
    """What is wrong with a value: the rule that it breaks."""

    rule: str


Words = Annotated[str, "a text that is not empty"]
Check = Callable[[Any], Any]


def check_of(hint: Any) -> Check:
    """The check of a type: one of the table, or that or None."""
    if type(None) not in get_args(hint):
        return _CHECKS[hint if hint in _CHECKS else get_origin(hint)]
    (own,) = (option for option in get_args(hint) if option is not type(None))
    check = check_of(own)
    return lambda value: None if value is None else check(value)


def _words(value: Any) -> Any:
    is_some = isinstance(value, str) and value.strip()
    return value.strip() if is_some else Wrong("must be a text that is not empty")


def _number(value: Any) -> Any:
    if not isinstance(value, (bool, int, float)):
        return Wrong("must be a number")
    try:
        return float(value)
    except OverflowError:  # JSON's whole numbers have no end
        return Wrong("must be a number of double precision")


def _only(kind: type, rule: str) -> Check:
    return lambda value: value if type(value) is kind else Wrong(rule)


_CHECKS: dict[Any, Check] = {
    Words: _words,
    str: _only(str, "must be a text"),
    float: _number,
    int: _only(int, "must be a whole number"),
    bool: _only(bool, "must be true or false"),
    dict: _only(dict, "must be an object"),
}
