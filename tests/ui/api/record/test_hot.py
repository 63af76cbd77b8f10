"""A record that is read again: soon from memory, never older than a write through this process."""

import pytest

from control.access.identity import Grant, Place
from tests.ui.api.record.running import Records
from ui.api.record.hot import LIFE, Hot, Kept

pytestmark = pytest.mark.anyio
KEY = ("/wells/N-1", "field")
KEPT = Kept(b"{}", '"1"', Place("demo", "north", "Well.N-1"))


def test_what_is_kept_is_kept_for_a_second() -> None:
    now = [0.0]
    hot = Hot(lambda: now[0])
    hot.put(KEY, KEPT, hot.began())
    assert hot.get(KEY) is KEPT
    now[0] = LIFE
    assert hot.get(KEY) is None


def test_what_was_read_before_a_write_is_not_kept_after_it() -> None:
    hot = Hot()
    began = hot.began()
    hot.forget()
    hot.put(KEY, KEPT, began)
    assert hot.get(KEY) is None


async def test_a_well_that_was_changed_is_shown_so_at_once(records: Records) -> None:
    await records.well(await records.field())
    assert (await records.get("/wells/N-1"))["name"] == "N-1"
    await records.ask("PATCH", "/wells/N-1", json={"name": "Norte"})
    assert (await records.get("/wells/N-1"))["name"] == "Norte"


async def test_what_one_may_see_is_not_shown_to_another_from_memory(records: Records) -> None:
    await records.well(await records.field())
    await records.get("/wells/N-1")
    records.who.grants = (Grant("engineer", "demo", "north", ("Well.N-2",)),)
    await records.get("/wells/N-1", 404)


async def test_what_is_answered_from_memory_is_what_was_answered_first(records: Records) -> None:
    await records.well(await records.field())
    first, second = [await records.ask("GET", "/wells/N-1") for _ in range(2)]
    assert first.content == second.content
    for header in ("etag", "content-type", "ratelimit-limit", "x-content-type-options"):
        assert first.headers[header] == second.headers[header]
    assert (await records.ask("GET", "/wells/N-1", headers={"Accept": "text/csv"})).text.startswith("id,")
    assert (await records.ask("GET", "/wells/N-1", 304, headers={"If-None-Match": '"1"'})).content == b""
