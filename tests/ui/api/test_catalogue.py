"""The catalogue of somebody who is given some assets only: the others do not exist for him."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from control.access.identity import ANY, Grant, Identity
from control.bus.subject import Subjects
from control.site import Site
from plant.error import Unknown
from ui.api.catalogue import Catalogue
from ui.api.context import Context, _context
from ui.identity.error import Forbidden

pytestmark = pytest.mark.anyio
MINE, OTHER = "Well.CACB27A-P1", "Well.XBKD47-X2"


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return Catalogue(Site.load("shengli12", "shengli12"))


async def asking(whole: Catalogue, *grants: Grant) -> Context:
    """What a request of somebody works with."""
    bus = SimpleNamespace(subjects=Subjects("demo", "shengli12"))
    shared = Context(whole, *cast(Any, (bus, None, None, None, None)))
    state = SimpleNamespace(context=shared)
    request = SimpleNamespace(
        app=SimpleNamespace(state=state), state=SimpleNamespace(identity=Identity("ana", grants, "bearer"))
    )
    return await _context(cast(Any, request))


async def test_whoever_has_the_field_sees_all_of_it(whole: Catalogue) -> None:
    ctx = await asking(whole, Grant("viewer", "demo"))
    assert ctx.catalogue is whole
    assert whole.named(()) == []


async def test_whoever_has_one_well_sees_its_tags_and_no_others(whole: Catalogue) -> None:
    ctx = await asking(whole, Grant("operator", "demo", ANY, (MINE,)))
    seen = ctx.catalogue
    assert seen.assets == (MINE,)
    assert {one.partition("@")[0].rpartition(".")[0] for one in seen.named(["*"])} >= {MINE}
    assert all(name.startswith(MINE) for name in (*seen.named(["*"]), *seen.named(())))
    assert all(name.startswith(MINE) for name in (one.name for one in seen.of(None, None)))
    for ask in (
        lambda: seen.named([f"{OTHER}.*"]), lambda: seen.tag(f"{OTHER}.Flow"), lambda: seen.of(OTHER, None),
        lambda: seen.check(OTHER),
    ):  # fmt: skip
        with pytest.raises(Unknown):
            ask()
    assert seen.rows([f"{MINE}.Flow"]) == whole.rows([f"{MINE}.Flow"])  # numbered as the snapshot is


async def test_what_is_not_seen_is_unknown_and_what_is_only_seen_is_forbidden(whole: Catalogue) -> None:
    ctx = await asking(whole, Grant("viewer", "demo", ANY, (MINE,)), Grant("operator", "demo", ANY, ("Tank.*",)))
    ctx.check("command.write", "Tank.X", "tag", "Tank.X.Level")
    with pytest.raises(Forbidden):
        ctx.check("command.write", MINE, "tag", f"{MINE}.Start")
    with pytest.raises(Unknown, match="no tag"):
        ctx.check("command.write", OTHER, "tag", f"{OTHER}.Start")


async def test_what_is_of_a_field_as_a_whole_takes_the_whole_field(whole: Catalogue) -> None:
    ctx = await asking(whole, Grant("trainer", "demo", ANY, ("Well.*",)))
    for permission in ("field.drive", "truth.read", "study.run"):
        assert not ctx.identity.may(permission, ctx.place)
