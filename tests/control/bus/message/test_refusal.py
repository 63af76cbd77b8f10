"""Refusals: an error of ours that went over the wire is the same error at its end."""

import math

import pytest

from control.bus.message.refusal import accepted, refusal
from plant.error import (
    CommandRefused,
    ConfigError,
    DeviceLost,
    DeviceTimeout,
    Mistake,
    OutOfRange,
    ServiceError,
    Unknown,
)


@pytest.mark.parametrize(
    "error",
    [
        CommandRefused("Well.A.Choke", 1.5, "must be between 0 % and 100 %"), OutOfRange("tags", None, "is missing"),
        Unknown("alarm", "x"), DeviceLost("RTU", "closed the connection"), DeviceTimeout("RTU", "silent"),
        ServiceError("the disk is full"),
        ConfigError([Mistake("f", "a", None, "is missing"), Mistake("f", "b", 1, "x")]),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_is_raised_at_the_other_end_as_it_was(error):
    with pytest.raises(type(error)) as raised:
        accepted(refusal(error))
    assert str(raised.value) == str(error)
    assert vars(raised.value) == vars(error)


def test_a_value_that_json_has_not_goes_as_it_reads():
    with pytest.raises(CommandRefused, match="t = nan: must be a finite number"):
        accepted(refusal(CommandRefused("t", math.nan, "must be a finite number")))


def test_a_refusal_of_before_which_said_no_more_than_its_kind_is_one_of_the_service():
    with pytest.raises(ServiceError, match="no tag 'x'"):
        accepted(b'{"error":{"kind": "Unknown", "detail": "no tag \'x\'"}}')


@pytest.mark.parametrize("reply", [b"", b"{}", b'{"state": "error"}', b"\xff\xff\xff\xff"])
def test_what_is_no_refusal_passes_as_it_came(reply):
    assert accepted(reply) == reply
