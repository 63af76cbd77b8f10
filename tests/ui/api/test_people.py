"""People through the API: coming in, going on, users, roles, keys; in process, on a ledger in a file."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from control.access.identity import Place
from control.bus.subject import Subjects
from ui.api.app import create_app
from ui.api.context import Context
from ui.identity.accounts import FIRST, TOLD, Accounts
from ui.identity.bucket import Buckets
from ui.identity.sessions import IDLE

OWN, FIELD = "acme", "north"
SECRET, GOOD = "the data folder's own key", "correct horse battery"
pytestmark = pytest.mark.anyio


class House:
    """An API in process, its ledger, and the local administrator's way in."""

    def __init__(self, folder: Path):
        self.now = 1_800_000_000.0
        self.accounts = Accounts.open(folder, SECRET, clock=lambda: self.now)
        self.accounts.make_first(OWN, folder)
        self.accounts.ledger.add_tenant("other")
        bus = SimpleNamespace(subjects=Subjects(OWN, FIELD))
        context = Context(*cast(Any, (None, bus, None, None, None, None)), self.accounts)
        buckets = Buckets(lambda: 0.0)
        self.app = create_app(context, self.accounts.known, Place(OWN, FIELD), ("here",), buckets)

    async def ask(
        self, method: str, path: str, body: Any = None, token: str | None = SECRET, status: int = 200, place: str = "1"
    ) -> Any:
        transport = httpx.ASGITransport(self.app, client=(place, 1), raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            reply = await client.request(method, f"/api/v1{path}", json=body, headers=headers)
        assert reply.status_code == status, reply.text
        self.headers = reply.headers
        return reply.json()

    async def user(self, login: str, *roles: str, **more: Any) -> str:
        """An access token of somebody new who has come in."""
        given = {"login": login, "password": GOOD, "roles": [{"role": role} | more for role in roles]}
        await self.ask("POST", "/users", given)
        return (await self.own_password(login))["access_token"]

    async def own_password(self, login: str) -> dict[str, Any]:
        """Tokens of somebody who has changed his first password."""
        first = await self.login(login)
        assert first["must_change_password"]
        await self.ask("POST", "/me/password", {"old": GOOD, "new": f"{GOOD}!"}, first["access_token"])
        return await self.login(login, f"{GOOD}!")

    async def login(self, login: str, password: str = GOOD, status: int = 200, place: str = "1") -> dict[str, Any]:
        said = {"login": login, "password": password}
        return cast(dict[str, Any], await self.ask("POST", "/login", said, None, status, place))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


async def test_the_first_start_makes_an_administrator_whose_password_waits_to_be_told_once(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / TOLD
    login, password = file.read_text().split()
    assert (login, file.stat().st_mode & 0o777) == (FIRST, 0o600)
    tokens = await house.login(login, password)
    assert tokens["must_change_password"]
    assert (await house.ask("GET", "/me", token=tokens["access_token"]))["may"] == []  # but change it
    assert (tmp_path / "ledger.sqlite").stat().st_mode & 0o777 == 0o600
    file.unlink()
    house.accounts.make_first(OWN, tmp_path)
    assert not file.exists()


async def test_who_has_come_in_is_known_by_name_and_role(house: House) -> None:
    me = await house.ask("GET", "/me", token=await house.user("ana", "operator"))
    assert (me["name"], me["how"], me["tenant"]) == ("ana", "bearer", OWN)
    assert "command.write" in me["may"]
    assert "truth.read" not in me["may"]
    local = await house.ask("GET", "/me")
    assert (local["name"], local["how"]) == ("local", "local")


async def test_wrong_names_and_wrong_passwords_are_told_apart_by_nothing(house: House) -> None:
    await house.user("ana", "viewer")
    said = [await house.login(name, "wrong wrong wrong", 401) for name in ("ana", "nobody", "' or 1=1 --", "аna")]
    assert len({one["detail"] for one in said}) == 1


async def test_guessing_makes_the_guesser_wait_and_nobody_else(house: House) -> None:
    await house.user("ana", "viewer")
    for _ in range(3):
        await house.login("ana", "wrong wrong wrong", 401, place="9.9.9.9")
    await house.login("ana", f"{GOOD}!", 429, place="9.9.9.9")
    assert int(house.headers["retry-after"]) >= 1
    await house.login("ana", f"{GOOD}!", place="1.1.1.1")


async def test_a_refresh_gives_the_next_pair_and_a_second_use_ends_the_session(house: House) -> None:
    await house.user("ana", "viewer")
    first = await house.login("ana", f"{GOOD}!")
    second = await house.ask("POST", "/refresh", {"refresh_token": first["refresh_token"]}, None)
    await house.ask("GET", "/me", token=second["access_token"])
    await house.ask("POST", "/refresh", {"refresh_token": first["refresh_token"]}, None, 401)  # replayed
    house.accounts.known.forget()
    for token in (first, second):
        await house.ask("GET", "/me", token=token["access_token"], status=401)
        await house.ask("POST", "/refresh", {"refresh_token": token["refresh_token"]}, None, 401)


async def test_whoever_is_idle_for_half_an_hour_has_gone(house: House) -> None:
    await house.user("ana", "viewer")
    tokens = await house.login("ana", f"{GOOD}!")
    house.now += IDLE - 1
    tokens = await house.ask("POST", "/refresh", {"refresh_token": tokens["refresh_token"]}, None)
    house.now += IDLE
    await house.ask("POST", "/refresh", {"refresh_token": tokens["refresh_token"]}, None, 401)


@pytest.mark.parametrize("token", ["grt_", "grt_a.b", "grt_a.b.acme", "grt_a.b.nobody", "gk_a.b.acme", "é", "x" * 400])
async def test_a_refresh_token_that_is_none_is_refused(house: House, token: str) -> None:
    await house.ask("POST", "/refresh", {"refresh_token": token}, None, 401)


async def test_whoever_goes_has_gone(house: House) -> None:
    token = await house.user("ana", "viewer")
    await house.ask("POST", "/logout", token=token)
    await house.ask("GET", "/me", token=token, status=401)


async def test_who_is_disabled_is_out_at_once_and_may_come_back(house: House) -> None:
    token = await house.user("ana", "viewer")
    await house.ask("PATCH", "/users/ana", {"active": False, "reason": "has left"})
    await house.ask("GET", "/me", token=token, status=401)
    await house.login("ana", f"{GOOD}!", 401)
    await house.ask("PATCH", "/users/ana", {"active": True})
    await house.login("ana", f"{GOOD}!")


async def test_a_role_that_is_taken_is_gone_at_once(house: House) -> None:
    token = await house.user("ana", "tenant-admin")
    await house.ask("GET", "/users", token=token)
    await house.ask("PATCH", "/users/ana", {"roles": [{"role": "viewer"}]})
    await house.ask("GET", "/users", token=token, status=403)


async def test_another_password_ends_every_session(house: House) -> None:
    token = await house.user("ana", "viewer")
    given = await house.ask("POST", "/users/ana/password", {"reason": "forgotten"})
    await house.ask("GET", "/me", token=token, status=401)
    assert (await house.login("ana", given["one_time_password"]))["must_change_password"]


REFUSED: dict[str, tuple[str, str, Any, int]] = {
    "a role above one's own": ("POST", "/users", {"login": "eva", "roles": [{"role": "platform-admin"}]}, 403),
    "oneself made more": ("PATCH", "/users/boss", {"roles": [{"role": "platform-admin"}]}, 403),
    "one who stands higher": ("PATCH", "/users/admin", {"active": False}, 403),
    "his password": ("POST", "/users/admin/password", {}, 403),
    "another tenant": ("GET", "/users?tenant=other", None, 403),
    "a tenant that there is not": ("GET", "/users?tenant=nobody", None, 403),
    "oneself locked out": ("PATCH", "/users/boss", {"active": False}, 422),
    "nobody": ("PATCH", "/users/nobody", {"active": False}, 404),
    "a role that there is not": ("POST", "/users", {"login": "eva", "roles": [{"role": "king"}]}, 404),
    "no role": ("POST", "/users", {"login": "eva", "roles": []}, 422),
    "a look-alike": ("POST", "/users", {"login": "b0ss", "roles": [{"role": "viewer"}]}, 409),
    "a name in foreign signs": ("POST", "/users", {"login": "аna", "roles": [{"role": "viewer"}]}, 422),
    "markup": ("POST", "/users", {"login": "<b>", "roles": [{"role": "viewer"}]}, 422),
    "an easy password": ("POST", "/users", {"login": "eva", "password": "12345", "roles": [{"role": "viewer"}]}, 422),
    "an unknown key": ("POST", "/users", {"login": "eva", "roles": [{"role": "viewer"}], "tenant": "other"}, 422),
    "a key of a higher one": ("POST", "/keys", {"login": "admin", "name": "k", "scopes": ["telemetry.read"]}, 403),
    "a key for nothing": ("POST", "/keys", {"login": "boss", "name": "k", "scopes": []}, 422),
    "a scope that there is not": ("POST", "/keys", {"login": "boss", "name": "k", "scopes": ["all"]}, 404),
    "a key that there is not": ("DELETE", "/keys/nothing", None, 404),
}


@pytest.fixture(scope="module")
async def boss(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, str]:
    house = House(tmp_path_factory.mktemp("house"))
    return house, await house.user("boss", "tenant-admin")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_an_administrator_of_a_tenant_may_not_is_refused_and_changes_nothing(
    boss: tuple[House, str], method: str, path: str, body: Any, status: int
) -> None:
    house, token = boss
    house.app.middleware_stack = None  # each with a full bucket
    before = house.accounts.people.listed(OWN), house.accounts.keys.listed(OWN)
    await house.ask(method, path, body, token, status)
    assert (house.accounts.people.listed(OWN), house.accounts.keys.listed(OWN)) == before


async def test_a_key_opens_what_it_is_for_until_it_is_revoked(house: House) -> None:
    await house.ask("POST", "/users", {"login": "reports", "roles": [{"role": "program"}, {"role": "tenant-admin"}]})
    made = await house.ask("POST", "/keys", {"login": "reports", "name": "night", "scopes": ["user.read"]})
    listed = (await house.ask("GET", "/keys"))["keys"]
    assert made["key"].startswith(f"gk_{listed[0]['prefix']}.")
    assert made["key"].split(".")[1] not in str(listed)
    assert (await house.ask("GET", "/me", token=made["key"]))["may"] == ["user.read"]
    assert await house.ask("GET", "/users", token=made["key"])
    await house.ask("GET", "/keys", token=made["key"], status=403)
    await house.ask("DELETE", f"/keys/{listed[0]['prefix']}")
    await house.ask("GET", "/me", token=made["key"], status=401)


async def test_a_hundred_requests_a_minute_then_429_with_the_time_to_wait(house: House) -> None:
    """The bucket's own clock stands still, so that nothing is filled; one went for his new password."""
    token = await house.user("ana", "viewer")
    await house.ask("GET", "/roles", token=token)
    assert (house.headers["ratelimit-limit"], house.headers["ratelimit-remaining"]) == ("100", "98")
    for _ in range(98):
        await house.ask("GET", "/roles", token=token)
    await house.ask("GET", "/roles", token=token, status=429)
    assert house.headers["retry-after"] == "1"
    await house.ask("GET", "/roles")  # another's


async def test_every_change_is_in_the_audit_with_who_whence_and_why_and_without_secrets(house: House) -> None:
    await house.user("ana", "viewer")
    await house.ask("PATCH", "/users/ana", {"active": False, "reason": "has left"}, place="7.7.7.7")
    with house.accounts.ledger.reading(OWN) as books:
        entries = books.find("audit_entry", order="number")
    last = entries[-1]
    assert (last["by"], last["whence"], last["reason"], last["noun"]) == ("local", "7.7.7.7", "has left", "user")
    assert (last["before"], last["after"]) == ({"is_active": True}, {"is_active": False})
    assert "argon2" not in str(entries)
    assert house.accounts.ledger.verify_audit(OWN)[1] == []
