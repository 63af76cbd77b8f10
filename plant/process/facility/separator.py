"""Three-phase separators: gas over an oil and a water compartment, each emptied by its valve.

Levels do not regulate themselves: what does not leave through a valve stays. Pressure is that of the gas
in the space the liquids leave it, so a rising level raises it too. A compartment that runs over spills
into the other, and when both are full the gas carries liquid away; one that runs dry passes gas. What
stays too briefly keeps drops of the other liquid; gas that goes too fast takes liquid along. A vessel of
two phases is one without a water compartment to speak of.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Separator
from plant.physics.valve import P_SC, T_SC, gas_valve_rate, liquid_valve_rate
from plant.process.facility import kernel
from plant.process.facility.actuator import ValveParameters, Valves
from plant.process.facility.board import Board
from plant.process.facility.line import ATMOSPHERE
from plant.process.facility.outlet import LIFT, TANK_PRESSURE, Outflow, let_out, vessel_pressure
from plant.process.facility.outlet import emptied as flowing_out
from plant.process.facility.part import Part
from plant.process.facility.parting import left_in_oil, left_in_water, settling_drops
from plant.process.facility.phase import OIL_LEFT, SLENDERNESS, WATER_LEFT, Liquids, median_drop
from plant.process.facility.row import Stream, Valve, VesselKind, VesselState
from plant.process.facility.vessel import VesselParameters, vessel_parameters
from plant.process.parameter import Array

START_LEVEL = 0.5
RELIEF_CAPACITY = 3.0  # of the design gas
FITTED = (
    "oil_size", "water_size", "gas_size", "relief_size", "median_w", "median_o", "height",
    "oil_density", "water_density", "oil_viscosity",
)  # fmt: skip


@dataclass
class Fitted:
    """What a separator gets so that it does at its design stream what it is built for: see :class:`.VesselKind`."""

    oil_size: Array
    water_size: Array
    gas_size: Array
    relief_size: Array
    median_w: Array
    median_o: Array
    height: Array
    oil_density: Array
    water_density: Array
    oil_viscosity: Array


class Separators(Part):
    """Their contents and valves; arrays over the vessels, of which one is the last axis."""

    liquid: Array  # of oil and water (rows) in the oil and the water compartment, shape (2, 2, n) [m³]
    gas: Array  # at standard conditions [m³]
    T: Array
    oil_out: Array  # what leaves each way, shape (3, n): oil, water, gas [m³/s]
    water_out: Array
    gas_out: Array
    flare_out: Array
    relief_out: Array
    lost: Array  # through a hole, since the start, shape (3, n) [m³]

    def __init__(self, separators: tuple[Separator, ...], design: Array, liquids: Liquids, T: float, T_air: float):
        self.separators, self.liquids, n = separators, liquids, len(separators)
        self.parameters: VesselParameters = vessel_parameters(separators, T_air)
        p, room = self.parameters, self._room()
        liquid = np.zeros((2, 2, n))
        liquid[0, 0], liquid[1, 1] = START_LEVEL * room
        temperature = np.full(n, T)
        space = p.volume - START_LEVEL * room.sum(axis=0)
        flows = {f"{way}_out": np.zeros((3, n)) for way in ("oil", "water", "gas", "flare", "relief")}
        super().__init__(
            liquid=liquid, gas=p.design_pressure * space / (P_SC * temperature / T_SC), T=temperature,
            lost=np.zeros((3, n)), **flows,
        )  # fmt: skip
        fail_shut, fail_open = (ValveParameters.sound(n, at) for at in (0.0, 1.0))
        opening = separators[0].valve_opening
        self.oil_valve, self.water_valve = Valves(fail_shut, opening), Valves(ValveParameters.sound(n, 0.0), opening)
        self.gas_valve = Valves(fail_open, opening)
        height = 0.25 * (4.0 * p.volume / (np.pi * SLENDERNESS)) ** (1.0 / 3.0)
        sizes = np.ones((6, n))  # until they are fitted
        self._fitted = Fitted(*np.concatenate((sizes, height[None], np.repeat(np.array([liquids]).T, n, axis=1))))
        self._lay(n)
        self._fit(np.broadcast_to(np.asarray(design, float).reshape(3, -1), (3, n)))

    @property
    def pressure(self) -> Array:
        """Of the gas [Pa]."""
        return vessel_pressure(self._moving.rows, self._kind.rows)

    @property
    def levels(self) -> Array:
        """Filled fractions of the oil and the water compartments, shape (2, n)."""
        return self.liquid.sum(axis=1) / self._room()

    @property
    def openings(self) -> Array:
        """Of the oil, water and gas valves, shape (3, n)."""
        return np.stack([valve.opening for valve in self._valves()])

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        oil, water = self.liquid.sum(axis=(0, 2))
        return np.array([oil, water, self.gas.sum()])

    def step(
        self, dt: float, stream: Array, T: Array, targets: tuple[Array, Array, Array], p_gas: float,
        to_flare: float = 0.0, gas_way: float = 1.0,
    ) -> None:  # fmt: skip
        """Advance by ``dt`` [s]: take in a stream (3, n) of temperature ``T``, move the valves, let out.

        ``targets`` are openings of the oil, water and gas valves, ``p_gas``
        is the pressure behind the gas valves [Pa], ``gas_way`` the share of the way there that is open,
        ``to_flare`` how open the way to the flare is [m²].
        """
        kernel.move_vessels(
            self._moving.matrix, self._kind.matrix, self._valve_kinds, dt, stream, T, targets,
            p_gas, to_flare, gas_way,
        )  # fmt: skip

    def balance(self, stream: Array) -> None:
        """Set the valves to where they hold this stream (3, n)."""
        out, wanted = self._let_out(), self._settled(stream)
        flowing = np.stack((out.oil_o + out.oil_w, out.water_o + out.water_w, out.gas))
        for valve, factor in zip(self._valves(), wanted / flowing, strict=True):
            valve.opening[:] = np.clip(valve.opening * factor, 0.0, 1.0)
        noted = flowing_out(self._moving.rows, self._let_out(), 1.0)._asdict()
        for name, row in self._moving.rows._asdict().items():
            if "_out_" in name:
                row[:] = noted[name]

    def _valves(self) -> tuple[Valves, Valves, Valves]:
        return self.oil_valve, self.water_valve, self.gas_valve

    def _fit(self, design: Array) -> None:
        """Sizes of valves and drops that make the vessel do at the design stream what it is built for."""
        p, fitted, T = self.parameters, self._fitted, self.T
        s, k = self._moving.rows, self._kind.rows
        oil, water = settling_drops(s, k, Stream(*design))
        fitted.median_w[:], fitted.median_o[:] = median_drop(oil, WATER_LEFT), median_drop(water, OIL_LEFT)
        opening, mixed = self.openings, self._settled(design)
        for size, rho, at, rate in (
            (fitted.oil_size, fitted.oil_density, opening[0], mixed[0]),
            (fitted.water_size, fitted.water_density, opening[1], mixed[1]),
        ):
            size[:] = rate / liquid_valve_rate(at, p.design_pressure, TANK_PRESSURE, rho, 1.0)
        fitted.gas_size[:] = mixed[2] / gas_valve_rate(opening[2], p.design_pressure, p.header_pressure, T, 1.0)
        full_lift = gas_valve_rate(1.0, (1.0 + LIFT) * p.relief_pressure, ATMOSPHERE, T, 1.0)
        fitted.relief_size[:] = RELIEF_CAPACITY * design[2] / full_lift
        self._start_mixed(design)

    def _settled(self, stream: Array) -> Array:
        """What leaves by the oil, water and gas valves when this stream stays [m³/s]."""
        wet, oily = self._unparted(stream)
        crossing = stream[1] * wet - stream[0] * oily
        return np.stack((stream[0] + crossing, stream[1] - crossing, stream[2]))

    def _start_mixed(self, design: Array) -> None:
        """Fill the compartments with what the design stream leaves in them."""
        wet, oily = self._unparted(design)
        oil = np.stack((design[0] * (1.0 - oily), design[1] * wet))
        water = np.stack((design[0] * oily, design[1] * (1.0 - wet)))
        for compartment, part in ((0, oil), (1, water)):
            self.liquid[compartment] = self.liquid[compartment].sum(axis=0) * part / part.sum(axis=0)

    def _unparted(self, stream: Array) -> Array:
        """Share of the water that stays in the oil, and of the oil in the water, shape (2, n)."""
        s, k = self._moving.rows, self._kind.rows
        return np.stack((left_in_oil(s, k, Stream(*stream)), left_in_water(s, k, Stream(*stream))))

    def _let_out(self) -> Outflow:
        """What leaves in a second as the vessel stands."""
        k, (oil, water, gas) = self._kind.rows, (one.kind for one in self._valves())
        return let_out(self._moving.rows, k, oil, water, gas, 1.0, k.header_pressure, 0.0, 1.0)

    def _lay(self, n: int) -> None:
        """What the compiled loop takes."""
        ways = tuple(f"{way}_out" for way in ("oil", "water", "gas", "flare", "relief"))
        valves = [(valve, ("opening",)) for valve in self._valves()]
        self._moving = Board(VesselState, n, (self, ("liquid", "gas", "T", *ways, "lost")), *valves)
        self._kind = Board(VesselKind, n, (self.parameters, tuple(vars(self.parameters))), (self._fitted, FITTED))
        kinds = [Board(Valve, n, (one.parameters, Valve._fields)) for one in self._valves()]
        self._valve_kinds = kinds[0].matrix, kinds[1].matrix, kinds[2].matrix
        self.boards = self._moving, self._kind, *kinds

    def _room(self) -> Array:
        p = self.parameters
        return np.stack((p.oil_volume, p.water_volume)) * (1.0 - p.sand)
