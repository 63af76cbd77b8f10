"""The ground of a drill: a simulated field that is played on in shortened time, with nobody on its wires.

What is done goes to its devices as a master would write it, so they refuse what they refuse on the wire.
"""

from __future__ import annotations

from functools import cached_property

from hil.event import WRITE, Event
from plant.asset.bench import Bench, Device
from plant.asset.field import Field
from plant.asset.tag import asset_of, signal_of
from plant.error import GemeloError, Unknown
from plant.process.array_file import Arrays
from scenarios.drill.drill import Deed
from simulators.field import SimulatedField


class Ground:
    """A field at rest, or as another was ``saved``."""

    def __init__(self, field: Field, bench: Bench, seed: int = 0, saved: Arrays | None = None):
        self.field, self.bench, self.seed = field, bench, seed
        self.simulated = SimulatedField(field, bench, seed=seed, saved=saved)
        self._origin = self.simulated.env.now

    @property
    def time(self) -> float:
        """Plant time since it was made [s]."""
        return self.simulated.env.now - self._origin

    def let_pass(self, until: float) -> None:
        """Let plant time go on to ``until``."""
        if until > self.time:
            self.simulated.env.run(until=self._origin + until)

    def befall(self, event: Event) -> None:
        """Do what an event of the timeline says."""
        if event.do == WRITE:
            self.write(event.target, float(event.value or 0.0))
        elif event.order is not None:
            self.simulated.faults.do(event.order)
            self.simulated.feel()

    def write(self, tag: str, value: float) -> Deed:
        """Write as a master does; the deed says where the device refused."""
        device = self._primary.get(tag)
        if device is None:
            raise Unknown("writable tag", tag)
        try:
            self.simulated.devices[device.name].write(self._signal(device, tag), value)
        except GemeloError as error:
            return Deed(self.time, tag, value, str(error))
        return Deed(self.time, tag, value)

    def reading(self, tag: str) -> float:
        """What its device shows of a tag, SI; NaN of what none shows."""
        device = self._primary.get(tag)
        if device is None:
            return float("nan")
        return self.simulated.devices[device.name].readings()[self._signal(device, tag)].value

    def truth(self, tag: str) -> float:
        """What is true of it: of a measurement that behind its instrument, of all else what its device shows."""
        kind, name = tag.partition(".")[0], signal_of(tag)
        measured = self.simulated.plant.signals.get(f"{kind}.{name}")
        return self.reading(tag) if measured is None else float(measured[self.simulated.plant.index(asset_of(tag))])

    def clone(self) -> Ground:
        """Another that goes on from here by itself, to the bit."""
        return Ground(self.field, self.bench, self.seed, self.simulated.save())

    @cached_property
    def _primary(self) -> dict[str, Device]:
        return {tag: device for tag, device in self.bench.primary().items() if device.is_simulated}

    @staticmethod
    def _signal(device: Device, tag: str) -> str:
        role = next(role for role, asset in device.assets.items() if asset == asset_of(tag))
        return f"{role}.{signal_of(tag)}"
