"""The whole field in motion: the truth that devices measure and drive.

Stepped on a SimPy environment, so that it runs beside other processes in plant time, at any pace
(:func:`plant.process.pace.pace`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator

import numpy as np
import simpy

from plant.asset.field import Field
from plant.process.esp.parameter import well_parameters
from plant.process.esp.wells import Wells
from plant.process.facility.flowline import flowline_parameters
from plant.process.facility.power import ALIVE
from plant.process.facility.signal import FACILITY_SIGNALS, station_signals
from plant.process.facility.station import Station
from plant.process.malfunction import Malfunctions
from plant.process.parameter import Array
from plant.process.perturbation import perturb

STEP = 0.2  # of plant time [s]
SETTLING_STEP, SETTLING_STEPS = 1.0, 900  # to steady state before the start: a quarter of an hour, in strides

SIGNALS = {
    "Well": (
        "Frequency", "ShaftSpeed", "Current", "Voltage", "ActivePower", "CurrentUnbalance", "HarmonicDistortion",
        "LeakageCurrent", "Vibration", "IntakePressure", "DischargePressure", "MotorTemperature", "IntakeTemperature",
        "WellheadPressure", "WellheadTemperature", "CasingPressure", "FlowlinePressure", "Choke", "Flow", "WaterCut",
        "GasFlow", "PumpFlow", "AnnulusLevel", "GasInPump",
    ),
    **FACILITY_SIGNALS,
}  # fmt: skip


class FieldProcess:
    """The whole field's truth, stepped on a SimPy environment.

    ``signals`` holds the noise-free truth by ``"{AssetType}.{Signal}"``, an array over the assets of that
    type in the field's order, in SI, updated in place each step. ``inputs`` is what devices drive, by
    the same kind of name. The field starts producing, near steady state, at its measured frequencies.

    A ``seed`` moves its hidden parameters, always the same way; ``None`` leaves them nominal.
    """

    def __init__(
        self, field: Field, *, seed: int | None = 0, dt: float = STEP, env: simpy.Environment | None = None
    ):  # fmt: skip
        self.field, self.dt = field, dt
        self.env = simpy.Environment() if env is None else env
        (parameters, pumps), lines = well_parameters(field), flowline_parameters(field)
        if seed is not None:
            perturb(parameters, seed)
        self.wells = Wells(field, parameters, pumps)
        self.station = Station(field, lines)
        self.gathering = self.station.gathering
        self.malfunctions = Malfunctions(self)
        self.inputs = self._initial_inputs()
        self.signals = self._empty_signals()
        self._settle()
        self._publish()
        self.env.process(self._run())

    def index(self, asset: str) -> int:
        """Position of an asset in the arrays of its type."""
        return self.field.index(asset)

    def step(self, dt: float) -> None:
        """Advance the whole field by ``dt`` [s]."""
        self.malfunctions.step(dt)
        self._step_wells(dt)
        self.station.step(dt, *self._arriving(), self.inputs, self.wells.slow.power)

    def _run(self) -> Generator[simpy.Event, None, None]:
        while True:
            yield self.env.timeout(self.dt)
            self.step(self.dt)
            self._publish()

    def _step_wells(self, dt: float) -> None:
        powered = self.inputs["Well.Energised"].astype(bool) & (self.station.well_supply > ALIVE)
        inputs = self.inputs | {"Well.Energised": powered}
        supply = self.inputs["Well.Supply"] * self.station.well_supply
        self.wells.step(dt, inputs, self.gathering.pressure[self.gathering.manifold_of], supply)

    def _arriving(self) -> tuple[Array, Array]:
        """What comes to the manifolds, and its temperatures."""
        return self.gathering.gather(self.wells.outflow, self.wells.slow.T_wh)

    def _settle(self) -> None:
        """Let wells and lines come to rest against a separator that is held still; then open its valves to match."""
        with self.wells.tight():
            for _ in range(SETTLING_STEPS):
                self._step_wells(SETTLING_STEP)
                self.station.bring(SETTLING_STEP, *self._arriving())
                self.wells.settle_temperatures()
        self.station.settle(*self._arriving(), self.wells.slow.power)
        self.inputs.update(self.station.inputs())

    def _initial_inputs(self) -> dict[str, Array]:
        wells = self.field.wells
        return {
            "Well.Energised": np.ones(len(wells), bool),
            "Well.Attached": np.ones(len(wells), bool),
            "Well.Supply": np.ones(len(wells)),  # share of nominal voltage at the drives
            "Well.FrequencyTarget": np.array([well.measured.frequency for well in wells]),
            "Well.ChokeTarget": np.array([well.choke.opening for well in wells]),
            **self.station.inputs(),
        }

    def _empty_signals(self) -> dict[str, Array]:
        counts = Counter(asset.partition(".")[0] for asset in self.field.assets())
        return {f"{kind}.{name}": np.zeros(counts[kind]) for kind, names in SIGNALS.items() for name in names}

    def _publish(self) -> None:
        """Copy the state into the arrays that everyone holds."""
        for key, values in self._state().items():
            self.signals[key][...] = values

    def _state(self) -> dict[str, Array | float]:
        return {
            **{f"Well.{name}": values for name, values in self.wells.signals().items()},
            **station_signals(self.station),
        }
