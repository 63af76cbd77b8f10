"""A simulated device: what it shows and what it lets be set, whatever wire serves it.

A device knows no register, node or topic. It speaks SI and names signals by role (``well.Frequency``),
as profiles do, so one device answers over several protocols at once.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol

from control.bus.quality import BAD_SENSOR_FAILURE, GOOD
from plant.asset.signal import Signal, signals
from plant.error import OutOfRange, Unknown
from simulators.manner import Manner


class Indication(NamedTuple):
    """What a device says of one signal: SI value, and OPC UA status code (see :mod:`control.bus.quality`)."""

    value: float
    quality: int = GOOD


def measured(value: float) -> Indication:
    """The reading of an instrument, which shows NaN when it has failed."""
    return Indication(value, BAD_SENSOR_FAILURE if math.isnan(value) else GOOD)


class Device(Protocol):
    """What every wire asks of a device."""

    manner: Manner  # how it behaves on the wire

    @property
    def time(self) -> int:
        """Plant time of its readings, UTC ns."""
        ...

    @property
    def stamp(self) -> int:
        """The same as its clock has it, which may be off."""
        ...

    @property
    def signals(self) -> Collection[str]:
        """All that it serves, ``role.Signal``."""
        ...

    def readings(self) -> Mapping[str, Indication]:
        """What it shows now. Commands are momentary and show nothing."""
        ...

    def check(self, signal: str, value: float) -> None:
        """Raise what :meth:`write` would raise."""
        ...

    def write(self, signal: str, value: float) -> None:
        """Set or command something.

        Raises :class:`OutOfRange` where the value is not permitted, :class:`CommandRefused` where the
        device will not now, and :class:`Unknown` where there is nothing to write.
        """
        ...


def split(roles: Mapping[str, str], signal: str) -> tuple[str, Signal]:
    """Asset and signal that ``role.Signal`` means for a device with these ``roles``."""
    role, _, name = signal.partition(".")
    asset = roles.get(role, "")
    found = signals().get((asset.partition(".")[0], name))
    if found is None:
        raise Unknown("signal", signal)
    return asset, found


def check_span(asset: str, signal: Signal, value: float) -> None:
    """Raise :class:`OutOfRange` where a setpoint is outside the span that its signal permits."""
    # With slack for rounding: the float32 next to a limit may lie beyond it.
    slack = 1e-6 * (signal.high - signal.low)
    if not signal.low - slack <= value <= signal.high + slack:  # also refuses NaN
        low, high, unit = signal.unit.from_si(signal.low), signal.unit.from_si(signal.high), signal.unit
        shown = unit.from_si(value)
        raise OutOfRange(f"{asset}.{signal.name}", f"{shown:g} {unit.symbol}", f"must be {low:g} … {high:g}")
