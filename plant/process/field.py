"""The whole field in motion: the truth that devices measure and drive.

It is built as its file says it was measured; ``settle`` brings it to rest, ``restore`` to where another was, and
``start`` lets it run. :func:`plant.process.settled.settled_field` does all three for whoever wants a field that runs.
Stepped on a SimPy environment, so that it runs beside other processes in plant time, at any pace.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np
import simpy

from plant.asset.field import Field
from plant.process.compilation import prepare
from plant.process.facility.flowline import flowline_parameters
from plant.process.facility.power import ALIVE
from plant.process.facility.station import Station
from plant.process.injection_feed import InjectionFeed
from plant.process.lift_line import LiftLine, takes_gas
from plant.process.malfunction import Malfunctions
from plant.process.parameter import Array
from plant.process.parameter_table import parameter_table
from plant.process.producer import Producers
from plant.process.signal import blank_signals, field_signals
from plant.process.snapshot import cloned, restore, save

STEP = 0.2  # of plant time [s]
SETTLING_STEP, SETTLING_STEPS = 1.0, 650  # to steady state before the start: some minutes, in strides
WARM_UP_STEPS = 120  # more, where the field has generators that its machines would pull down at once


class FieldProcess:
    """The whole field's truth, stepped on a SimPy environment.

    ``signals`` holds the noise-free truth by ``"{AssetType}.{Signal}"``, an array over the assets of that
    type in the field's order, in SI, updated in place each step. ``inputs`` is what devices drive, by
    the same kind of name; ``parameters`` what the plant is, by asset type and name (:mod:`.parameter_table`).

    A ``seed`` moves its hidden parameters, always the same way; ``None`` leaves them nominal.
    """

    def __init__(
        self, field: Field, *, seed: int | None = 0, dt: float = STEP
    ):  # fmt: skip
        prepare()
        self.field, self.dt = field, dt
        self.env = simpy.Environment()
        self.time = np.zeros(1)  # of the plant, since its start [s]
        self.producers = Producers(field, seed)
        self.wells, self.gas_lift, self.natural = self.producers.groups
        self.station = Station(field, flowline_parameters(field))
        self.gathering = self.station.gathering
        self.lift_line = LiftLine(field, self.station.gas) if takes_gas(field) else None
        self.feed = InjectionFeed(field, seed) if field.injectors else None
        self.injectors = self.feed.injectors if self.feed else None
        self.parameters = parameter_table(self)
        self.malfunctions = Malfunctions(self)
        self.inputs = self._initial_inputs()
        self.signals = blank_signals(field)
        self.publish()

    def index(self, asset: str) -> int:
        """Position of an asset in the arrays of its type."""
        return self.field.index(asset)

    def step(self, dt: float) -> None:
        """Advance the whole field by ``dt`` [s]."""
        self.malfunctions.step(dt)
        self._move(dt)
        self.time += dt

    def start(self, env: simpy.Environment | None = None, first: float | None = None) -> None:
        """Run on an environment, by default one of its own, the ``first`` step after so long [s], by default ``dt``."""
        self.env = simpy.Environment() if env is None else env
        self._due = self.env.now + (self.dt if first is None else first)
        self.env.process(self._run())

    def save(self) -> dict[str, Array]:
        """Every array that moves, copied, by name; fit for :func:`numpy.savez`."""
        return save(self)

    def restore(self, saved: Mapping[str, Array]) -> None:
        """Go back to what was saved, to the last bit. The environment's clock goes on; ``time`` is the plant's own.

        Raises :class:`ConfigError` with everything that is missing, unknown or of another size.
        """
        restore(self, saved)
        self.publish()

    def clone(self, env: simpy.Environment | None = None) -> FieldProcess:
        """Another field in the same state, on an environment of its own, which may run ahead."""
        return cloned(self, env)

    @property
    def until_step(self) -> float:
        """Time of the environment to the next step [s]."""
        return self._due - self.env.now

    def _run(self) -> Generator[simpy.Event, None, None]:
        while True:
            yield self.env.timeout(self.until_step)
            self.step(self.dt)
            self._due = self.env.now + self.dt
            self.publish()

    def _move(self, dt: float) -> None:
        self._produce(dt)
        water = self.feed.step(dt, self.inputs, self.station, self.lift_line) if self.feed else 0.0
        gas = self.lift_line.wanted(dt, self.station.gas) if self.lift_line else 0.0
        self.station.step(dt, *self._arriving(), self.inputs, self.wells.slow.power, water, gas)
        if self.lift_line:
            self.lift_line.step(dt, gas, float(self.station.border.given_lift[0]), self.station.gas.holds)

    def _produce(self, dt: float) -> None:
        supply = self.station.well_supply * self.inputs["Well.Supply"]
        powered = self.inputs["Well.Energised"].astype(bool) & (supply > ALIVE)
        inputs: dict[str, Any] = self.inputs | {"Well.Energised": powered}
        taken = self.producers.step(dt, inputs, self.gathering, supply, self.lift_line.level if self.lift_line else 0.0)
        if self.lift_line:
            self.lift_line.give(taken)

    def _arriving(self) -> tuple[Array, Array]:
        """What comes to the manifolds, and its temperatures."""
        return self.producers.arriving(self.gathering)

    def settle(self) -> None:
        """Let wells and lines come to rest against a separator that is held still; then open its valves to match."""
        self.producers.settle(self.inputs, self.gathering)
        with self.wells.tight():
            for _ in range(SETTLING_STEPS):
                self._produce(SETTLING_STEP)
                self.station.bring(SETTLING_STEP, *self._arriving())
                self.wells.settle_temperatures()
        if self.feed:
            self.feed.settle(self.inputs, self.station)
        if self.lift_line:
            self.lift_line.fill()
        self.station.settle(*self._arriving(), self.wells.slow.power)
        self.inputs.update(self.station.inputs())
        if self.field.generators:
            self._warm_up()
        self.publish()

    def _warm_up(self) -> None:
        """Let machines come to the load that they will have on a bus that nothing slows down meanwhile."""
        for _ in range(WARM_UP_STEPS):
            self._move(SETTLING_STEP)
            self.station.start_power(self.wells.slow.power)

    def _initial_inputs(self) -> dict[str, Array]:
        injecting = self.feed.inputs() if self.feed else {}
        return self.producers.inputs(self.field) | injecting | self.station.inputs()

    def publish(self) -> None:
        """Copy the state into the arrays that everyone holds."""
        for key, values in field_signals(self).items():
            self.signals[key][...] = values
