"""Sight: which records of its tenant somebody may see or change, by the fields and assets that were given to him."""

from __future__ import annotations

from control.access.identity import Identity, Place
from historian.ledger.books import Books
from historian.ledger.trait import traits

READ = "record.read"
_ANYWHERE = "*no field in particular*"  # which only a grant for all fields covers


def sight(books: Books, noun: str, who: Identity, permission: str) -> list[tuple[str, str, object]]:
    """What his records of that noun have to fulfil; nothing where he sees them all."""
    everywhere = Place(books.tenant, _ANYWHERE)
    if who.may(permission, everywhere) and not who.is_narrowed(permission, everywhere):
        return []
    fields = {row["id"]: row["code"] for row in books.find("field", limit=10_000)}
    given = {key: code for key, code in fields.items() if who.may(permission, Place(books.tenant, code))}
    if noun == "field":
        return [("id", "in", list(given))]
    columns = traits(noun)
    if noun != "well" and "well_id" not in columns:
        return [("field_id", "in", list(given))]
    return [("id" if noun == "well" else "well_id", "in", _wells(books, who, permission, given))]


def _wells(books: Books, who: Identity, permission: str, fields: dict[str, str]) -> list[str]:
    found: list[str] = []
    for id_, code in fields.items():
        wells = {asset_of(row): row["id"] for row in books.find("well", field_id=id_, limit=1_000_000)}
        found += [wells[asset] for asset in who.sees(permission, Place(books.tenant, code), list(wells))]
    return found


def asset_of(well: dict[str, object]) -> str:
    """The asset by whose name a well's tags begin."""
    engineering = well["engineering"]
    kind = engineering.get("class") if isinstance(engineering, dict) else None
    return f"{kind or 'Well'}.{well['code']}"
