import numpy as np

from control.bus.quality import BAD_COMMUNICATION, GOOD
from hil.record import NO_SAMPLES, Series
from scenarios.chart import bad_spans


def test_a_tag_is_bad_from_the_first_bad_sample_to_the_next_good_one_or_the_last() -> None:
    codes = np.array([GOOD, BAD_COMMUNICATION, BAD_COMMUNICATION, GOOD, BAD_COMMUNICATION], dtype=np.uint32)
    series = Series(np.array([0.0, 1.0, 2.0, 5.0, 6.0]), np.zeros(5), codes)
    assert bad_spans(series) == [(1.0, 5.0), (6.0, 6.0)]


def test_a_tag_that_nobody_saw_was_never_bad() -> None:
    assert bad_spans(NO_SAMPLES) == []
