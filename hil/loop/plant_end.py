"""The plant's end of a closed loop: what its instruments show, and the valves and setpoints that are moved."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from control.bus import quality
from hil.loop.loop_file import Terminal
from plant.error import CommandRefused, OutOfRange, Unknown
from simulators.device import Indication
from simulators.field import SimulatedField

Move = Callable[[float], None]


class PlantEnd:
    """Instruments and actuators of a simulated field. Raises :class:`Unknown` for a tag that it has not."""

    def __init__(self, field: SimulatedField, inputs: Sequence[Terminal], outputs: Sequence[Terminal]):
        self._field, self._primary, self.refused = field, field.bench.primary(), 0
        self._shown = [self._served(one.tag) for one in inputs]
        self._moves = [self._valve(one.tag) or self._setpoint(one.tag) for one in outputs]

    def show(self) -> list[float]:
        """What the instruments of the inputs show now, SI; NaN for one that has failed."""
        readings = {name: self._field.devices[name].readings() for name in {name for name, _ in self._shown}}
        return [_value(readings[name][key]) for name, key in self._shown]

    def move(self, values: Sequence[float]) -> None:
        """Let the actuators go there, SI; one that is NaN stays. What a device refuses is counted."""
        for act, value in zip(self._moves, values, strict=True):
            if math.isnan(value):
                continue
            try:
                act(value)
            except (OutOfRange, CommandRefused):
                self.refused += 1

    def _served(self, tag: str) -> tuple[str, str]:
        """Which simulated device shows it, and by what name."""
        device = self._primary.get(tag)
        if device is None or device.name not in self._field.devices:
            raise Unknown("tag", tag)
        point = device.tags()[tag]
        return device.name, f"{point.role}.{point.signal.name}"

    def _valve(self, tag: str) -> Move | None:
        """What moves a valve of the plant itself, its own controller out of the way; None for what is no such valve."""
        asset, _, name = tag.rpartition(".")
        key = f"{asset.partition('.')[0]}.{name}"
        if key not in self._field.plant.inputs or asset not in self._field.field.assets():
            return None
        if (control := self._field.site.separators.get(asset)) is not None:
            control.leave(name)
        row, i = self._field.plant.inputs[key], self._field.plant.index(asset)

        def move(value: float) -> None:
            row[i] = min(max(value, 0.0), 1.0)

        return move

    def _setpoint(self, tag: str) -> Move:
        """What writes a setpoint to its simulated device, as a master would."""
        name, key = self._served(tag)
        if not self._primary[tag].tags()[tag].signal.is_writable:
            raise Unknown("output", tag)
        device = self._field.devices[name]
        return lambda value: device.write(key, value)


def _value(shown: Indication) -> float:
    return math.nan if quality.is_bad(shown.quality) else shown.value
