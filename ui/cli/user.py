"""``gemelo user`` and ``gemelo key``: who may come in, and which programs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ui.cli.option import DATA, Data, Json, Token, Url, api

app = typer.Typer(help="Users: who may come in, and as what.", no_args_is_help=True, rich_markup_mode=None)
keys = typer.Typer(help="Keys of programs.", no_args_is_help=True, rich_markup_mode=None)

Login = Annotated[str, typer.Argument(help="Login of a user.")]
Roles = Annotated[list[str], typer.Option("--role", help="A role of control/access/roles.toml; several where wanted.")]
Field = Annotated[str, typer.Option(help="Field in which they hold; without it, all.")]
Assets = Annotated[
    list[str] | None, typer.Option("--asset", help="Asset, or pattern as Well.A-*, for which they hold.")
]
Tenant = Annotated[str | None, typer.Option(help="Tenant; without it, the field's own.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept in the audit.")]
Piped = Annotated[bool, typer.Option("--stdin", help="Read a password from standard input; else one is made.")]


@app.command()
def add(
    login: Login, role: Roles, name: Annotated[str, typer.Option(help="How he is called.")] = "",
    field: Field = "*", asset: Assets = None, stdin: Piped = False, reason: Reason = "", tenant: Tenant = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Add a user; the password that he is given, to be used once, is printed."""
    from ui.cli import people

    asked = {"login": login, "name": name, "roles": people.roles_of(role, field, asset or []), "reason": reason}
    password = people.password_from(stdin)
    asked |= {"password": password} if password else {}
    people.told(api(data, url, token).post("/users", asked, tenant=tenant))


@app.command("list")
def list_(
    tenant: Tenant = None, data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False
) -> None:
    """List users with their roles."""
    from ui.cli import people

    people.show_users(api(data, url, token), as_json, tenant)


@app.command()
def disable(
    login: Login, reason: Reason = "", tenant: Tenant = None, data: Data = DATA, url: Url = None, token: Token = None
) -> None:
    """Let him in no more; he is out at once."""
    _change(login, {"active": False, "reason": reason}, tenant, data, url, token)


@app.command()
def enable(
    login: Login, reason: Reason = "", tenant: Tenant = None, data: Data = DATA, url: Url = None, token: Token = None
) -> None:
    """Let him in again."""
    _change(login, {"active": True, "reason": reason}, tenant, data, url, token)


@app.command()
def roles(
    login: Login, role: Roles, field: Field = "*", asset: Assets = None, reason: Reason = "", tenant: Tenant = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Give him these roles in place of those that he has; it holds at once."""
    from ui.cli import people

    asked: dict[str, Any] = {"roles": people.roles_of(role, field, asset or []), "reason": reason}
    _change(login, asked, tenant, data, url, token)


@app.command()
def password(
    login: Login, stdin: Piped = False, reason: Reason = "", tenant: Tenant = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Give him another password, to be used once; all his sessions end."""
    from ui.cli import people

    given = people.password_from(stdin)
    asked = {"reason": reason} | ({"password": given} if given else {})
    people.told(api(data, url, token).post(f"/users/{login}/password", asked, tenant=tenant))


def _change(login: str, asked: dict[str, Any], tenant: Tenant, data: Data, url: Url, token: Token) -> None:
    from ui.cli import people

    people.told(api(data, url, token).send("PATCH", f"/users/{login}", asked, tenant=tenant))


@keys.command("add")
def add_key(
    login: Login, name: Annotated[str, typer.Argument(help="What it is for.")],
    scope: Annotated[list[str], typer.Option("--scope", help="A permission of control/access/roles.toml.")],
    days: Annotated[float | None, typer.Option(min=0.01, help="How long it is good; else until revoked.")] = None,
    reason: Reason = "", tenant: Tenant = None, data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Make a key of a user's for a program; it is printed this once."""
    from ui.cli import people

    asked: dict[str, Any] = {"login": login, "name": name, "scopes": scope, "reason": reason}
    asked |= {"life_s": days * 86_400} if days else {}
    people.told(api(data, url, token).post("/keys", asked, tenant=tenant))


@keys.command("list")
def list_keys(
    tenant: Tenant = None, data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False
) -> None:
    """List keys, without what they are."""
    from ui.cli import people

    people.show_keys(api(data, url, token), as_json, tenant)


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(help="As `gemelo key list` shows it.")], tenant: Tenant = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Let a key open nothing any more; at once."""
    from ui.cli import people

    people.told(api(data, url, token).send("DELETE", f"/keys/{key}", None, tenant=tenant))
