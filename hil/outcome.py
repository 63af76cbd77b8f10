"""Outcomes: how one test went. What the bench did wrong is no failure of the device.

fail: the device did not do what was asked of it. inconclusive: it cannot be told, as no good value came to tell it by.
error: the bench itself was at fault: a process of it ended, a lock was lost, a target could not be brought where the
test begins.
"""

from __future__ import annotations

from enum import StrEnum

from plant.error import DeviceError, ServiceError


class Outcome(StrEnum):
    """Of one test, the worst last."""

    PASS = "pass"
    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"
    FAIL = "fail"
    ERROR = "error"


class BenchFault(ServiceError):
    """The bench is not as it should be; nothing is said of the device."""


class Inconclusive(ServiceError):
    """What was asked cannot be told from what was seen."""


def outcome_of(error: BaseException | None, *, is_in_test: bool, faults: list[str]) -> Outcome:
    """Of a test that ended with ``error``, in its own body or around it, on a bench with these faults."""
    if error is None:
        return Outcome.ERROR if faults else Outcome.PASS
    if faults or not is_in_test:
        return Outcome.ERROR
    if isinstance(error, Inconclusive):
        return Outcome.INCONCLUSIVE
    # What pytest.fail and pytest.raises raise is no Exception, and known by its name where pytest may not be there.
    is_of_device = isinstance(error, (AssertionError, DeviceError)) or type(error).__name__ == "Failed"
    return Outcome.FAIL if is_of_device else Outcome.ERROR  # a mistake in the test is none of the device's
