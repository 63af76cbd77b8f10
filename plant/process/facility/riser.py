"""Risers that may slug severely: gas gathers before the foot until it outweighs the column, then blows it out.

Three stocks as Di Meglio and others take them: the bubble before the foot, and gas and liquid in the riser.
Gas passes the foot only while the bubble's pressure exceeds that of the column on it; meanwhile liquid piles
up. That is a relaxation, and it goes on for as long as the choke at the top is open too wide for its gas.

F. Di Meglio, G.-O. Kaasa, N. Petit, "A first principle model for multiphase slugging flow in vertical risers",
48th IEEE Conference on Decision and Control, 2009.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from plant.asset.facility import Riser
from plant.physics.valve import P_SC, T_SC
from plant.process.facility.part import Part
from plant.process.parameter import Array, G

SUBSTEP = 0.1  # [s]
PASSED = 0.1  # share of the gas that passes the foot without waiting in the bubble
STILL = 0.15  # share of a full riser's liquid that a blow-out leaves behind
FOOT = 10.0  # design gas that passes the foot at a tenth of a full column's weight above it
LEAST_GAS_SPACE = 0.03  # of a riser that is full
TINY = 1e-30


@dataclass
class RiserParameters:
    """One array per parameter, one element per riser; SI."""

    height: Array
    area: Array
    base_volume: Array
    top_opening: Array
    base_gas: Array
    top_size: Array  # flow coefficient of the choke [m²]
    foot: Array  # gas through the foot per pressure [m³/s/Pa]


class Risers(Part):
    """What they hold, as arrays over the risers."""

    bubble: Array  # gas before the foot [m³ at standard conditions]
    gas: Array  # in the riser
    liquid: Array  # oil and water in the riser, shape (2, k) [m³]
    outflow: Array  # what leaves at the top, shape (3, k) [m³/s]
    injected: Array  # gas let in at the foot since the start [m³ at standard conditions]

    def __init__(self, risers: tuple[Riser, ...], design: Array, density: float, T: float, p_top: float):
        """``design`` is the stream (3, k) that the choke at its opening passes with a tenth of the pressure lost."""
        height, diameter, base_volume, opening, gas = (
            np.array([getattr(one, name) for one in risers], float)
            for name in ("height", "diameter", "base_volume", "top_opening", "base_gas")
        )
        area = 0.25 * np.pi * diameter**2
        self._density, self._per_volume = density, P_SC * T / T_SC
        rate = design[0] + design[1]
        weight = density * G * height
        self.parameters = RiserParameters(
            height, area, base_volume, opening, gas,
            top_size=rate / np.maximum(opening, 0.05) / math.sqrt(0.1 * p_top / density),
            foot=FOOT * np.maximum(design[2], 1e-6) / (0.1 * weight),
        )  # fmt: skip
        volume = area * height
        liquid = 0.7 * volume * design[:2] / rate
        p_start = 1.1 * p_top
        super().__init__(
            bubble=(p_start + 0.7 * weight) * base_volume / self._per_volume,
            gas=p_start * 0.3 * volume / self._per_volume, liquid=liquid, outflow=design.copy(),
            injected=np.zeros(len(risers)),
        )  # fmt: skip

    @property
    def base_pressure(self) -> Array:
        """In the bubble before the foot, which the line runs into [Pa]."""
        return self.bubble * self._per_volume / self.parameters.base_volume

    @property
    def top_pressure(self) -> Array:
        """Before the choke at the top [Pa]."""
        volume = self.parameters.area * self.parameters.height
        space = np.maximum(volume - self.liquid.sum(axis=0), LEAST_GAS_SPACE * volume)
        return self.gas * self._per_volume / space

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        oil, water = self.liquid.sum(axis=1)
        return np.array([oil, water, self.gas.sum() + self.bubble.sum()])

    def step(self, dt: float, stream: Array, p_behind: float) -> Array:
        """Take in a stream (3, k) [m³/s] for ``dt`` [s]; returns what leaves at the top meanwhile."""
        parts = max(math.ceil(dt / SUBSTEP - 1e-9), 1)
        out = np.zeros_like(stream)
        for _ in range(parts):
            out += self._advance(dt / parts, stream, p_behind)
        self.outflow[:] = out / dt
        self.injected += self.parameters.base_gas * dt
        return self.outflow

    def _advance(self, h: float, stream: Array, p_behind: float) -> Array:
        p, gas_in = self.parameters, stream[2]
        column = self._density * G * self.liquid.sum(axis=0) / p.area
        p_top = self.top_pressure
        per_pressure = p.base_volume / self._per_volume
        excess = np.maximum(self.base_pressure - p_top - column, 0.0)
        passed = excess * per_pressure * -np.expm1(-h * p.foot / per_pressure)
        self.bubble += (1.0 - PASSED) * gas_in * h - passed
        self.gas += (PASSED * gas_in + p.base_gas) * h + passed
        self.liquid += stream[:2] * h
        return self._let_out(h, p_top, p_behind)

    def _let_out(self, h: float, p_top: Array, p_behind: float) -> Array:
        """Through the choke: liquid above what lies still, and gas in the proportion it stands with that."""
        p = self.parameters
        held = np.maximum(self.liquid.sum(axis=0), TINY)
        moving = np.maximum(held - STILL * p.area * p.height, 0.0) + 1e-3 * p.area * p.height
        q = p.top_opening * p.top_size * np.sqrt(np.maximum(p_top - p_behind, 0.0) / self._density)
        share = -np.expm1(-q * h / moving)
        gas = self.gas * share
        liquid = self.liquid * np.minimum(share * moving / held, 1.0)
        self.gas -= gas
        self.liquid -= liquid
        return np.concatenate((liquid, gas[None]))
