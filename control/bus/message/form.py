"""The form of a message: a frozen dataclass, whose fields are the keys of a JSON object, beside its version.

What comes in is checked against the fields' types, and everything wrong is said at once. A key that is unknown is
left alone, for it may be of a later writer; a later version is refused, for it may mean something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self, cast, get_type_hints

from control.bus.message.check import Check, Wrong, check_of
from plant.error import OutOfRange

SHOWN = 80  # characters of a wrong value that are sent back


@dataclass(frozen=True)
class Message:
    """Anything said on the bus. :meth:`decode` is the inverse of :meth:`encode`."""

    VERSION: ClassVar[int] = 1

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"version": self.VERSION} | {field.name: getattr(self, field.name) for field in fields(self)}

    def encode(self) -> bytes:
        """As it goes over the wire."""
        return json.dumps(self.plain()).encode()

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """The message in ``data``. Raises :class:`OutOfRange` with subject, value and rule of all that is wrong."""
        return cls.of(parsed(data, cls.__name__.lower()))

    @classmethod
    def of(cls, said: Any) -> Self:
        """The message that a JSON value makes. Raises as :meth:`decode` does."""
        noun, kind = cls.__name__.lower(), cast(Any, cls)
        if not isinstance(said, Mapping):
            raise OutOfRange(noun, _short(said), f"must be an object with {', '.join(_required(kind))}")
        version = said.get("version", 1)
        if type(version) is not int or not 1 <= version <= cls.VERSION:
            raise OutOfRange(f"{noun}.version", _short(version), f"is not known here; {cls.VERSION} is")
        read = {key: check(said[key]) for key, check in _checks(kind).items() if key in said}
        wrong = [(key, _short(said[key]), one.rule) for key, one in read.items() if isinstance(one, Wrong)]
        wrong += [(key, "nothing", "is missing") for key in _required(kind) if key not in said]
        if wrong:
            raise _refusal(noun, wrong)
        return cls(**read)


def parsed(data: bytes, subject: str = "request") -> Any:
    """The JSON value in ``data``. Raises :class:`OutOfRange` where there is none."""
    try:
        return json.loads(data or b"null")
    except (ValueError, RecursionError) as error:
        raise OutOfRange(subject, _short(data), f"is no JSON: {error}") from None


def _refusal(noun: str, wrong: Sequence[tuple[str, str, str]]) -> OutOfRange:
    (key, value, rule), *others = wrong
    more = "".join(f"; {noun}.{other} = {shown}: {why}" for other, shown, why in others)
    return OutOfRange(f"{noun}.{key}", value, rule + more)


def _short(value: object) -> str:
    return repr(value)[:SHOWN]


@cache
def _required(kind: type[Message]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)


@cache
def _checks(kind: type[Message]) -> dict[str, Check]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: check_of(hints[field.name]) for field in fields(kind)}
