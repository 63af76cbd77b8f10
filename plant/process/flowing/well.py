"""Wells that flow by themselves or by lift gas, in motion.

Three stores as in the model of Eikrem, Aamo and Foss: gas in the annulus, gas and liquid in the tubing. Their
pressures drive what passes between them. To that are added: oil and water apart, drift of gas through liquid, so
that a well loads up, dies and is kicked off by the same equations; gas that dissolves; and what malfunctions need.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from plant.physics.friction import friction_slope
from plant.physics.heat import arriving_temperature
from plant.process.flowing.annulus import Annulus, annulus
from plant.process.flowing.balance import LEAST_PRESSURE, Flow, Leaving, Pipe, balance, entering, pipe
from plant.process.flowing.column import Column, column
from plant.process.flowing.outlet import drift, liquid_share, outlet
from plant.process.flowing.parameter import FlowingParameters
from plant.process.parameter import STEEL_ROUGHNESS, Array

SUBSTEP = 2.0  # longest part of a step that is solved at once [s]
SHARE_LAG = 10.0  # of the shares of gas at the tubing's foot and top behind the flows that make them [s]
LINE_LAG = 3.0  # of the pressure behind the choke [s]
WELLHEAD_LAG = 1200.0  # of the temperature at the wellhead [s]
GAS_HEAT = 0.5  # heat capacity of gas over that of liquid, by mass
LIQUID = 1000.0  # density that goes with it [kg/m³]
MOST = 0.5  # share of what is held that may leave within a substep

STATES = (
    "annulus_gas", "gas", "oil", "water",  # contents [m³ at standard conditions]
    "below", "foot",  # share of gas under the tubing's foot and just above it
    "settled",  # 0: gas all along the tubing, 1: all risen to the top
    "carried", "speed",  # share of liquid in what leaves, and the mixture's speed at the top
    "inflow", "deep", "supplied",  # rates of the last substep: main inflow, gas through the valve, gas supplied
    "choke", "lift_choke", "p_line", "T_wh",
    "lift_gas", "lost_gas",  # since the start: gas taken from the supply, and lost outside the casing [m³]
)  # fmt: skip


class Drive(NamedTuple):
    """What acts on the wells from outside during a step."""

    choke: Array  # target openings
    lift_choke: Array
    p_manifold: Array  # [Pa]
    p_supply: Array  # of the lift gas [Pa]
    attached: Array | float = 1.0  # 0 where the well is shut in and out of the field


class FlowingWells:
    """Wells without pumps. ``state["outflow"]``, shape (3, n), is what reaches the manifolds [m³/s].

    They begin dead: liquid standing in the tubing, the annulus at the pressure given.
    """

    def __init__(self, wells: FlowingParameters, p_manifold: Array, p_annulus: Array):
        self.parameters = wells
        n = wells.rho_o.size
        self.state: dict[str, Array] = {name: np.zeros(n) for name in STATES}
        self.state |= {name: np.zeros((3, n)) for name in ("outflow", "from_reservoir")}
        self.state["p_line"][:], self.state["T_wh"][:] = p_manifold, wells.T_surface
        self._stand(p_annulus)

    def _stand(self, p_annulus: Array) -> None:
        wells, state = self.parameters, self.state
        oil, water, _ = wells.composition()
        wet = np.where(wells.is_gas > 0.0, 0.02, 0.8) * wells.tubing_volume + 0.9 * wells.below_volume
        state["oil"][:], state["water"][:] = np.stack((oil, water)) * wet / np.maximum(oil + water, 1e-12)
        room = wells.tubing_volume + wells.below_volume - wet
        p_gas = np.where(wells.is_gas > 0.0, 0.8 * wells.reservoir_pressure, state["p_line"])
        state["gas"][:] = p_gas * (room / wells.tubing_gas + wells.solubility * state["oil"])
        state["annulus_gas"][:] = p_annulus * wells.annulus_volume / wells.annulus_gas
        state["settled"][:] = 1.0

    def inventory(self) -> Array:
        """Oil, water and gas in tubings and annuli [m³ at standard conditions]."""
        state = self.state
        return np.array([state["oil"].sum(), state["water"].sum(), (state["gas"] + state["annulus_gas"]).sum()])

    def step(self, dt: float, drive: Drive) -> None:
        """Advance by ``dt`` [s]."""
        self._move_chokes(dt, drive)
        parts = max(math.ceil(dt / SUBSTEP - 1e-9), 1)
        coming = self.parameters.composition()
        total = np.zeros_like(self.state["outflow"])
        for _ in range(parts):
            total += self._advance(dt / parts, drive.p_supply, drive.attached, coming)
        self.state["outflow"][:] = total / parts
        self._flow_on(dt, drive.p_manifold)

    def pressures(self) -> dict[str, Array]:
        """At wellhead, tubing's foot, perforations and casing head [Pa]."""
        at = self._column()
        tube = self._pipe(at, self.parameters.composition())
        casing = self._beside(at, tube, np.zeros_like(at.p_wh), 1.0).p_casing
        return {
            "wellhead": at.p_wh, "foot": at.p_foot + tube.loss, "bottom": at.p_wf + tube.loss, "casing": casing,
        }  # fmt: skip

    def _column(self) -> Column:
        state = self.state
        return column(self.parameters, state["gas"], state["oil"], state["water"], state["below"])

    def _pipe(self, at: Column, coming: Array) -> Pipe:
        return pipe(self.parameters, at, coming, self.state["inflow"], self.state["deep"])

    def _beside(self, at: Column, tube: Pipe, p_supply: Array, attached: Array | float) -> Annulus:
        foot = np.maximum(at.p_foot + tube.loss, LEAST_PRESSURE)
        middle = np.maximum(0.5 * (at.p_wh + foot), LEAST_PRESSURE)
        state = self.state
        return annulus(self.parameters, state["annulus_gas"], attached * state["lift_choke"], p_supply, foot, middle)

    def _advance(self, h: float, p_supply: Array, attached: Array | float, coming: Array) -> Array:
        """One substep; what leaves, shape (3, n)."""
        wells, state = self.parameters, self.state
        at = self._column()
        tube = self._pipe(at, coming)
        beside = self._beside(at, tube, p_supply, attached)
        opening = attached * np.maximum(state["choke"], wells.choke_leak)
        through = outlet(wells, at, state["carried"], state["p_line"], opening)
        leaving = self._leaving(at)
        main = entering(wells, at, tube, state["inflow"])
        flow = balance(wells, h, at, coming, main, beside, through, leaving)
        out = self._exchange(h, coming, leaving, flow)
        state["deep"][:] = np.minimum(beside.deep, np.maximum(flow.given, 0.0))
        self._follow(h, at, coming, flow)
        return out

    def _leaving(self, at: Column) -> Leaving:
        """Of each in a unit of mixture that leaves, gas with what is dissolved."""
        wells, state = self.parameters, self.state
        oil_share = state["oil"] / np.maximum(state["oil"] + state["water"], 1e-12)
        oil = state["carried"] * oil_share
        gas = at.p_wh * ((1.0 - state["carried"]) / wells.tubing_gas + oil * wells.solubility)
        return Leaving(oil, state["carried"] - oil, gas)

    def _exchange(self, h: float, coming: Array, leaving: Leaving, flow: Flow) -> Array:
        """Move what flows, each limited by who gives it; what leaves, shape (3, n) [m³/s]."""
        state = self.state
        held = np.stack((state["oil"], state["water"], state["gas"]))
        at_most = MOST / h * held
        back = held * [[1.0], [1.0], [0.0]] / np.maximum(held[0] + held[1], 1e-12)  # only liquid falls back
        reservoir = np.maximum(np.where(flow.inflow > 0.0, coming, back) * flow.inflow, -at_most)
        lost = np.minimum(flow.lost, MOST / h * state["annulus_gas"])
        given = np.clip(flow.given, -at_most[2], MOST / h * state["annulus_gas"])
        out = np.minimum(np.stack(leaving) * flow.out, at_most)

        reach = reservoir - out
        state["oil"] += h * reach[0]
        state["water"] += h * reach[1]
        state["gas"] += h * (reach[2] + given)
        state["annulus_gas"] += h * (flow.supplied - given - lost)
        state["from_reservoir"] += h * reservoir
        state["lift_gas"] += h * flow.supplied
        state["lost_gas"] += h * lost
        state["inflow"][:], state["supplied"][:] = flow.inflow, flow.supplied
        return out

    def _follow(self, h: float, at: Column, coming: Array, flow: Flow) -> None:
        """Where gas is in the tubing follows the flows: at its foot, at its top, and whether it has settled."""
        wells, state = self.parameters, self.state
        follow, per_volume = -np.expm1(-h / SHARE_LAG), wells.gas_density / wells.tubing_gas
        p_foot, rising = np.maximum(at.p_foot, LEAST_PRESSURE), np.maximum(flow.inflow, 0.0)
        liquid = (coming[0] + coming[1]) * rising
        gas = np.maximum(coming[2] - coming[0] * wells.solubility * p_foot, 0.0) * rising
        for name, amount, area in (
            ("below", gas, wells.below_area),
            ("foot", gas + state["deep"], wells.tubing_area),
        ):
            volume = amount * wells.tubing_gas / p_foot
            rise = drift(wells, state[name], at.rho_l, p_foot * per_volume) * area
            state[name] += (volume / np.maximum(volume + liquid + rise, 1e-12) - state[name]) * follow

        state["speed"][:] = speed = flow.out / wells.tubing_area
        top = self._top(at)
        rise = drift(wells, top, at.rho_l, at.p_wh * per_volume)
        state["carried"] += (liquid_share(top, speed, rise) - state["carried"]) * follow
        quiet = np.where(rise > 0.0, np.exp(-np.square(speed / np.maximum(rise, 1e-6))), 0.0)
        state["settled"] += (quiet - state["settled"]) * -np.expm1(-h * (speed + rise) / wells.tubing_length)

    def _top(self, at: Column) -> Array:
        """Share of gas at the wellhead: along the tubing it grows from the foot's, or all has risen to the top."""
        even = np.clip(2.0 * at.gas_share - self.state["foot"], 0.0, 1.0)
        parted = at.gas_share / (at.gas_share + 0.02)
        return even + (parted - even) * self.state["settled"]

    def _move_chokes(self, dt: float, drive: Drive) -> None:
        wells = self.parameters
        for name, target, slew in (
            ("choke", drive.choke, wells.choke_slew),
            ("lift_choke", drive.lift_choke, wells.lift_choke_slew),
        ):
            change = np.clip(target, 0.0, 1.0) - self.state[name]
            self.state[name] += np.clip(change, -slew * dt, slew * dt)

    def _flow_on(self, dt: float, p_manifold: Array) -> None:
        """Pressure that the line to the manifold needs, and the temperature that arrives with the stream."""
        wells, state = self.parameters, self.state
        oil, water, gas = state["outflow"]
        p_line = np.maximum(state["p_line"], LEAST_PRESSURE)
        rate = np.maximum(oil + water + gas * wells.tubing_gas / p_line, 1e-9)
        mass = oil * wells.rho_o + water * wells.rho_w + gas * wells.gas_density
        rho = np.maximum(mass / rate, 0.5)
        slope = friction_slope(rate, wells.line_length, wells.line_diameter, rho, wells.mu, STEEL_ROUGHNESS)
        needed = p_manifold + wells.line_factor * slope * rate
        state["p_line"] += (needed - state["p_line"]) * (dt / (LINE_LAG + dt))
        heat = oil + water + GAS_HEAT * gas * wells.gas_density / LIQUID
        arriving = arriving_temperature(heat, wells.T_reservoir, wells.T_surface, wells.q_cooling)
        state["T_wh"] += (arriving - state["T_wh"]) * -np.expm1(-dt / WELLHEAD_LAG)
