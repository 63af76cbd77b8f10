"""The snapshot on a clock that is set while it runs."""

import numpy as np
import pytest

from control.bus.batch import Batch
from control.bus.clock import SECOND, WallClock
from control.site import Site
from ui.api.catalogue import Catalogue
from ui.api.snapshot import Snapshot

TAG = "Well.CACB27A-P1.Current"
NOON = 1_800_000_000 * SECOND


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(Site.load("shengli12", "shengli12"))


class Clock:
    """One that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> int:
        return self.time


def sample(value: float, time: int) -> Batch:
    return Batch.snapshot([TAG], time, np.array([value]), 0, "RTU-CACB27A-P1")


def test_a_clock_set_back_neither_freezes_values_nor_makes_old_ones_young(catalogue: Catalogue) -> None:
    """Of a pump that stopped meanwhile the current of before was Good and of age 0 for as long as the step was."""
    clock = Clock()
    snapshot, row = Snapshot(catalogue, WallClock(clock)), catalogue.rows([TAG])
    snapshot.take(sample(40.0, NOON))
    clock.time = NOON - 3600 * SECOND
    (before,) = snapshot.shown(row, "si")
    assert (before["age_s"], before["trust"]) == (-3600.0, "Stale")
    snapshot.take(sample(0.0, clock.time))
    (after,) = snapshot.shown(row, "si")
    assert (after["value"], after["age_s"], after["trust"]) == (0.0, 0.0, "Good")
    snapshot.take(sample(41.0, clock.time - SECOND))
    assert snapshot.shown(row, "si")[0]["value"] == 0.0  # a late sample is late, as ever


def test_a_value_that_grows_stale_is_told_once_and_shown_so(catalogue: Catalogue) -> None:
    """Control may hang: then nobody else tells those who watch."""
    clock = Clock()
    snapshot, row = Snapshot(catalogue, WallClock(clock)), catalogue.rows([TAG])
    snapshot.take(sample(40.0, NOON))
    assert snapshot.grown_stale().tolist() == []
    assert '"Good"' in snapshot.event(row, "si")
    clock.time += 60 * SECOND
    assert snapshot.grown_stale().tolist() == row
    assert snapshot.grown_stale().tolist() == []
    assert '"trust": "Stale"' in snapshot.event(row, "si")
