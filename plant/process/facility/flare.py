"""Flares: a valve opens to them when the separator's pressure passes a limit, and what comes burns, if lit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.facility import Flare
from plant.physics.valve import gas_valve_rate
from plant.process.facility.actuator import ValveParameters, Valves
from plant.process.facility.line import ATMOSPHERE
from plant.process.facility.part import Part
from plant.process.parameter import Array

BAND = 0.1  # share of the set pressure in which the valve opens fully
STROKE_TIME = 3.0  # of its fast actuator [s]
T_DESIGN = 300.0
TINY = 1e-30


@dataclass
class FlareParameters:
    """What a flare's valve holds, and faults, neutral as built."""

    pressure: Array  # at which the valve begins to open [Pa]
    size: Array  # of the valve [m²]
    flame: Array  # 1 lit … 0 out
    tip: Array  # share of the tip that is open


class Flares(Part):
    """What goes up them; arrays over the flares."""

    flow: Array  # oil, water, gas, shape (3, n) [m³/s]
    flared: Array  # burnt since the start, shape (3, n) [m³]
    vented: Array  # gone unburnt

    def __init__(self, flares: tuple[Flare, ...]):
        n = len(flares)
        pressure, rate = (np.array([getattr(one, name) for one in flares], float) for name in ("pressure", "rate"))
        size = rate / gas_valve_rate(1.0, (1.0 + BAND) * np.maximum(pressure, 1.0), ATMOSPHERE, T_DESIGN, 1.0)
        self.parameters = FlareParameters(pressure, size, np.ones(n), np.ones(n))
        self.valve = Valves(ValveParameters.sound(n, 1.0, STROKE_TIME), 0.0)
        super().__init__(flow=np.zeros((3, n)), flared=np.zeros((3, n)), vented=np.zeros((3, n)))

    def step(self, dt: float, pressure: float) -> float:
        """Move the valves by the separator's pressure; returns how open the way up is [m²]."""
        p = self.parameters
        self.valve.step(dt, (pressure - p.pressure) / (BAND * p.pressure))
        return float(self._open().sum())

    def burn(self, dt: float, through_valves: Array, relieved: Array) -> None:
        """Take what came through the valves, by how open each is, and what the relief valve let out, in equal parts."""
        ways = self._open()
        share = (ways + TINY) / (ways + TINY).sum()
        self.flow[:] = through_valves[:, None] * share + relieved[:, None] / len(ways)
        lit = self.parameters.flame >= 0.5
        self.flared += self.flow * (lit * dt)
        self.vented += self.flow * (~lit * dt)

    def _open(self) -> Array:
        return self.valve.passing() * self.parameters.size * self.parameters.tip
