"""By whose clock a device's samples count: what it stamps is compared with when it comes."""

import numpy as np
import pytest

from control.acquisition.dating import Dating
from control.acquisition.driver import Reading
from control.bus import quality
from control.bus.clock import SECOND
from plant.asset.profile.stamp import Stamps

NOW = 1_700_000_000 * SECOND
HOUR = 3600 * SECOND


def said(at: int, **more) -> Reading:
    return Reading(np.array([at - SECOND, at]), np.array([1.0, 2.0]), np.zeros(2, np.uint32), **({"clock": at} | more))


@pytest.mark.parametrize("at", [NOW - 2 * HOUR, NOW // 1000, NOW + 2 * HOUR, 0])
def test_a_clock_that_is_off_is_measured_and_its_samples_are_not_good(at):
    """Two hours behind, seconds sent where milliseconds are meant, ahead, and no clock at all."""
    dating = Dating(Stamps(True))
    dated = dating(said(at), NOW, 1.0)
    assert dating.error == pytest.approx((at - NOW) / SECOND)
    assert not quality.is_good(dated.quality).any()
    assert dated.time.tolist() == [at - SECOND, at]


def test_by_arrival_a_sample_is_good_whatever_its_device_stamps_and_the_clock_is_measured_still():
    dating = Dating(Stamps(False))
    dated = dating(said(NOW - 2 * HOUR), NOW, 1.0)
    assert dated.time.tolist() == [NOW, NOW]
    assert quality.is_good(dated.quality).all()
    assert dating.error == -7200


def test_a_clock_known_to_be_off_is_put_right_by_the_profile():
    dated = Dating(Stamps(True, shift=7200.0))(said(NOW - 2 * HOUR), NOW, 1.0)
    assert dated.time.tolist() == [NOW - SECOND, NOW]
    assert quality.is_good(dated.quality).all()


def test_a_time_that_does_not_move_is_off_once_it_is_older_than_the_tolerance():
    dating = Dating(Stamps(True, tolerance=60.0))
    good = [quality.is_good(dating(said(NOW), NOW + s * SECOND, 1.0).quality).all() for s in (0, 200, 299, 301, 400)]
    assert good == [True, True, True, False, False]


def test_what_a_device_tells_late_does_not_make_its_clock_wrong():
    dating = Dating(Stamps(True))
    dating(said(NOW), NOW, 1.0)
    kept = dating(said(NOW - HOUR), NOW + SECOND, 1.0)
    assert quality.is_good(kept.quality).all()


def test_a_value_that_has_not_changed_for_long_says_nothing_of_a_clock():
    dating = Dating(Stamps(True))
    assert quality.is_good(dating(said(NOW - HOUR, clock=None), NOW, 1.0).quality).all()
    assert dating.error is None


def test_an_accelerated_field_may_lag_by_as_much_more():
    assert quality.is_good(Dating(Stamps(True))(said(NOW - HOUR), NOW, 100.0).quality).all()
