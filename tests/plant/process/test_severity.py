"""The one law of how far what goes wrong has come."""

import numpy as np
import pytest

from plant.process.severity import Severity


def test_a_level_is_reached_in_its_ramp_after_its_onset_and_is_gone_at_its_end() -> None:
    severity = Severity(2)
    severity.go(1, 100.0, 0.8, after=10.0, ramp=20.0, lasts=60.0)
    for now, level in ((100.0, 0.0), (110.0, 0.0), (120.0, 0.4), (130.0, 0.8), (169.9, 0.8), (170.0, 0.0)):
        assert severity.at(now).tolist() == pytest.approx([0.0, level])


def test_healing_starts_from_the_level_that_there_is() -> None:
    severity = Severity(1)
    severity.go(0, 0.0, 1.0, ramp=10.0)
    severity.go(0, 5.0, 0.0, ramp=10.0)
    assert severity.at(10.0)[0] == pytest.approx(0.25)
    assert severity.at(15.0)[0] == 0.0


def test_what_is_on_its_way_is_meant_until_it_has_ended() -> None:
    severity = Severity(1)
    assert severity.is_idle
    severity.go(0, 0.0, 1.0, after=10.0, lasts=5.0)
    assert [bool(severity.is_meant(now)[0]) for now in (0.0, 12.0, 15.0)] == [True, True, False]
    severity.clear()
    assert severity.is_idle
    assert np.isinf(severity.state["until"]).all()
