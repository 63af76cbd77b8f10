"""What the command line does in the ledger of a data folder: whoever can write there may."""

from __future__ import annotations

import contextlib
import getpass
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from historian.ledger.audit import Actor
from historian.ledger.field_book import Difference, differences, export, take
from historian.ledger.ledger import Ledger
from plant.asset.field_file import load_field
from plant.asset.field_text import field_text
from plant.error import ServiceError


def import_field(data: Path, source: str, is_dry: bool, as_json: bool) -> None:
    """Take a field file over, or only say what differs. Raises :class:`ConfigError` with every mistake in it."""
    described = load_field(source)
    with _ledger(data) as ledger:
        ledger.add_tenant(described.tenant)
        if is_dry:
            with ledger.reading(described.tenant) as books:
                found = differences(books, described)
        else:
            with ledger.writing(described.tenant, Actor(getpass.getuser(), "cli", f"field import {source}")) as books:
                found = take(books, described)
    _show(found, as_json)


def export_field(data: Path, tenant: str, name: str, out: Path) -> None:
    """Write a field to a file, and say what of it has no place there."""
    with _ledger(data) as ledger, ledger.reading(tenant) as books:
        field, left = export(books, name)
    try:
        out.write_text(field_text(field), encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{out} cannot be written: {error.strerror}") from None
    print(f"{out}: {name} as the ledger has it")
    if left:
        print(f"not in it, since the ledger has no engineering of them: {', '.join(left)}", file=sys.stderr)


def verify_audit(data: Path, tenant: str, as_json: bool) -> None:
    """Follow the chains. Raises :class:`ServiceError` with every broken link."""
    with _ledger(data) as ledger:
        tenants = [tenant] if tenant else [one["code"] for one in ledger.tenants()]
        found = {one: ledger.verify_audit(one) for one in tenants}
    if as_json:
        print(json.dumps({one: {"entries": n, "wrong": wrong} for one, (n, wrong) in found.items()}))
    broken = [f"{one}: {sentence}" for one, (_, wrong) in found.items() for sentence in wrong]
    if broken:
        raise ServiceError("the audit was tampered with:\n" + "\n".join(broken))
    if not as_json:
        print("\n".join(f"{one}: {n} entries, unbroken" for one, (n, _) in found.items()) or "no tenants yet")


@contextlib.contextmanager
def _ledger(data: Path) -> Iterator[Ledger]:
    ledger = Ledger.beside(data)
    try:
        yield ledger
    finally:
        ledger.close()


def _show(found: list[Difference], as_json: bool) -> None:
    if as_json:
        rows = [
            {"record": str(one.key), "value": one.name, "ledger": one.in_ledger, "file": one.in_file} for one in found
        ]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print("\n".join(map(str, found)) or "ledger and file say the same")
