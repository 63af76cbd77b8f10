"""People: the users of a tenant, their passwords and what was granted to them, in the tenant's books.

Every change is made in somebody's name and audited with it; nobody grants what he could not have himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from control.access.identity import ANY, Grant, Identity
from control.access.role import ADMIN, table
from historian.ledger.audit import Actor
from historian.ledger.books import Books
from historian.ledger.ledger import Ledger
from plant.error import Unknown
from ui.identity import password
from ui.identity.error import Forbidden
from ui.identity.login_name import checked, skeleton

MANAGE = "user.manage"


@dataclass(frozen=True)
class User:
    """Somebody with a login, and what was granted to him."""

    id: str
    login: str
    name: str
    tenant: str
    grants: tuple[Grant, ...]
    is_active: bool = True
    must_change: bool = False

    def shown(self) -> dict[str, Any]:
        """As people and programs see him."""
        roles = [{"role": g.role, "field": g.field, "assets": list(g.assets)} for g in self.grants]
        return {
            "login": self.login, "name": self.name, "tenant": self.tenant, "roles": roles,
            "active": self.is_active, "must_change_password": self.must_change,
        }  # fmt: skip


class People:
    """The users of each tenant in one ledger."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger

    def listed(self, tenant: str) -> list[User]:
        """All of a tenant's."""
        with self._ledger.reading(tenant) as books:
            return [user_of(books, row) for row in books.find("user", order="login")]

    def named(self, tenant: str, login: str) -> User:
        """The one of that login. Raises :class:`Unknown`."""
        with self._ledger.reading(tenant) as books:
            return user_of(books, row_of(books, login))

    def add(self, by: Identity, actor: Actor, tenant: str, said: Mapping[str, Any], grants: Iterable[Grant]) -> User:
        """A new user, with the password that ``said`` holds, or with none. Raises :class:`Forbidden`,
        :class:`ConfigError` and :class:`OutOfRange`.
        """
        grants, login = _grantable(by, grants), checked(said["login"])
        given = said.get("password")
        hashed = None if given is None else password.kept(given, login)
        row = {
            "login": login, "folded": skeleton(login), "name": said.get("name") or login, "language": "es",
            "password": hashed, "must_change": bool(said.get("must_change", True)), "is_active": True,
        } | {key: said[key] for key in ("email", "language", "issuer", "subject") if said.get(key)}  # fmt: skip
        with self._ledger.writing(tenant, actor) as books:
            user = books.add("user", row)
            for grant in grants:
                _grant(books, user["id"], grant)
            return user_of(books, user)

    def change(self, by: Identity, actor: Actor, tenant: str, login: str, changes: Mapping[str, Any]) -> User:
        """Change name, language, or whether he may come in. Raises :class:`Forbidden` for one who stands higher."""
        with self._ledger.writing(tenant, actor) as books:
            row = row_of(books, login)
            _check_above(by, user_of(books, row))
            return user_of(books, books.change("user", row["id"], changes))

    def set_password(self, by: Identity, actor: Actor, tenant: str, login: str, new: str, must_change: bool) -> None:
        """Give somebody another password: he has to come in anew. Raises as :meth:`change`."""
        hashed = password.kept(new, login)
        with self._ledger.writing(tenant, actor) as books:
            row = row_of(books, login)
            if by.id != row["id"]:
                _check_above(by, user_of(books, row))
            books.change("user", row["id"], {"password": hashed, "must_change": must_change})
            end_sessions(books, row["id"])

    def grant(self, by: Identity, actor: Actor, tenant: str, login: str, grants: Iterable[Grant]) -> User:
        """Give somebody these roles in place of those that he has. Raises :class:`Forbidden`."""
        grants = _grantable(by, grants)
        with self._ledger.writing(tenant, actor) as books:
            row = row_of(books, login)
            _check_above(by, user_of(books, row))
            for old in books.find("membership", user_id=row["id"]):
                books.remove("membership", old["id"])
            for grant in grants:
                _grant(books, row["id"], grant)
            return user_of(books, row)


def row_of(books: Books, login: str) -> dict[str, Any]:
    """The record of that login, however its case. Raises :class:`Unknown`, for a look-alike too."""
    row = books.one("user", folded=skeleton(login))
    if row is None or row["login"].casefold() != login.casefold():
        raise Unknown("user", login)
    return row


def user_of(books: Books, row: Mapping[str, Any]) -> User:
    """The user of a record, with his grants."""
    grants = tuple(grant_of(books.tenant, one) for one in books.find("membership", user_id=row["id"]))
    return User(
        row["id"], row["login"], row["name"], books.tenant, grants, row["is_active"], row["must_change"]
    )  # fmt: skip


def grant_of(tenant: str, row: Mapping[str, Any]) -> Grant:
    """What a membership gives: a platform administrator's holds in every tenant."""
    return Grant(row["role"], ANY if row["role"] == ADMIN else tenant, row["field"], tuple(row["assets"]))


def end_sessions(books: Books, user: str) -> None:
    """Let nobody go on who came in as this user."""
    for session in books.find("session", user_id=user, is_revoked=False):
        books.change("session", session["id"], {"is_revoked": True})


def _grantable(by: Identity, grants: Iterable[Grant]) -> list[Grant]:
    given = list(grants)
    for grant in given:
        table().role(grant.role)
        if not by.may_grant(grant):
            raise Forbidden(MANAGE)
    return given


def _check_above(by: Identity, user: User) -> None:
    """Whoever stands higher is changed by nobody below."""
    if not all(by.may_grant(grant) for grant in user.grants):
        raise Forbidden(MANAGE)


def _grant(books: Books, user: str, grant: Grant) -> None:
    books.add("membership", {"user_id": user, "role": grant.role, "field": grant.field, "assets": list(grant.assets)})
