"""Quality: how far a value can be believed, as an OPC UA status code (OPC 10000-4, 7.39; 10000-8, 6.3.2).

It travels beside every value. The two top bits say Good, Uncertain or Bad; the rest says why.
"""

from __future__ import annotations

from typing import Any

import numpy as np

GOOD = 0x0000_0000
UNCERTAIN_LAST_USABLE = 0x4090_0000
UNCERTAIN_SENSOR_NOT_ACCURATE = 0x4093_0000
UNCERTAIN_UNITS_EXCEEDED = 0x4094_0000
UNCERTAIN_SUBNORMAL = 0x4095_0000
BAD = 0x8000_0000
BAD_COMMUNICATION = 0x8005_0000
BAD_WAITING = 0x8032_0000
BAD_CONFIGURATION = 0x8089_0000
BAD_NOT_CONNECTED = 0x808A_0000
BAD_DEVICE_FAILURE = 0x808B_0000
BAD_SENSOR_FAILURE = 0x808C_0000
BAD_OUT_OF_SERVICE = 0x808D_0000
BAD_NO_DATA = 0x809B_0000

NAMES = {
    GOOD: "Good",
    UNCERTAIN_LAST_USABLE: "UncertainLastUsableValue",
    UNCERTAIN_SENSOR_NOT_ACCURATE: "UncertainSensorNotAccurate",
    UNCERTAIN_UNITS_EXCEEDED: "UncertainEngineeringUnitsExceeded",
    UNCERTAIN_SUBNORMAL: "UncertainSubNormal",
    BAD: "Bad",
    BAD_COMMUNICATION: "BadCommunicationError",
    BAD_WAITING: "BadWaitingForInitialData",
    BAD_CONFIGURATION: "BadConfigurationError",
    BAD_NOT_CONNECTED: "BadNotConnected",
    BAD_DEVICE_FAILURE: "BadDeviceFailure",
    BAD_SENSOR_FAILURE: "BadSensorFailure",
    BAD_OUT_OF_SERVICE: "BadOutOfService",
    BAD_NO_DATA: "BadNoData",
}


def is_good(code: Any) -> Any:
    """Whether a code (or each of an array) is Good."""
    return np.asarray(code, dtype=np.uint32) >> 30 == 0


def is_bad(code: Any) -> Any:
    """Whether a code (or each of an array) is Bad."""
    return np.asarray(code, dtype=np.uint32) >> 31 == 1


def name(code: int) -> str:
    """The code's name, or the name of its severity with the number where it is none of ours."""
    severity = ("Good", "Uncertain", "Bad", "Bad")[int(code) >> 30]
    return NAMES.get(int(code), f"{severity} (0x{int(code):08X})")
