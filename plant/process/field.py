"""The whole field in motion: the truth that devices measure and drive.

Stepped on a SimPy environment, so that it runs beside other processes in plant time, at any pace
(:func:`plant.process.pace.pace`).
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import simpy

from plant.asset.field import Field
from plant.process.flowline import FlowlineParameters, flowline_parameters
from plant.process.gathering import Gathering
from plant.process.parameter import Array, well_parameters
from plant.process.perturbation import perturb
from plant.process.separator import SeparatorVessel, Stream
from plant.process.tanks import Tanks
from plant.process.wells import Wells

STEP = 0.2  # of plant time [s]
SETTLING_STEP, SETTLING_STEPS = 1.0, 900  # to steady state before the start: a quarter of an hour, in strides

SIGNALS = {
    "Well": (
        "Frequency", "ShaftSpeed", "Current", "Voltage", "IntakePressure", "DischargePressure",
        "MotorTemperature", "IntakeTemperature", "WellheadPressure", "WellheadTemperature",
        "FlowlinePressure", "Choke", "Flow",
    ),
    "Manifold": ("Pressure", "Flow"),
    "Separator": (
        "Pressure", "Temperature", "OilLevel", "WaterLevel", "OilFlow", "WaterFlow", "GasFlow",
        "OilValve", "WaterValve", "GasValve",
    ),
    "Tank": ("Level",),
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
        parameters, lines = well_parameters(field), flowline_parameters(field)
        if seed is not None:
            perturb(parameters, seed)
        self.wells = Wells(field, parameters)
        self.gathering = Gathering(field, lines)
        self.tanks = Tanks(field.tanks)
        self.separator = _vessel(field, lines)
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
        self._step_wells(dt)
        vessel, gathering = self.separator, self.gathering
        stream = Stream(*gathering.delivered.tolist())
        targets = [float(self.inputs[f"Separator.{valve}"][0]) for valve in ("OilValve", "WaterValve", "GasValve")]
        vessel.step(dt, stream, self._arriving_temperature(), targets)
        self.tanks.step(dt, vessel.outflow.oil, vessel.outflow.water)

    def _run(self) -> Generator[simpy.Event, None, None]:
        while True:
            yield self.env.timeout(self.dt)
            self.step(self.dt)
            self._publish()

    def _step_wells(self, dt: float) -> None:
        wells, gathering = self.wells, self.gathering
        wells.step(dt, self.inputs, gathering.pressure[gathering.manifold_of])
        gathering.step(
            dt, wells.outflow, wells.parameters.water_cut, wells.parameters.gor,
            self.separator.pressure, self.separator.temperature,
        )  # fmt: skip

    def _settle(self) -> None:
        """Let wells and lines come to rest against a separator that is held still; then open its valves to match."""
        for _ in range(SETTLING_STEPS):
            self._step_wells(SETTLING_STEP)
            self.wells.settle_temperatures()
        self.separator.temperature = self._arriving_temperature()
        self.separator.balance(Stream(*self.gathering.delivered.tolist()))
        for valve, opening in zip(("OilValve", "WaterValve", "GasValve"), self.separator.opening, strict=True):
            self.inputs[f"Separator.{valve}"][0] = opening

    def _arriving_temperature(self) -> float:
        """Of all wells' liquid together; the separator's own when none flows."""
        flow = self.wells.outflow
        total = flow.sum()
        return float(flow @ self.wells.temperatures.wellhead / total) if total > 0.0 else self.separator.temperature

    def _initial_inputs(self) -> dict[str, Array]:
        wells = self.field.wells
        return {
            "Well.Energised": np.ones(len(wells), bool),
            "Well.Attached": np.ones(len(wells), bool),
            "Well.FrequencyTarget": np.array([well.measured.frequency for well in wells]),
            "Well.ChokeTarget": np.array([well.choke.opening for well in wells]),
            **{f"Separator.{valve}": np.zeros(1) for valve in ("OilValve", "WaterValve", "GasValve")},
        }

    def _empty_signals(self) -> dict[str, Array]:
        counts = {
            "Well": len(self.field.wells),
            "Manifold": len(self.field.manifolds),
            "Separator": 1,
            "Tank": len(self.field.tanks),
        }
        return {f"{kind}.{name}": np.zeros(counts[kind]) for kind, names in SIGNALS.items() for name in names}

    def _publish(self) -> None:
        """Copy the state into the arrays that everyone holds."""
        for key, values in self._state().items():
            self.signals[key][...] = values

    def _state(self) -> dict[str, Array | float]:
        wells, vessel = self.wells, self.separator
        drives, liquid, heat = wells.drives, wells.hydraulics, wells.temperatures
        oil_level, water_level = vessel.levels
        intake, discharge = liquid.pump_pressures(wells.mu)
        return {
            "Well.Frequency": drives.frequency,
            "Well.ShaftSpeed": drives.speed * wells.parameters.test_frequency,
            "Well.Current": drives.current,
            "Well.Voltage": drives.voltage,
            "Well.IntakePressure": intake,
            "Well.DischargePressure": discharge,
            "Well.MotorTemperature": heat.motor,
            "Well.IntakeTemperature": heat.intake,
            "Well.WellheadPressure": liquid.wellhead_pressure(),
            "Well.WellheadTemperature": heat.wellhead,
            "Well.FlowlinePressure": wells.p_line,
            "Well.Choke": wells.choke,
            "Well.Flow": wells.outflow,
            "Manifold.Pressure": self.gathering.pressure,
            "Manifold.Flow": self.gathering.inflow,
            "Separator.Pressure": vessel.pressure,
            "Separator.Temperature": vessel.temperature,
            "Separator.OilLevel": oil_level,
            "Separator.WaterLevel": water_level,
            "Separator.OilFlow": vessel.outflow.oil,
            "Separator.WaterFlow": vessel.outflow.water,
            "Separator.GasFlow": vessel.outflow.gas,
            "Separator.OilValve": vessel.opening[0],
            "Separator.WaterValve": vessel.opening[1],
            "Separator.GasValve": vessel.opening[2],
            "Tank.Level": self.tanks.levels,
        }


def _vessel(field: Field, lines: FlowlineParameters) -> SeparatorVessel:
    """The separator, its valves sized for the measured rates."""
    water = float(lines.water_cut @ lines.rate)
    design = Stream(float(lines.rate.sum()) - water, water, float(lines.gas_rate.sum()))
    densities = float(lines.oil_density.mean()), float(lines.water_density.mean())
    temperature = float(lines.rate @ lines.temperature / lines.rate.sum())
    return SeparatorVessel(field.separator, design, densities, temperature)
