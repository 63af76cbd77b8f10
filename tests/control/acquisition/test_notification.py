"""Notified values, and the readings they make."""

import numpy as np

from control.acquisition.driver import Reading
from control.acquisition.notification import Sample, reading_of, scans


def sample(time: int, position: int) -> Sample:
    return Sample(time, position, 0.0, 0)


def test_samples_are_grouped_by_scan_in_the_order_of_time():
    """A notification may bring several scans of a fast field, and their nodes in any order."""
    came = [sample(2, 0), sample(1, 1), sample(1, 0), sample(2, 1), sample(3, 0)]
    assert [[(s.time, s.position) for s in group] for group in scans(came)] == [
        [(1, 1), (1, 0)], [(2, 0), (2, 1)], [(3, 0)]
    ]  # fmt: skip


def test_nodes_whose_clocks_differ_a_little_are_still_one_scan():
    assert len(list(scans([sample(10, 0), sample(11, 1), sample(12, 2), sample(20, 0), sample(21, 1)]))) == 2


def test_what_is_not_notified_keeps_its_value_at_the_newest_time():
    """10000-4, 5.13.1: a monitored item reports changes; no report is no change."""
    known = Reading(np.array([1, 1]), np.array([5.0, 6.0]), np.array([0, 0x40930000], np.uint32))
    reading = reading_of([Sample(9, 0, 5.5, 0)], known)
    assert (reading.time.tolist(), reading.value.tolist()) == ([9, 9], [5.5, 6.0])
    assert reading.quality.tolist() == [0, 0x40930000]
    assert known.value.tolist() == [5.0, 6.0]
