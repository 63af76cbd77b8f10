"""Identity: who it is, however he came, and what was granted to him.

The same from a bearer's token, a browser's cookie, a program's key and the command line; everything that is done is
done in its name, which no request can choose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import inf
from typing import Literal

from control.access.role import A_MINUTE, ADMIN, table

ANY = "*"
How = Literal["bearer", "cookie", "key", "local"]


@dataclass(frozen=True)
class Place:
    """Where something is done: in a field of a tenant, perhaps on an asset of it. No field: in the tenant's books."""

    tenant: str
    field: str | None = None
    asset: str | None = None


@dataclass(frozen=True)
class Grant:
    """A role, and where it holds: in a tenant, perhaps in one field of it only, perhaps for some assets (patterns)."""

    role: str
    tenant: str
    field: str = ANY
    assets: tuple[str, ...] = (ANY,)

    def covers(self, place: Place) -> bool:
        """Whether it holds there. A grant that is narrowed to assets opens the field, and of its assets only those."""
        return (
            self.tenant in (ANY, place.tenant)
            and (place.field is None or self.field in (ANY, place.field))
            and (place.asset is None or self.sees(place.asset))
        )

    def sees(self, asset: str) -> bool:
        """Whether it holds for this asset of its field."""
        return any(fnmatchcase(asset, pattern) for pattern in self.assets)


@dataclass(frozen=True)
class Identity:
    """Somebody: a person, a program, or whoever can read the data folder (``local``).

    ``scopes`` are the permissions that a key was made for; None: all that its roles give.
    """

    name: str  # as written into logs and journals
    grants: tuple[Grant, ...]
    how: How
    id: str = ""
    session: str = ""
    tenant: str = ""  # in whose books he stands
    scopes: frozenset[str] | None = None

    def may(self, permission: str, place: Place) -> bool:
        """Whether a role of his gives that permission there. Raises :class:`Unknown` for one that there is not."""
        if self.scopes is not None and permission not in self.scopes:
            return False
        giving = self._giving(permission, place)
        return any(ANY in grant.assets for grant in giving) if table().permission(permission).is_whole else bool(giving)

    @property
    def a_minute(self) -> float:
        """How many requests of the API; the local administrator's are not counted."""
        if self.how == "local":
            return inf
        return max((table().role(grant.role).a_minute for grant in self.grants), default=A_MINUTE)

    def is_narrowed(self, permission: str, place: Place) -> bool:
        """Whether of this field he is given some assets only."""
        return self.may(permission, place) and not any(ANY in grant.assets for grant in self._giving(permission, place))

    def sees(self, permission: str, place: Place, assets: Iterable[str]) -> list[str]:
        """Those of a field's assets for which he has that permission."""
        grants = self._giving(permission, place)
        return [asset for asset in assets if any(grant.sees(asset) for grant in grants)]

    def may_grant(self, grant: Grant) -> bool:
        """Whether he may give or take this: in a tenant where he manages users, no role above his own there."""
        place = Place(grant.tenant)
        ranks = [table().role(own.role).rank for own in self._giving("user.manage", place)]
        reaches = grant.tenant != ANY or any(own.tenant == ANY for own in self.grants)
        return reaches and self.may("user.manage", place) and table().role(grant.role).rank <= max(ranks, default=-1)

    def _giving(self, permission: str, place: Place) -> list[Grant]:
        roles = table().permission(permission).roles
        return [grant for grant in self.grants if grant.role in roles and grant.covers(place)]


NOBODY = Identity("nobody", (), "local")  # whoever has shown nothing: he may nothing


def local(name: str = "local") -> Identity:
    """Whoever can read the data folder's own key: the administrator of that machine."""
    return Identity(name, (Grant(ADMIN, ANY),), "local")
