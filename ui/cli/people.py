"""``gemelo login``, ``user`` and ``key``: coming in, and who else may."""

from __future__ import annotations

import getpass
import json
import sys
from typing import Any

from plant.error import ServiceError
from ui.cli import login as logins
from ui.cli.client import Api
from ui.cli.text import columns


def come_in(api: Api, name: str, is_piped: bool, tenant: str | None) -> None:
    """Log in, choosing a password of one's own where the first is good once: of a pipe that is its second line."""
    given = password_from(is_piped) or _asked("password")
    tokens = logins.come_in(api.url, name, given, tenant)
    if tokens["must_change_password"]:
        new = password_from(is_piped) or _asked("a password of your own, 12 characters at least")
        Api(api.url, tokens["access_token"]).post("/me/password", {"old": given, "new": new})
        logins.come_in(api.url, name, new, tenant)
    print(f"logged in as {name} at {api.url}; kept in {logins.file()}")


def go(api: Api) -> None:
    """End the session, and keep nothing of it."""
    if token := logins.token_for(api.url):
        Api(api.url, token).post("/logout", {})
    logins.forget(api.url)
    print(f"logged out at {api.url}")


def who(api: Api, as_json: bool) -> None:
    """As whom one is known, and what one may."""
    me = api.get("/me")
    if as_json:
        print(json.dumps(me))
        return
    roles = [
        f"{one['role']} in {one['tenant']}, field {one['field']}, {', '.join(one['assets'])}" for one in me["roles"]
    ]
    print(f"{me['name']} ({me['how']})", *roles, f"may {', '.join(me['may'])}", sep="\n  ")


def show_users(api: Api, as_json: bool, tenant: str | None) -> None:
    """List them with their roles."""
    users = api.get("/users", tenant=tenant)["users"]
    if as_json:
        print(json.dumps(users))
        return
    print(columns(("login", "name", "active", "roles"), [_row(user) for user in users]))


def show_keys(api: Api, as_json: bool, tenant: str | None) -> None:
    """List them, without what they are."""
    keys = api.get("/keys", tenant=tenant)["keys"]
    if as_json:
        print(json.dumps(keys))
        return
    rows = [
        (k["prefix"], k["login"], k["name"], "revoked" if k["is_revoked"] else "", ", ".join(k["scopes"])) for k in keys
    ]
    print(columns(("key", "user", "name", "", "scopes"), rows))


def roles_of(given: list[str], field: str, assets: list[str]) -> list[dict[str, Any]]:
    """Roles as the API is told them."""
    return [{"role": role, "field": field, "assets": assets or ["*"]} for role in given]


def told(answer: dict[str, Any]) -> None:
    """What became of it; a secret that is shown once stands alone, so that it can be copied."""
    for key in ("one_time_password", "key"):
        if key in answer:
            print(f"{key.replace('_', ' ')}, shown this once:", file=sys.stderr)
            print(answer[key])
            return
    print(json.dumps(answer, ensure_ascii=False))


def password_from(is_piped: bool) -> str | None:
    """A password out of a pipe, where one is said to come."""
    return sys.stdin.readline().rstrip("\n") if is_piped else None


def _asked(what: str) -> str:
    try:
        return getpass.getpass(f"{what}: ")
    except EOFError:
        raise ServiceError("a password is needed: type it, or pipe it with --stdin") from None


def _row(user: dict[str, Any]) -> tuple[object, ...]:
    roles = [one["role"] + ("" if one["field"] == "*" else f" of {one['field']}") for one in user["roles"]]
    return user["login"], user["name"], "yes" if user["active"] else "no", ", ".join(roles)
