"""Identities: what grants give where, and what may be passed on."""

import pytest

from control.access.identity import ANY, NOBODY, Grant, Identity, Place, local
from control.access.role import table
from plant.error import Unknown

HERE = Place("acme", "north")
WELL = Place("acme", "north", "Well.A-1")


def somebody(*grants: Grant, scopes: frozenset[str] | None = None) -> Identity:
    return Identity("ana", grants, "bearer", scopes=scopes)


@pytest.mark.parametrize(
    ("grant", "place", "may"),
    [
        (Grant("operator", "acme"), HERE, True),
        (Grant("operator", "acme"), WELL, True),
        (Grant("operator", "other"), HERE, False),
        (Grant("operator", "ACME"), HERE, False),
        (Grant("operator", "acme", "north"), HERE, True),
        (Grant("operator", "acme", "south"), HERE, False),
        (Grant("operator", "acme", ANY, ("Well.A-*",)), WELL, True),
        (Grant("operator", "acme", ANY, ("Well.B-*",)), WELL, False),
        (Grant("operator", "acme", ANY, ("Well.B-*",)), HERE, True),
        (Grant("operator", "acme", ANY, ()), WELL, False),
        (Grant("viewer", "acme"), HERE, False),
        (Grant("nothing of the kind", "acme"), HERE, False),
    ],
    ids=str,
)
def test_a_grant_holds_where_it_says_and_nowhere_else(grant: Grant, place: Place, may: bool) -> None:
    assert somebody(grant).may("command.write", place) is may


def test_a_key_may_no_more_than_it_was_made_for() -> None:
    grants = Grant("engineer", "acme")
    assert somebody(grants).may("command.write", HERE)
    narrow = somebody(grants, scopes=frozenset({"telemetry.read", "user.manage"}))
    assert narrow.may("telemetry.read", HERE)
    assert not narrow.may("command.write", HERE)
    assert not narrow.may("user.manage", HERE)  # a scope gives nothing that no role gives


def test_whoever_has_shown_nothing_may_nothing_and_the_local_administrator_everything_but_be_a_device() -> None:
    for name, permission in table().permissions.items():
        assert not NOBODY.may(name, HERE)
        assert local().may(name, HERE) is ("platform-admin" in permission.roles)


def test_a_permission_that_there_is_not_is_an_error_and_no_refusal() -> None:
    with pytest.raises(Unknown, match=r"no permission 'telemetry\.wright'"):
        local().may("telemetry.wright", HERE)


def test_of_a_field_he_sees_the_assets_that_his_grants_name() -> None:
    assets = ["Well.A-1", "Well.A-2", "Well.B-1", "Tank.T"]
    narrowed = somebody(
        Grant("viewer", "acme", "north", ("Well.A-*",)), Grant("operator", "acme", "north", ("Tank.*",))
    )
    assert narrowed.sees("telemetry.read", HERE, assets) == ["Well.A-1", "Well.A-2", "Tank.T"]
    assert narrowed.sees("command.write", HERE, assets) == ["Tank.T"]
    assert narrowed.is_narrowed("telemetry.read", HERE)
    assert not somebody(Grant("viewer", "acme")).is_narrowed("telemetry.read", HERE)


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [
        (Grant("tenant-admin", "acme"), Grant("operator", "acme"), True),
        (Grant("tenant-admin", "acme"), Grant("tenant-admin", "acme"), True),
        (Grant("tenant-admin", "acme"), Grant("platform-admin", "acme"), False),
        (Grant("tenant-admin", "acme"), Grant("operator", "other"), False),
        (Grant("tenant-admin", "acme"), Grant("operator", ANY), False),
        (Grant("platform-admin", ANY), Grant("platform-admin", ANY), True),
        (Grant("platform-admin", ANY), Grant("operator", "other"), True),
        (Grant("engineer", "acme"), Grant("viewer", "acme"), False),
    ],
    ids=str,
)
def test_nobody_gives_what_he_has_not(own: Grant, given: Grant, may: bool) -> None:
    assert somebody(own).may_grant(given) is may
