"""What every route of the API works with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query, Request

from control.access.identity import NOBODY, Identity, Place
from control.bus.clock import Clock
from control.bus.connection import Bus
from control.client import Control
from historian.client import History
from historian.ledger.ledger import Ledger
from plant.error import ServiceError, Unknown
from ui.api.catalogue import Catalogue
from ui.api.client_feed import ClientFeed
from ui.api.record.hot import Hot
from ui.api.snapshot import Snapshot
from ui.identity.accounts import Accounts
from ui.identity.error import Forbidden

READ = "telemetry.read"


@dataclass(frozen=True)
class Context:
    """The site, the bus and its time, control and history, the live feed, and in a request who asks."""

    catalogue: Catalogue
    bus: Bus
    clock: Clock
    control: Control
    history: History
    feed: ClientFeed
    known_accounts: Accounts | None = None
    identity: Identity = NOBODY
    hot: Hot = field(default_factory=Hot)
    data: Path | None = None  # the folder of the field's data, where this process has one

    @property
    def accounts(self) -> Accounts:
        """People, sessions and keys. Raises :class:`ServiceError` where this process was started without a ledger."""
        if self.known_accounts is None:
            raise ServiceError("this API keeps no accounts: it was started without a data folder")
        return self.known_accounts

    def check(self, permission: str, asset: str, kind: str, name: str) -> None:
        """Let something be done to an asset. Raises :class:`Forbidden`; :class:`Unknown` where he does not see it."""
        if not self.identity.may(permission, replace(self.place, asset=asset)):
            if self.identity.may(READ, replace(self.place, asset=asset)):
                raise Forbidden(permission)
            raise Unknown(kind, name)

    @property
    def ledger(self) -> Ledger:
        """The company's records. Raises :class:`ServiceError` as :attr:`accounts`."""
        return self.accounts.ledger

    @property
    def place(self) -> Place:
        """The field that is served, and whose it is."""
        return Place(self.bus.subjects.tenant, self.bus.subjects.field)

    @property
    def snapshot(self) -> Snapshot:
        """The newest values."""
        return self.feed.snapshot


async def _context(request: Request) -> Context:
    """The shared one, in the name of whoever asks."""
    shared: Context = request.app.state.context
    identity: Identity = request.state.identity or shared.identity
    if not identity.is_narrowed(READ, shared.place):
        return replace(shared, identity=identity)
    seen = identity.sees(READ, shared.place, shared.catalogue.assets)
    return replace(shared, identity=identity, catalogue=shared.catalogue.narrowed(seen))


Ctx = Annotated[Context, Depends(_context)]
OfRun = Annotated[
    str | None, Query(min_length=1, max_length=100, description="id of a run; the one that the field is in by default")
]


def names(text: str) -> list[str]:
    """The names in a list with commas between."""
    return [name.strip() for name in text.split(",") if name.strip()]
