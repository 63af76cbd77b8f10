"""A field's records and its file beside each other: what differs, and either taken over from the other.

The file is the truth of what stands in it; what else a record holds (its status, its name, its place on the globe) is
the ledger's own. What only the ledger knows stays there, and is told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from historian.ledger.books import Books
from historian.ledger.field_record import Key, field_of, flat, records_of
from plant.asset.field import Field
from plant.error import Unknown

NOUNS = ("wellpad", "facility", "well")
_ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One thing that file and ledger say differently, or only one of them says."""

    key: Key
    name: str  # of the value; "" where the whole record is meant
    in_ledger: Any
    in_file: Any

    def __str__(self) -> str:
        if not self.name:
            return f"{self.key}: only in the {'file' if self.in_ledger is None else 'ledger'}"
        return f"{self.key}: {self.name} is {self.in_ledger!r} in the ledger, {self.in_file!r} in the file"


def differences(books: Books, described: Field) -> list[Difference]:
    """What differs, in the order of the file, and then what only the ledger knows."""
    kept, meant = _kept(books, described.name), records_of(described)
    found: list[Difference] = []
    for key, values in meant.items():
        if key not in kept:
            found.append(Difference(key, "", None, key.code))
            continue
        told, had = flat(_told(values)), flat(_told(kept[key], values))
        names = dict.fromkeys((*told, *had))
        found += [
            Difference(key, n, had.get(n), told.get(n)) for n in names if had.get(n, _ABSENT) != told.get(n, _ABSENT)
        ]
    return found + [Difference(key, "", key.code, None) for key in kept if key not in meant]


def take(books: Books, described: Field) -> list[Difference]:
    """Take the file over into the ledger, and tell what differed. Done twice, the second time changes nothing."""
    found = differences(books, described)
    touched = {one.key for one in found if one.in_file is not None or one.name}
    meant = {key: values for key, values in records_of(described).items() if key in touched}
    field = _field(books, described, meant)
    ids = {row["code"]: row["id"] for row in books.find("wellpad", field_id=field, limit=100_000)}
    for noun in NOUNS:
        new = []
        for key, values in meant.items():
            if key.noun == noun:
                new += _taken(books, key, field, values, ids)
        made = books.add_many(noun, new)
        if noun == "wellpad":
            ids |= {row["code"]: row["id"] for row in made}
        if noun == "well":
            begin_histories(books, made, "as the field file has it")
    return found


def begin_histories(books: Books, wells: list[dict[str, Any]], reason: str) -> None:
    """The first line of each new well's status history."""
    by, now = books.actor.by, time.time_ns()
    books.add_many(
        "well_status",
        [{"well_id": well["id"], "status": well["status"], "start": now, "reason": reason, "by": by} for well in wells],
    )


def export(books: Books, code: str) -> tuple[Field, list[str]]:
    """The field as the ledger has it, and what of it has no engineering and so is in no file.

    Raises :class:`Unknown` for a field that the ledger does not have, or only the name of.
    """
    kept = _kept(books, code)
    if not any(key.noun == "field" and row["engineering"] for key, row in kept.items()):
        raise Unknown("field with engineering in the ledger", code)
    left = [str(key) for key, row in kept.items() if key.noun in ("well", "facility") and not row["engineering"]]
    return field_of(books.tenant, kept), left


def _field(books: Books, described: Field, meant: Mapping[Key, Any]) -> str:
    known = books.one("field", code=described.name)
    values = meant.get(Key("field", "", described.name))
    if known is None:
        return str(books.add("field", {"code": described.name, "name": described.name, **(values or {})})["id"])
    if values:
        books.change("field", known["id"], values)
    return str(known["id"])


def _taken(books: Books, key: Key, field: str, values: dict[str, Any], pads: dict[str, str]) -> list[dict[str, Any]]:
    """The new record, or none where there is one, which is changed."""
    values = {**values}
    if "wellpad" in values:
        values["wellpad_id"] = pads[values.pop("wellpad")]
    kind = {"kind": key.kind} if key.noun == "facility" else {}
    known = books.one(key.noun, field_id=field, code=key.code, **kind)
    if known is not None:
        books.change(key.noun, known["id"], values)
        return []
    status = {"status": "ACTIVE"} if key.noun == "well" else {}
    return [{"name": key.code, **status, **values, "field_id": field, "code": key.code, **kind}]


def _told(values: Mapping[str, Any], like: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the file can say of a record: but for its place in the file, by which nobody knows it."""
    said = {key: value for key, value in values.items() if like is None or key in like}
    if isinstance(said.get("engineering"), Mapping):
        said["engineering"] = {key: value for key, value in said["engineering"].items() if key != "order"}
    return said


def _kept(books: Books, code: str) -> dict[Key, dict[str, Any]]:
    field = books.one("field", code=code)
    if field is None:
        return {}
    found = {Key("field", "", code): field}
    rows = {noun: books.find(noun, order="code", field_id=field["id"], limit=1_000_000) for noun in NOUNS}
    pads = {row["id"]: row["code"] for row in rows["wellpad"]}
    for noun in NOUNS:
        for row in rows[noun]:
            known = row | ({"wellpad": pads.get(row["wellpad_id"])} if "wellpad_id" in row else {})
            found[Key(noun, row.get("kind", ""), row["code"])] = known
    return found
