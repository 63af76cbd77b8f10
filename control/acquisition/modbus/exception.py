"""What a Modbus device answers where it does not do what was asked."""

from __future__ import annotations

from pymodbus.pdu import ModbusPDU

from control.bus import quality

FUNCTION, ADDRESS, VALUE, FAILURE, BUSY = 1, 2, 3, 4, 6
PERHAPS_TOO_MUCH = (FUNCTION, ADDRESS, VALUE, FAILURE)  # how devices answer a read that is longer than they can
EXCEPTIONS = {  # Modbus application protocol V1.1b3, 7: its name, and the quality of what was asked for
    1: ("illegal function", quality.BAD_CONFIGURATION),
    2: ("illegal data address", quality.BAD_CONFIGURATION),
    3: ("illegal data value", quality.BAD_CONFIGURATION),
    4: ("server device failure", quality.BAD_DEVICE_FAILURE),
    5: ("acknowledge", quality.BAD_DEVICE_FAILURE),
    6: ("server device busy", quality.BAD_DEVICE_FAILURE),
    8: ("memory parity error", quality.BAD_DEVICE_FAILURE),
    10: ("gateway path unavailable", quality.BAD_CONFIGURATION),
    11: ("gateway target failed to respond", quality.BAD_COMMUNICATION),
}


def quality_of(exception: int) -> int:
    """The quality of what was asked for."""
    return EXCEPTIONS.get(exception, ("", quality.BAD_DEVICE_FAILURE))[1]


def told(answer: ModbusPDU) -> str:
    """An exception in words."""
    code = answer.exception_code
    return f"exception {code}, {EXCEPTIONS.get(code, ('unknown', 0))[0]}"
