"""The pump chart shows the factory test at the present speed, and where the meters say that the pump works."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import WallClock
from ui.screens.language import languages
from ui.screens.page_feed import PageFeed
from ui.screens.pump_chart import SIGNALS, PumpChart
from ui.screens.shown_field import ShownField

SITE = ShownField.load("shengli12", "shengli12")
WELL = SITE.field.wells[0]


def chart(frequency: float, code: int = quality.GOOD) -> PumpChart:
    feed = PageFeed(SITE.tags, WallClock())
    tags = [f"Well.{WELL.code}.{name}" for name in SIGNALS]
    values = [frequency, WELL.measured.rate, 5e6, 15e6]
    feed.take(Batch.snapshot(tags, feed.clock.now(), values, code, "test"))
    context: Any = SimpleNamespace(site=SITE, feed=feed)
    return PumpChart(context, WELL, languages()["es"])


def test_at_the_tested_speed_the_curve_is_the_tested_one() -> None:
    pump, curve = WELL.pump, chart(WELL.pump.frequency).curve.data
    head = np.interp(np.array(pump.rate) * 86_400, curve["rate"], curve["head"]) / WELL.factors.head.value
    np.testing.assert_allclose(head, pump.head, rtol=0.02)


def test_at_half_speed_rates_halve_and_heads_quarter() -> None:
    """The affinity laws (Gülich, Centrifugal Pumps, ch. 4.3)."""
    whole, half = chart(50.0).curve.data, chart(25.0).curve.data
    np.testing.assert_allclose(np.array(half["rate"]) * 2, whole["rate"])
    np.testing.assert_allclose(np.array(half["head"]) * 4, whole["head"])


def test_the_operating_point_is_the_measured_rate_and_head() -> None:
    point = chart(47.0).point.data
    assert point["rate"] == [pytest.approx(263.8)]
    density = 0.707 * 1025 + 0.293 * 945
    assert point["head"] == [pytest.approx(10e6 / 9.80665 / density)]


def test_what_cannot_be_believed_is_not_drawn() -> None:
    assert chart(47.0, quality.BAD_COMMUNICATION).point.data == {"rate": [], "head": []}


def test_a_pump_that_stands_has_no_curve_and_no_window() -> None:
    standing = chart(0.0)
    assert standing.curve.data == {"rate": [], "head": []}
    assert standing.window.data == {"low": [], "high": []}
