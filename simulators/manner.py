"""A manner: how a device behaves on its wire, whatever it measures. A sound one answers at once and does as told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Manner:
    """What keeps a master from a plain answer at present; the wires and the device look it up as they answer."""

    is_silent: bool = False  # it hears, and says nothing
    delay: float = 0.0  # before each answer [s of the wall]
    exception: int = 0  # Modbus exception that every request is answered with; 0: none
    is_swapped: bool = False  # values of several registers come with their words in reverse
    clock_error: int = 0  # of its clock [ns]
    ignores_setpoints: bool = False  # they are acknowledged, and nothing follows
