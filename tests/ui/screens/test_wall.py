"""What the overview sends: the same short message for all who look, and to the map only what changed."""

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import SECOND, WallClock
from ui import trust
from ui.screens import palette
from ui.screens.field_map import FieldMap
from ui.screens.language import languages
from ui.screens.page_feed import PageFeed
from ui.screens.shown_field import ShownField
from ui.screens.wall import NO_STATE, TILES, WallView

SITE = ShownField.load("shengli12", "shengli12")
WELL = SITE.field.wells[0]


@pytest.fixture
def context() -> Any:
    """A site whose first well runs at 47 Hz and flows 100 m³/d; nothing else is known."""
    feed = PageFeed(SITE.tags, WallClock())
    tags = [f"Well.{WELL.code}.{name}" for name in ("RunState", "Flow", "Frequency")]
    feed.take(Batch.snapshot(tags, feed.clock.now(), [2.0, 100 / 86_400, 47.0], 0, "test"))
    return SimpleNamespace(site=SITE, feed=feed)


def alarm(priority: int, state: str = "UNACK") -> dict[str, Any]:
    tag = f"Well.{WELL.code}.Flow"
    return {"id": f"{tag}.low", "tag": tag, "priority": priority, "state": state, "time_ns": 1}


def test_a_tile_s_message_is_state_alarm_values_and_trust(context: Any) -> None:
    context.feed.alarms.hear(alarm(2))
    view = WallView(context, "well", SITE.assets("Well"))
    running, priority, unacknowledged, values, believed = view.tick()[1][0]
    assert (running, priority, unacknowledged) == (2, 2, 1)
    assert dict(zip(TILES["Well"], values, strict=True)) == {
        "Flow": 100.0, "IntakePressure": None, "Frequency": 47.0, "Current": None, "MotorTemperature": None,
    }  # fmt: skip
    assert believed == [trust.GOOD, trust.NONE, trust.GOOD, trust.NONE, trust.NONE]


def test_the_message_is_made_once_a_tick_for_all_who_look(context: Any) -> None:
    view = WallView(context, "well", SITE.assets("Well"))
    assert view.tick() is view.tick()
    before = view.tick()
    context.feed.tick()
    assert view.tick() is not before


def test_a_message_for_a_thousand_wells_is_small_enough_to_send_each_second(context: Any) -> None:
    """A compact list: under a hundred bytes a tile."""
    tick = WallView(context, "well", SITE.assets("Well")).tick()
    assert len(json.dumps(tick)) < 100 * len(SITE.assets("Well"))


def test_the_map_is_patched_only_where_a_well_s_look_changed(context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, patches = FieldMap(context, languages()["es"]), list[Any]()
    monkeypatch.setattr(type(drawn.source), "patch", lambda _, patch: patches.append(patch))
    drawn.update([])
    assert patches == []
    context.feed.alarms.hear(alarm(1))
    drawn.update([])
    assert {key: change[0] for key, [change] in patches[0].items()} == dict.fromkeys(patches[0], 0)
    assert patches[0]["marker"] == [(0, "square")]
    assert patches[0]["number"] == [(0, "1")]
    drawn.update([])
    assert len(patches) == 1


def test_a_running_well_is_light_a_stopped_one_dark_and_an_unknown_one_neither(context: Any) -> None:
    feed, row = context.feed, context.feed.row[f"Well.{WELL.code}.RunState"]
    fills = []
    for state in (2.0, 0.0, np.nan):
        feed.value[row] = state
        fills.append(FieldMap(context, languages()["es"]).source.data["fill"][0])
    assert len(set(fills)) == 3


@pytest.mark.parametrize(("code", "age"), [(quality.BAD_COMMUNICATION, 0), (quality.GOOD, 60)])
def test_a_well_that_is_heard_no_more_neither_runs_nor_stands_on_wall_and_map(
    context: Any, code: int, age: int
) -> None:
    """Whether it was lost, which control says, or fell silent together with control."""
    lost = Batch.snapshot([f"Well.{WELL.code}.RunState"], context.feed.clock.now(), [np.nan], code, "test")
    context.feed.take(lost)
    row = context.feed.row[f"Well.{WELL.code}.RunState"]
    context.feed.time[row] -= age * SECOND
    assert WallView(context, "well", SITE.assets("Well")).tick()[1][0][0] == NO_STATE
    look = FieldMap(context, languages()["es"]).source.data
    assert (look["number"][0], look["fill"][0]) == ("?", palette.PAPER)


def test_a_sparkline_ends_where_the_value_was_last_known(context: Any) -> None:
    flow = f"Well.{WELL.code}.Flow"
    context.feed.tick()
    assert np.isfinite(context.feed.recent[context.feed.row[flow], -1])
    now = context.feed.clock.now()
    context.feed.take(Batch.snapshot([flow], now, [np.nan], quality.BAD_COMMUNICATION, "test"))
    context.feed.tick()
    assert np.isnan(context.feed.recent[context.feed.row[flow], -1])
