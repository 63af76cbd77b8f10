"""Coming in and going: a name and a password for tokens, one refresh for the next, and who one is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from control.access.role import table
from historian.ledger.audit import Actor
from plant.error import OutOfRange
from ui.api.context import Ctx
from ui.api.problem import responses
from ui.api.text import Text
from ui.identity import password
from ui.identity.door_table import ANYONE
from ui.identity.error import Unauthorized
from ui.identity.sessions import Pair
from ui.identity.token import LIFE

router = APIRouter(tags=["people"])

_TOKENS: dict[str, Any] = {"access_token": "eyJ…", "refresh_token": "grt_…", "token_type": "Bearer", "expires_in": LIFE}


class Login(BaseModel):
    """Who comes in. Without a tenant, of the field's own."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"login": "ana", "password": "…"}})
    login: Text = Field(min_length=1, max_length=100)
    password: Text = Field(min_length=1, max_length=1000)
    tenant: Text | None = Field(default=None, min_length=1, max_length=64)


class Refresh(BaseModel):
    """The refresh token that came last."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"refresh_token": "grt_…"}})
    refresh_token: Text = Field(min_length=1, max_length=500)


class Changed(BaseModel):
    """One's own password, and the one in its place."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"old": "…", "new": "…"}})
    old: Text = Field(min_length=1, max_length=1000)
    new: Text = Field(min_length=1, max_length=1000)


class Tokens(BaseModel):
    """``access_token`` is shown as ``Authorization: Bearer``; ``refresh_token`` gives the next pair, once."""

    model_config = ConfigDict(json_schema_extra={"example": _TOKENS})
    access_token: str
    refresh_token: str
    token_type: str = "Bearer"
    expires_in: int = LIFE
    must_change_password: bool = False


@router.post("/login", summary="Come in", response_model=Tokens, responses=responses(401, 413, 422, 429, 503))
def login(ctx: Ctx, request: Request, said: Login) -> Tokens:
    """With a name and a password. After wrong ones, from the same place, the next try waits: 429 says how long."""
    tenant, agent = said.tenant or ctx.place.tenant, request.headers.get("user-agent", "")
    return _tokens(ctx.accounts.sessions.open(tenant, said.login, said.password, whence(request), agent))


@router.post("/refresh", summary="Go on", response_model=Tokens, responses=responses(401, 413, 422, 503))
def refresh(ctx: Ctx, request: Request, said: Refresh) -> Tokens:
    """A new pair for the last one. A refresh token that comes a second time ends the session."""
    return _tokens(ctx.accounts.sessions.refresh(said.refresh_token, whence(request)))


@router.post("/logout", summary="Go", responses=responses(503))
def logout(ctx: Ctx, request: Request) -> dict[str, str]:
    """End the session of the token that is shown."""
    if ctx.identity.how in ("bearer", "cookie"):
        ctx.accounts.sessions.end(ctx.identity.tenant, ctx.identity.session, actor(ctx, request))
        ctx.accounts.known.forget()
    return {"status": "ok"}


@router.get("/me", summary="Who asks")
async def me(ctx: Ctx) -> dict[str, Any]:
    """As whom one is known here, and what one may."""
    one = ctx.identity
    roles = [{"role": g.role, "tenant": g.tenant, "field": g.field, "assets": list(g.assets)} for g in one.grants]
    may = [name for name in table().permissions if one.may(name, ctx.place)]
    return {"name": one.name, "how": one.how, "tenant": one.tenant or None, "roles": roles, "may": may}


@router.post("/me/password", summary="Change one's password", responses=responses(413, 422, 503))
def change(ctx: Ctx, request: Request, said: Changed) -> dict[str, str]:
    """Every session of his ends, this one too."""
    one, accounts = ctx.identity, ctx.accounts
    if one.how not in ("bearer", "cookie"):
        raise OutOfRange("password", ANYONE, "is of somebody who has logged in; others have none")
    if not accounts.sessions.confirms(one.tenant, one.name, said.old, whence(request)):
        raise Unauthorized("wrong password")
    if said.new == said.old:
        raise OutOfRange("new", "…", "must be another than the old one")
    password.kept(said.new, one.name)
    accounts.people.set_password(one, actor(ctx, request), one.tenant, one.name, said.new, must_change=False)
    accounts.known.forget()
    return {"status": "ok"}


def whence(request: Request) -> str:
    """Where somebody asks from."""
    return request.client.host if request.client else ""


def actor(ctx: Ctx, request: Request, reason: str = "") -> Actor:
    """Who does it, as the audit is to say."""
    return Actor(ctx.identity.name, whence(request), reason)


def _tokens(pair: Pair) -> Tokens:
    return Tokens(
        access_token=pair.access, refresh_token=pair.refresh, must_change_password=pair.user.must_change
    )  # fmt: skip
