"""Points: one signal of a device each, where it lies, what it means, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plant.asset.profile.meaning import PLAIN, Absent, Meaning, Raw
from plant.asset.protocol.mqtt import Key
from plant.asset.protocol.opcua import Node
from plant.asset.register import Register
from plant.asset.signal import Signal
from plant.unit import Unit

Address = Register | Node | Key


@dataclass(frozen=True)
class Write:
    """How a point is written, where that differs from how it is read."""

    address: Address
    meaning: Meaning
    value: float | None = None  # raw, what a command writes; None: the meaning of the value


@dataclass(frozen=True)
class ScaleAt:
    """Where a device says a point's scale: its value, or 10 to its power."""

    address: Address
    is_power: bool = False


@dataclass(frozen=True)
class Point:
    """One signal of a device: what it is, where it lies, the unit the device speaks, and what its raw value means."""

    role: str
    signal: Signal
    unit: Unit
    address: Address
    meaning: Meaning = PLAIN
    write: Write | None = None
    scale_at: ScaleAt | None = None
    is_write_only: bool = False

    @property
    def target(self) -> Write:
        """How it is written."""
        return self.write or Write(self.address, self.meaning)

    @property
    def resolution(self) -> float:
        """Smallest step that it can show, in its unit; 0 where that is not known."""
        step = self.address.resolution if isinstance(self.address, Register) else 0.0
        return abs(self.meaning.scale) * step

    def si(self, raw: Raw) -> float | Absent:
        """The SI value that a raw one means."""
        value = self.meaning.value(raw)
        return value if isinstance(value, Absent) else float(self.unit.to_si(value))

    def raw(self, si: float) -> float | int | str:
        """The raw value that shows an SI one, as a device answers it. Raises :class:`OutOfRange` where none does."""
        return self.meaning.raw(float(self.unit.from_si(si)))

    def written(self, si: float, scale: float = 1.0) -> float | int | str:
        """The raw value to write for an SI one, ``scale`` being what the device says of its own.

        Raises :class:`OutOfRange` where none means it.
        """
        target = self.target
        if target.value is not None and si:
            return target.value
        meaning = target.meaning if scale == 1.0 else replace(target.meaning, scale=target.meaning.scale * scale)
        return meaning.raw(float(self.unit.from_si(si)))
