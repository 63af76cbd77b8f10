"""A manner: how a device behaves on its wire, whatever it measures. A sound one answers at once and does as told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from control.bus.quality import BAD_DEVICE_FAILURE
from plant.error import CommandRefused

Value = TypeVar("Value")


@dataclass(frozen=True)
class Manner:
    """What keeps a master from a plain answer at present; the wires and the device look it up as they answer."""

    is_silent: bool = False  # it hears, and says nothing
    delay: float = 0.0  # before each answer [s of the wall] …
    slow_share: float = 1.0  # … or before this share of them
    exception: int = 0  # Modbus exception that every request is answered with; 0: none
    busy_share: float = 0.0  # of requests that are answered with that the device is busy
    is_swapped: bool = False  # values of several registers come with their words in reverse
    moved_by: int = 0  # by how many places all lies further on than its manual says
    most_registers: int = 0  # of one read; 0: as many as the protocol permits
    long_code: int = 0  # exception that a longer one is answered with; 0: none, it says nothing
    has_gaps: bool = False  # a read that touches what its map leaves out fails …
    gap_code: int = 0  # … with this exception; 0: none, it says nothing
    refused_function: int = 0  # Modbus function that it does not have; 0: none
    is_confused: bool = False  # it answers a read under another read's number
    pause: float = 0.0  # for which it hears nothing after a request [s of the wall]
    closes_after: int = 0  # answers, after which it ends the connection; 0: never
    idle: float = 0.0  # after which it ends a connection on which nothing comes [s of the wall]; 0: never
    most_masters: int = 0  # that it takes at a time; 0: as many as come
    clock_error: int = 0  # of its clock [ns]
    stood_at: float | None = None  # when its clock came to stand [s of plant time]; None: it goes
    ignores_setpoints: bool = False  # they are acknowledged, and nothing follows
    is_sound: bool = field(init=False)  # nothing is wrong with it: looked up with every request

    def __post_init__(self) -> None:
        usual = all(getattr(self, each.name) == each.default for each in fields(self) if each.init)
        object.__setattr__(self, "is_sound", usual)

    @property
    def status(self) -> int:
        """What all that it shows bears as its status, on wires that have one; 0: each its own."""
        return BAD_DEVICE_FAILURE if self.exception else 0

    def check(self, name: str, number: int) -> None:
        """Raise :class:`CommandRefused` where its request of this ``number`` is not heard at all."""
        if self.exception or is_turn(number, self.busy_share):
            raise CommandRefused(name, number, "the device has failed" if self.exception else "the device is busy")

    def wait(self, number: int) -> float:
        """How long its answer of this ``number`` takes [s of the wall]."""
        return self.delay if self.delay and is_turn(number, self.slow_share) else 0.0


SOUND = Manner()


def is_turn(number: int, share: float) -> bool:
    """Whether it is the turn of one of many, where only a share of them is concerned: evenly, and without a lot."""
    return int(number * share) > int((number - 1) * share)


def moved(shown: Mapping[str, Value], by: int) -> Mapping[str, Value]:
    """Values under the names of others: each stands so many names further on than it should."""
    names = list(shown)
    return {names[(i + by) % len(names)]: value for i, value in enumerate(shown.values())} if by else shown
