"""Amounts: rounded, in the unit that people see, written as their language does."""

import math

import pytest

from plant.asset.amount import ABSENT, about, amount, limit, number
from plant.asset.signal import signals

TRIP, CURRENT, VOLTAGE = (signals()["Well", name] for name in ("TripCode", "Current", "Voltage"))


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [(0.04, "0.0", "0,0"), (-0.04, "0.0", "0,0"), (2095.0, "2,095.0", "2095,0"), (-12345.6, "-12,345.6", "-12.345,6")],
)
def test_a_number_is_written_as_in_its_language(value: float, english: str, spanish: str) -> None:
    assert (number(value, 1, "en"), number(value, 1, "es")) == (english, spanish)


@pytest.mark.parametrize(("value", "text"), [(2.57364, "2,57"), (60.0, "60"), (0.5, "0,5"), (math.inf, "inf")])
def test_a_speed_is_rounded(value: float, text: str) -> None:
    assert about(value, "es") == text


def test_a_measurement_has_its_unit_and_a_state_its_name() -> None:
    assert amount(61.25, CURRENT, "es") == "61,2 A"
    assert amount(2095.0, VOLTAGE, "en") == "2,095 V"
    assert (amount(2.0, TRIP, "en"), amount(2.0, TRIP, "es")) == ("Overload", "Sobrecarga")


def test_a_code_without_a_name_is_shown_as_it_is() -> None:
    assert amount(99.0, TRIP, "es") == "99"


def test_what_is_no_value_is_none() -> None:
    assert amount(None, CURRENT, "es") == amount(math.nan, TRIP, "en") == ABSENT


def test_a_limit_between_two_states_is_no_amount() -> None:
    assert limit(0.5, TRIP, "es") == ABSENT
    assert limit(60.0, CURRENT, "es") == "60,0 A"
