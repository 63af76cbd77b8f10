"""Users, their roles, and keys of programs: for administrators of their tenant."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from control.access.identity import ANY, Grant, Place
from control.access.role import ADMIN, table
from plant.error import OutOfRange
from ui.api.context import Ctx
from ui.api.problem import responses
from ui.api.sessions import actor
from ui.api.text import Text
from ui.identity import password
from ui.identity.error import Forbidden

router = APIRouter(tags=["people"])

Tenant = Annotated[str | None, Query(min_length=1, max_length=64, description="the field's own where left out")]
Name = Annotated[Text, Field(min_length=1, max_length=100)]
Reason = Annotated[Text, Field(default="", max_length=1000)]

_ROLE: dict[str, Any] = {"role": "operator", "field": "*", "assets": ["Well.A-*"]}


class Given(BaseModel):
    """A role, and where it holds: in all fields and for all assets where nothing else is said."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": _ROLE})
    role: Name
    field: Name = ANY
    assets: list[Name] = Field(default=[ANY], min_length=1, max_length=1000)


class NewUser(BaseModel):
    """Somebody new. Without a password he is given one to be used once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"login": "ana", "roles": [_ROLE]}})
    login: Name
    name: Text = Field(default="", max_length=200)
    password: Text | None = Field(default=None, max_length=1000)
    roles: list[Given] = Field(min_length=1, max_length=100)
    reason: Reason


class Change(BaseModel):
    """What is to be another: whether he may come in, how he is called, which roles he has in place of those he had."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"active": False, "reason": "has left"}})
    active: bool | None = None
    name: Text | None = Field(default=None, min_length=1, max_length=200)
    roles: list[Given] | None = Field(default=None, max_length=100)
    reason: Reason


class NewPassword(BaseModel):
    """Another password; without one, one to be used once. He has to change it when he comes in."""

    model_config = ConfigDict(extra="forbid")
    password: Text | None = Field(default=None, max_length=1000)
    reason: Reason


class NewKey(BaseModel):
    """A key of a user's, for a program: the permissions that it is for, and how long it opens anything [s]."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"login": "reports", "name": "night", "scopes": ["telemetry.read"]}},
    )
    login: Name
    name: Name
    scopes: list[Name] = Field(min_length=1, max_length=100)
    life_s: float | None = Field(default=None, gt=0, le=10 * 365 * 86_400)
    reason: Reason


@router.get("/roles", summary="All roles, and what they may")
async def roles() -> dict[str, Any]:
    """The table by which everything is decided."""
    of = {name: sorted(p.name for p in table().permissions.values() if name in p.roles) for name in table().roles}
    return {"roles": [{"role": r.name, "title": r.title, "may": of[r.name]} for r in table().roles.values()]}


@router.get("/users", summary="Users", responses=responses(503))
def users(ctx: Ctx, tenant: Tenant = None) -> dict[str, Any]:
    """All of the tenant's, with their roles."""
    return {"users": [user.shown() for user in ctx.accounts.people.listed(_tenant(ctx, tenant, "user.read"))]}


@router.post("/users", summary="Add a user", responses=responses(413, 422, 503))
def add(ctx: Ctx, request: Request, said: NewUser, tenant: Tenant = None) -> dict[str, Any]:
    """Nobody gives a role above his own. A password that we made is in the answer, this once."""
    whose = _tenant(ctx, tenant, "user.manage")
    once = None if said.password else password.one_time()
    values = {"login": said.login, "name": said.name, "password": said.password or once, "must_change": True}
    user = ctx.accounts.people.add(
        ctx.identity, actor(ctx, request, said.reason), whose, values, _grants(said.roles, whose)
    )
    return user.shown() | ({"one_time_password": once} if once else {})


@router.patch("/users/{login}", summary="Change a user", responses=responses(404, 413, 422, 503))
def change(ctx: Ctx, request: Request, login: str, said: Change, tenant: Tenant = None) -> dict[str, Any]:
    """Disable him, let him in again, or give him other roles; it holds at once."""
    whose, people = _tenant(ctx, tenant, "user.manage"), ctx.accounts.people
    who = actor(ctx, request, said.reason)
    given = {"is_active": said.active, "name": said.name}
    changes = {key: value for key, value in given.items() if value is not None}
    if said.active is False and login.casefold() == ctx.identity.name.casefold():
        raise OutOfRange("login", login, "must be another's: nobody locks himself out")
    user = people.change(ctx.identity, who, whose, login, changes)
    if said.roles is not None:
        user = people.grant(ctx.identity, who, whose, login, _grants(said.roles, whose))
    ctx.accounts.known.forget()
    return user.shown()


@router.post("/users/{login}/password", summary="Give another password", responses=responses(404, 413, 422, 503))
def give(ctx: Ctx, request: Request, login: str, said: NewPassword, tenant: Tenant = None) -> dict[str, Any]:
    """All his sessions end. A password that we made is in the answer, this once."""
    whose = _tenant(ctx, tenant, "user.manage")
    once = None if said.password else password.one_time()
    new = said.password or once or ""
    ctx.accounts.people.set_password(ctx.identity, actor(ctx, request, said.reason), whose, login, new, True)
    ctx.accounts.known.forget()
    return {"login": login} | ({"one_time_password": once} if once else {})


@router.get("/keys", summary="Keys of programs", responses=responses(503))
def keys(ctx: Ctx, tenant: Tenant = None) -> dict[str, Any]:
    """All of the tenant's, by prefix; what they are was shown once."""
    return {"keys": ctx.accounts.keys.listed(_tenant(ctx, tenant, "key.manage"))}


@router.post("/keys", summary="Make a key", responses=responses(404, 413, 422, 503))
def make(ctx: Ctx, request: Request, said: NewKey, tenant: Tenant = None) -> dict[str, Any]:
    """It may what its user may, of that the scopes only. The key is in the answer, this once."""
    whose, who = _tenant(ctx, tenant, "key.manage"), actor(ctx, request, said.reason)
    made = ctx.accounts.keys.add(ctx.identity, who, whose, said.login, said.name, said.scopes, said.life_s)
    return {"key": made, "login": said.login, "name": said.name, "scopes": said.scopes}


@router.delete("/keys/{prefix}", summary="Revoke a key", responses=responses(404, 503))
def revoke(ctx: Ctx, request: Request, prefix: str, tenant: Tenant = None) -> dict[str, str]:
    """It opens nothing any more."""
    ctx.accounts.keys.revoke(actor(ctx, request), _tenant(ctx, tenant, "key.manage"), prefix)
    ctx.accounts.known.forget()
    return {"revoked": prefix}


def _tenant(ctx: Ctx, asked: str | None, permission: str) -> str:
    """Whose books are meant. Raises :class:`Forbidden` for others' before it is asked whether there are any."""
    tenant = asked or ctx.place.tenant
    if not ctx.identity.may(permission, Place(tenant)):
        raise Forbidden(permission)
    return tenant


def _grants(given: list[Given], tenant: str) -> list[Grant]:
    return [Grant(g.role, ANY if g.role == ADMIN else tenant, g.field, tuple(g.assets)) for g in given]
