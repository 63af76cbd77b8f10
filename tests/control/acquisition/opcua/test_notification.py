"""Notified values, and the readings they make."""

import numpy as np

from control.acquisition.driver import Reading
from control.acquisition.opcua.notification import Gathering, Sample, reading_of, scans


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


def gathered(samples: list[Sample], now: float = 0.0) -> Gathering:
    gathering = Gathering(patience=0.25)
    for one in samples:
        gathering.add(one, now)
    return gathering


def test_a_scan_cut_in_two_by_its_notifications_is_one_scan():
    """As node-opcua's come on a busy machine: else the second node's old value is told at the new time."""
    gathering = gathered([sample(1, 0)])
    assert gathering.ripe(2, 0.1) == []
    gathering.add(sample(1, 1), 0.2)
    assert gathering.ripe(2, 0.2) == [[sample(1, 0), sample(1, 1)]]
    assert not gathering.is_waiting


def test_a_scan_that_is_overtaken_or_has_waited_enough_goes_without_the_rest():
    """A monitored item reports changes (10000-4, 5.13.1): the rest may never come."""
    gathering = gathered([sample(1, 0), sample(2, 0)])
    assert gathering.ripe(2, 0.1) == [[sample(1, 0)]]
    assert gathering.ripe(2, 0.3) == []  # the second has not waited for long
    assert gathering.ripe(2, 0.4) == [[sample(2, 0)]]


def test_a_whole_scan_does_not_wait():
    assert gathered([sample(1, 0), sample(1, 1)]).ripe(2, 0.0) == [[sample(1, 0), sample(1, 1)]]
    assert gathered([]).ripe(2, 9.0) == []
