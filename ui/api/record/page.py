"""Pages of a list: where one ends, the next begins, whatever is added meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from historian.ledger.books import Books
from historian.ledger.trait import PYTHON
from plant.error import OutOfRange
from ui.api.context import names
from ui.api.record.resource import Resource

_RULE = "must be the next of a page that was asked for in the same order"


@dataclass(frozen=True)
class Asked:
    """What was asked of a list, all of it checked."""

    where: list[tuple[str, str, Any]]
    order: str
    limit: int
    skip: int
    after: tuple[Any, str] | None
    fields: tuple[str, ...]

    @classmethod
    def of(cls, resource: Resource, filters: dict[str, str | None], sort: str | None, limit: int, skip: int,
           cursor: str | None, fields: str | None) -> Asked:  # fmt: skip
        """As the query has it. Raises :class:`OutOfRange`."""
        order = sort or resource.order
        trait = resource.trait("sort", order.lstrip("-"))
        if trait.is_optional or trait.kind == "structure":
            raise OutOfRange("sort", sort, "must be a key that every record has a value of")
        chosen = [resource.trait("fields", name).name for name in names(fields or "")]
        where = [resource.filtered(name, value) for name, value in filters.items() if value is not None]
        if cursor and skip:
            raise OutOfRange("skip", skip, "must not be given beside cursor")
        shown = tuple(dict.fromkeys(("id", *chosen))) if chosen else resource.shown
        return cls(where, order, limit, skip, _after(cursor, order, PYTHON[trait.kind]), shown)

    def rows(self, books: Books, noun: str, sight: Sequence[Any]) -> tuple[list[dict[str, Any]], str | None]:
        """The page, and where the next begins; None at the end."""
        where = [*self.where, *sight]
        rows = books.find(noun, where, self.order, self.limit + 1, self.skip, self.after)
        page = rows[: self.limit]
        return page, self._next(page[-1]) if len(rows) > self.limit else None

    def _next(self, last: dict[str, Any]) -> str:
        value = last[self.order.lstrip("-")]
        said = json.dumps([self.order, str(value) if isinstance(value, date) else value, last["id"]])
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _after(cursor: str | None, order: str, kind: type) -> tuple[Any, str] | None:
    if cursor is None:
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        was, value, id_ = said
        value = date.fromisoformat(value) if kind is date else value
    except (ValueError, binascii.Error, TypeError):
        raise OutOfRange("cursor", cursor, _RULE) from None
    if was != order or not isinstance(id_, str) or not isinstance(value, kind):
        raise OutOfRange("cursor", cursor, _RULE)
    return value, id_
