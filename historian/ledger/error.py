"""Why the ledger did not write: one of its own promises would have been broken."""

from __future__ import annotations

from plant.error import GemeloError, OutOfRange


class Duplicate(OutOfRange):
    """There is such a record already."""


class Outdated(GemeloError, RuntimeError):
    """Somebody else has changed the record since it was read; nothing was written."""


class NoTenant(GemeloError, PermissionError):
    """A query that does not say whose records it means."""

    def __init__(self) -> None:
        super().__init__("the ledger answers nobody who does not say for which tenant he asks")
