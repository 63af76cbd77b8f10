"""Production against target: the meters' sum beside the sum of the tested rates."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import WallClock
from ui.screens.page_feed import PageFeed
from ui.screens.production import ProductionView
from ui.screens.shown_field import ShownField

SITE = ShownField.load("shengli12", "shengli12")
WELLS = SITE.field.wells


def view(flows: list[float], codes: list[int]) -> Any:
    feed = PageFeed(SITE.tags, WallClock())
    tags = [f"Well.{well.code}.Flow" for well in WELLS]
    feed.take(Batch.snapshot(tags, feed.clock.now(), flows, np.array(codes, np.uint32), "test"))
    return ProductionView(SimpleNamespace(site=SITE, feed=feed))  # type: ignore[arg-type]


def test_the_target_is_what_the_wells_were_measured_at() -> None:
    """The published rates of the twelve wells, split into oil and water by their published water cuts."""
    rows = view([w.measured.rate for w in WELLS], [quality.GOOD] * len(WELLS)).tick()
    total, oil, water = rows[0], rows[1 + len(SITE.field.wellpads)], rows[2 + len(SITE.field.wellpads)]
    assert total == [total[2], 0, pytest.approx(sum(w.measured.rate for w in WELLS) * 86_400, abs=0.05)]
    assert oil[2] + water[2] == pytest.approx(total[2], abs=0.15)


def test_a_meter_that_cannot_be_believed_is_left_out_and_said() -> None:
    codes = [quality.GOOD] * len(WELLS)
    codes[0] = quality.BAD_COMMUNICATION
    total = view([w.measured.rate for w in WELLS], codes).tick()[0]
    assert total[1] == 1
    assert total[0] == pytest.approx(total[2] - WELLS[0].measured.rate * 86_400, abs=0.1)


def test_without_any_meter_there_is_no_sum() -> None:
    total = view([np.nan] * len(WELLS), [quality.BAD_COMMUNICATION] * len(WELLS)).tick()[0]
    assert total[:2] == [None, len(WELLS)]
