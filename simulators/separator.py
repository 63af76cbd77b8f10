"""How a separator is held: its pressure by the gas valve, its levels by the oil and water valves.

A controller sees what its instruments show, so a frozen level transmitter deceives it as it would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from control.loops.pid import Pid, PidState
from simulators.instrument import InstrumentBank

SCAN = 0.5  # plant time between two scans [s]


class Loop(NamedTuple):
    """One loop: what it holds, at what, by which valve."""

    measured: str
    setpoint: str
    valve: str
    pid: Pid


LOOPS = (
    Loop("Pressure", "PressureReference", "GasValve", Pid(gain=4e-6, integral_time=60.0)),
    Loop("OilLevel", "OilLevelReference", "OilValve", Pid(gain=4.0, integral_time=300.0)),
    Loop("WaterLevel", "WaterLevelReference", "WaterValve", Pid(gain=4.0, integral_time=300.0)),
)


class SeparatorControl:
    """The three loops of one separator. They take over where the plant stands, without a bump."""

    def __init__(
        self,
        asset: str,
        position: int,
        signals: Mapping[str, np.ndarray],
        inputs: Mapping[str, np.ndarray],
        instruments: InstrumentBank,
    ):
        self._asset, self._position, self._inputs, self._instruments = asset, position, inputs, instruments
        self._elsewhere: set[str] = set()  # valves that another controller moves
        self.setpoints = {loop.setpoint: float(signals[f"Separator.{loop.measured}"][position]) for loop in LOOPS}
        shown = instruments.read(asset)
        self._states = [
            loop.pid.bumpless(
                float(inputs[f"Separator.{loop.valve}"][position]), self.setpoints[loop.setpoint], shown[loop.measured]
            )
            for loop in LOOPS
        ]

    def save(self) -> dict[str, np.ndarray]:
        """Setpoints, and what its controllers remember."""
        setpoints = np.array([self.setpoints[loop.setpoint] for loop in LOOPS])
        return {"setpoints": setpoints, "states": np.array(self._states)}

    def restore(self, saved: Mapping[str, np.ndarray]) -> None:
        """Be as a separator's control was that was saved."""
        for loop, setpoint in zip(LOOPS, saved["setpoints"].tolist(), strict=True):
            self.setpoints[loop.setpoint] = setpoint
        self._states = [PidState(*state) for state in saved["states"].tolist()]

    def leave(self, valve: str) -> None:
        """Leave a valve to another controller."""
        self._elsewhere.add(valve)

    def scan(self, dt: float) -> None:
        """Look, and move the valves that are ours."""
        shown = self._instruments.read(self._asset)
        for k, loop in enumerate(LOOPS):
            if loop.valve in self._elsewhere:
                continue
            state = loop.pid.step(self._states[k], self.setpoints[loop.setpoint], shown[loop.measured], dt)
            self._states[k] = state
            self._inputs[f"Separator.{loop.valve}"][self._position] = state.output
