"""Compressors as numbers: their maps in one shape, their passages and drivers, and what may be wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.facility import Compressor
from plant.physics.compressor import R_GAS, CompressorMap, moore_greitzer_head, polytropic_efficiency
from plant.physics.valve import P_SC, T_SC, gas_valve_rate
from plant.process.parameter import Array

MOLAR_MASS = 0.020  # as the gas of the valves [kg/mol]
HEAT_RATIO = 1.27
RHO_SC = P_SC * MOLAR_MASS / (R_GAS * T_SC)
SHAPE = CompressorMap(1.0, 1.0, 0.75, 0.8, 1.35)  # of every machine, over its own crest
T_DESIGN = 310.0
STRAINER_LOSS = 0.02  # of the suction pressure at the rated rate
DELIVERY_LOSS = 0.05  # of the discharge pressure, over cooler and check valve


@dataclass
class MachineParameters:
    """One array per parameter, one element per compressor, SI; faults are neutral as built."""

    rate: Array  # at standard conditions [m³/s]
    suction_pressure: Array
    discharge_pressure: Array
    rated_power: Array
    efficiency: Array
    crest_flow: Array  # at suction [m³/s]
    crest_head: Array  # [J/kg]
    strainer_loss: Array  # [Pa/(m³/s)²]
    delivery_size: Array  # [m²]
    recycle_size: Array
    store: Array  # gas between machine and check valve per pressure [m³/Pa]
    trip: Array  # above a half: stops
    fouling: Array  # share of the head that is lost; of efficiency half of it
    driver: Array  # share of its power that the driver gives
    surge_guard: Array  # share of the anti-surge control's action
    strainer: Array  # share of the suction passage that is blocked
    cooler: Array  # share of the aftercooler's effect
    check_leak: Array  # share of the way that a shut check valve leaves open

    def head_and_efficiency(self, flow: Array, speed: Array) -> tuple[Array, Array]:
        """At a rate at suction and a speed over the rated one [J/kg, -]."""
        x = flow / self.crest_flow
        head = self.crest_head * (1.0 - self.fouling) * moore_greitzer_head(x, speed, SHAPE)
        relative = polytropic_efficiency(x, speed, SHAPE) / SHAPE.efficiency
        return head, self.efficiency * (1.0 - 0.5 * self.fouling) * relative


STORE_TIME = 2.0  # in which the rated rate would fill what lies between machine and check valve [s]


def machine_parameters(compressors: tuple[Compressor, ...]) -> MachineParameters:
    """Of every compressor, its map laid through its rated point."""
    rate, p_1, p_2, efficiency, surge, power = (
        np.array([getattr(one, name) for one in compressors], float)
        for name in ("rate", "suction_pressure", "discharge_pressure", "efficiency", "surge_share", "rated_power")
    )
    flow = rate * P_SC * T_DESIGN / (T_SC * p_1)
    p_out, p_in = p_2 * (1.0 + DELIVERY_LOSS), p_1 * (1.0 - STRAINER_LOSS)
    relative = polytropic_efficiency(1.0 / surge, 1.0, SHAPE) / SHAPE.efficiency
    m = (HEAT_RATIO - 1.0) / (HEAT_RATIO * efficiency * relative)
    head = ((p_out / p_in) ** m - 1.0) / m * R_GAS * T_DESIGN / MOLAR_MASS
    n = len(compressors)
    zero, one = np.zeros(n), np.ones(n)
    return MachineParameters(
        rate, p_1, p_2, power, efficiency, flow * surge, head / moore_greitzer_head(1.0 / surge, 1.0, SHAPE),
        strainer_loss=STRAINER_LOSS * p_1 / rate**2,
        delivery_size=rate / gas_valve_rate(1.0, p_out, p_2, T_DESIGN, 1.0),
        recycle_size=rate / gas_valve_rate(1.0, p_2, p_1, T_DESIGN, 1.0),
        store=STORE_TIME * rate / p_2,
        trip=zero.copy(), fouling=zero.copy(), driver=one.copy(), surge_guard=one.copy(), strainer=zero.copy(),
        cooler=one.copy(), check_leak=zero.copy(),
    )  # fmt: skip
