"""What a device must show once a command took effect: the value in its register, and the effect its signal names."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from control.bus.message.command import Command
from control.bus.quality import is_bad
from control.commands.guard import shown
from plant.asset.profile.point import Point
from plant.asset.tag import Tag

Values = Mapping[str, tuple[float, int]]  # value and quality by tag


class Expectation:
    """Whether what is read shows that one command took effect."""

    def __init__(self, command: Command, tag: Tag, point: Point, served: Collection[str]):
        """``served`` are the tags that devices show."""
        self._command, self._signal = command, tag.signal
        self._tolerance = tolerance(point, command.value)
        self._is_read = tag.signal.kind == "setpoint" and not point.is_write_only
        self._named = f"{tag.asset}.{tag.signal.confirmed_by}" if tag.signal.confirmed_by else None
        self._effect = self._named if self._named in served else None
        self.readback: float | None = None
        self.seen = "nothing was read back"

    @property
    def unobservable(self) -> str:
        """Why nothing can show that it took effect; empty where something can."""
        if self._is_read or self._effect:
            return ""
        return f"no device shows {self._named}" if self._named else "its register cannot be read"

    def is_met(self, values: Values) -> bool:
        """Whether these values show it; otherwise ``seen`` says what they show."""
        if self._is_read and not self._is_held(values):
            return False
        return self._effect is None or self._is_effective(values)

    def _is_held(self, values: Values) -> bool:
        self.readback = usable(values, self._command.tag)
        if self.readback is None:
            self.seen = "its register reads back Bad"
            return False
        self.seen = f"reads back {shown(self.readback, self._signal)}"
        return abs(self.readback - self._command.value) <= self._tolerance

    def _is_effective(self, values: Values) -> bool:
        effect = usable(values, self._effect or "")
        self.seen = f"{self._effect} is {'Bad' if effect is None else f'{effect:g}'}"
        return effect in (self._signal.confirms or (self._command.value,))


def tolerance(point: Point, value: float) -> float:
    """How far a value may read back from what was written (SI): half a step of its register, or single precision."""
    return max(0.501 * point.unit.delta_to_si(point.resolution), 1e-6 * abs(value), 1e-9)


def usable(values: Values, tag: str) -> float | None:
    """The tag's value, if there is one that can be used."""
    value, code = values.get(tag, (math.nan, 0))
    return None if is_bad(code) or not math.isfinite(value) else value
