"""Token buckets: as many as is said at once, then evenly, and nobody pays for another."""

import math

import pytest

from ui.identity.bucket import Buckets
from ui.identity.error import Busy


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_full_bucket_is_emptied_at_once_and_fills_evenly() -> None:
    clock = Clock()
    buckets = Buckets(clock)
    left = [int(buckets.take("ana", 100)["RateLimit-Remaining"]) for _ in range(100)]
    assert left == list(range(99, -1, -1))
    with pytest.raises(Busy) as told:
        buckets.take("ana", 100)
    assert told.value.retry_s == pytest.approx(0.6)
    assert buckets.take("eva", 100)["RateLimit-Remaining"] == "99"
    clock.now += 0.61
    buckets.take("ana", 100)
    clock.now += 60.0
    assert buckets.take("ana", 100) == {"RateLimit-Limit": "100", "RateLimit-Remaining": "99", "RateLimit-Reset": "1"}


def test_whoever_has_no_limit_is_not_counted() -> None:
    assert Buckets().take("local", math.inf) == {}
