"""A request to the historian: what is asked, checked before any of it reaches the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plant.error import OutOfRange

END_OF_TIME = 2**63 - 1  # ns
ROWS = 100_000  # at most, in one reply
TAGS = 10_000  # at most, in one request
LEAST_WIDTH = 1_000_000  # of a bucket [ns]


class Request:
    """The arguments of one query. Each reading raises :class:`OutOfRange`, with the argument's name and rule."""

    def __init__(self, asked: Any):
        if asked is not None and not isinstance(asked, Mapping):
            raise OutOfRange("request", asked, "must be an object of arguments")
        self._asked, self._read = asked or {}, set[str]()

    def names(self, key: str, default: list[str] | None = None) -> list[str]:
        """A list of names; required where there is no default."""
        names = self._get(key, default)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise OutOfRange(key, names, "must be a list of names")
        if len(names) > TAGS:
            raise OutOfRange(key, f"{len(names)} names", f"must be {TAGS} at most")
        return names

    def name(self, key: str, default: str) -> str:
        """One name."""
        name = self._get(key, default)
        if not isinstance(name, str) or not name:
            raise OutOfRange(key, name, "must be a name")
        return name

    def span(self) -> tuple[int, int]:
        """``start_ns`` and ``end_ns``; all of time where not given."""
        start, end = self._integer("start_ns", 0, 0), self._integer("end_ns", END_OF_TIME, 0)
        if start >= end:
            raise OutOfRange("end_ns", end, f"must be later than start_ns = {start}")
        return start, end

    def width(self) -> int:
        """``width_ns`` of a bucket."""
        return self._integer("width_ns", None, LEAST_WIDTH)

    def limit(self) -> int:
        """``limit`` of rows."""
        return min(self._integer("limit", ROWS, 1), ROWS)

    def no_others(self) -> None:
        """Refuse an argument that nobody asked for: a misspelt one must not pass in silence."""
        for key in self._asked:
            if key not in self._read:
                raise OutOfRange(str(key), self._asked[key], "is no argument of this query")

    def _get(self, key: str, default: Any) -> Any:
        self._read.add(key)
        value = self._asked.get(key, default)
        return default if value is None else value

    def _integer(self, key: str, default: int | None, least: int) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise OutOfRange(key, value, "must be a whole number")
        if not least <= value <= END_OF_TIME:
            raise OutOfRange(key, value, f"must be between {least} and {END_OF_TIME}")
        return value
