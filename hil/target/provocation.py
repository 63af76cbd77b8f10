"""Provocations: how a drive is made to trip, each in the way its target has.

A test stand has a switch for it: a brake, a heater, a variable transformer. Behind a simulated target the thing itself
goes wrong that the relay is there for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TRIPS: Mapping[str, Mapping[str, Any]] = {  # trip → the fault that must lead to it, of the fault table
    "underload": {"malfunction": "broken shaft"},
    "overload": {"malfunction": "thrust bearing failing", "ramp": "1s"},
    "motor_temperature": {"malfunction": "motor cooling lost", "ramp": "1m"},
    "supply_voltage": {"malfunction": "dip", "depth": 0.5, "lasts": "1h"},
    "stall": {"malfunction": "locked rotor"},
    "ground_fault": {"malfunction": "insulation failure", "ramp": "1s"},
    "external": {"malfunction": "trip", "code": "External"},
}
MOMENTARY = ("external",)  # leave nothing to heal


def state_of(trip: str) -> str:
    """As ``TripCode`` names it.

    >>> state_of("motor_temperature")
    'MotorTemperature'
    """
    return "".join(part.capitalize() for part in trip.split("_"))
