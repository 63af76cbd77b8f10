"""Accounts: people, sessions and keys of one ledger, as a process that lets people in holds them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from control.access.identity import ANY, Grant, local
from control.access.role import ADMIN
from historian.ledger.audit import Actor
from historian.ledger.ledger import Ledger
from ui.identity import password
from ui.identity.keys import Keys
from ui.identity.known import Known
from ui.identity.local import LocalKey
from ui.identity.people import People
from ui.identity.sessions import Sessions
from ui.identity.token import key_from

PURPOSE = "access tokens"  # of the key with which they are signed
FIRST = "admin"  # the login of the first administrator
TOLD = "administrator"  # the file in which his password waits to be told, once


@dataclass(frozen=True)
class Accounts:
    """Everything that knows people. ``known`` is to forget what it remembers whenever something is changed here."""

    ledger: Ledger
    people: People
    sessions: Sessions
    keys: Keys
    known: Known

    @classmethod
    def open(cls, folder: Path, secret: str | None, url: str = "", clock: Callable[[], float] = time.time) -> Accounts:
        """Those of a data folder, or of the ledger at ``url``. Raises :class:`ServiceError` where none answers."""
        ledger = Ledger.open(url) if url else Ledger.beside(folder)
        key = key_from(secret, PURPOSE)
        sessions, keys = Sessions(ledger, key, clock), Keys(ledger, clock)
        return cls(ledger, People(ledger), sessions, keys, Known(LocalKey(secret), key, sessions, keys, clock))

    def make_first(self, tenant: str, folder: Path) -> None:
        """Make the first administrator where a tenant has nobody yet; his password is left to be told once."""
        self.ledger.add_tenant(tenant)
        if self.people.listed(tenant):
            return
        given, actor = password.one_time(), Actor("local", "the first start", "somebody must be able to let others in")
        said = {"login": FIRST, "name": "Administrator", "password": given, "must_change": True}
        _leave(folder / TOLD, f"{FIRST} {given}\n")
        self.people.add(local(), actor, tenant, said, [Grant(ADMIN, ANY)])


def _leave(file: Path, text: str) -> None:
    """Write a file that its owner alone can read."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
