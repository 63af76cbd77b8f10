"""Three-phase separators: gas over an oil and a water compartment, each emptied by its valve.

Levels do not regulate themselves: what does not leave through a valve stays. Pressure is that of the gas
in the space the liquids leave it, so a rising level raises it too. A compartment that runs over spills
into the other, and when both are full the gas carries liquid away; one that runs dry passes gas. What
stays too briefly keeps drops of the other liquid; gas that goes too fast takes liquid along. A vessel of
two phases is one without a water compartment to speak of.
"""

from __future__ import annotations

import numpy as np

from plant.asset.field import Separator
from plant.physics.choke import choke_rate
from plant.physics.separation import residence_time
from plant.physics.valve import P_SC, T_SC, gas_valve_rate, liquid_valve_rate
from plant.process.facility.actuator import ValveParameters, Valves
from plant.process.facility.gathering import ATMOSPHERE, OIL_HEAT, WATER_HEAT, heat_capacity
from plant.process.facility.part import Part
from plant.process.facility.phase import SLENDERNESS, Liquids, carried_share, drop_sizes, median_drops, unparted
from plant.process.facility.vessel import VesselParameters, vessel_parameters
from plant.process.parameter import Array

TANK_PRESSURE = 1.2e5  # at the tanks' inlets [Pa]
DRY = 0.02  # level below which the outlet draws gas and passes less and less liquid
START_LEVEL = 0.5
LEAST_GAS_SPACE = 0.02  # of the volume, when both compartments are full
SHELL_LOSS = 2.0  # of an insulated shell [W/m²/K]
LIFT = 0.1  # share of the set pressure in which a relief valve opens fully
RELIEF_CAPACITY = 3.0  # of the design gas
TINY = 1e-30


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
        self._settling_height = 0.25 * (4.0 * p.volume / (np.pi * SLENDERNESS)) ** (1.0 / 3.0)
        self._fit(np.broadcast_to(np.asarray(design, float).reshape(3, -1), (3, n)))

    @property
    def pressure(self) -> Array:
        """Of the gas [Pa]."""
        return self.gas * P_SC * self.T / T_SC / self._gas_space()

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
        self, dt: float, stream: Array, T: Array, targets: Array, p_gas: Array | float,
        to_flare: Array | float = 0.0, gas_way: Array | float = 1.0,
    ) -> None:  # fmt: skip
        """Advance by ``dt`` [s]: take in a stream (3, n) of temperature ``T``, move the valves, let out.

        ``p_gas`` is the pressure behind the gas valves [Pa], ``gas_way`` the share of the way there that is open,
        ``to_flare`` how open the way to the flare is [m²].
        """
        for valve, target in zip(self._valves(), targets, strict=True):
            valve.step(dt, target)
        self._warm(dt, stream, T)
        self._let_out(dt, p_gas, to_flare, gas_way)
        self._take_in(dt, stream)
        self._spill(dt)

    def balance(self, stream: Array) -> None:
        """Set the valves to where they hold this stream (3, n)."""
        self._flows(1.0, self.parameters.header_pressure, 0.0, 1.0)
        wanted = self._settled(stream)
        flowing = np.stack((self.oil_out[:2].sum(axis=0), self.water_out[:2].sum(axis=0), self.gas_out[2]))
        for valve, factor in zip(self._valves(), wanted / flowing, strict=True):
            valve.opening[:] = np.clip(valve.opening * factor, 0.0, 1.0)
        self._flows(1.0, self.parameters.header_pressure, 0.0, 1.0)

    def _valves(self) -> tuple[Valves, Valves, Valves]:
        return self.oil_valve, self.water_valve, self.gas_valve

    def _fit(self, design: Array) -> None:
        """Sizes of valves and drops that make the vessel do at the design stream what it is built for."""
        room, p, T = START_LEVEL * self._room(), self.parameters, self.T
        self._median = median_drops(drop_sizes(self.liquids, self._settling_height, room / design[:2], T))
        rho = np.array([[self.liquids.oil_density], [self.liquids.water_density]])
        opening = self.openings
        rates = liquid_valve_rate(opening[:2], p.design_pressure, TANK_PRESSURE, rho, 1.0)
        gas = gas_valve_rate(opening[2], p.design_pressure, p.header_pressure, T, 1.0)
        mixed = self._settled(design)
        self._sizes, self._gas_size = mixed[:2] / rates, mixed[2] / gas
        self._relief_size = (
            RELIEF_CAPACITY * design[2] / gas_valve_rate(1.0, (1.0 + LIFT) * p.relief_pressure, ATMOSPHERE, T, 1.0)
        )
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
        held = np.maximum(self.liquid.sum(axis=1), 1e-6)
        time = np.minimum(residence_time(held, np.maximum(stream[:2], 0.0)), 1e9)
        settling = drop_sizes(self.liquids, self._settling_height, time, self.T)
        return unparted(settling, self._median * self.parameters.drop)

    def _let_out(self, dt: float, p_gas: Array | float, to_flare: Array | float, gas_way: Array | float) -> None:
        """Empty the compartments through their valves and let the gas out where it may go."""
        leaving, gas = self._flows(dt, p_gas, to_flare, gas_way)
        self.liquid -= leaving
        self.gas -= gas.sum(axis=0) * dt
        self.lost[2] += gas[5] * dt

    def _flows(
        self, dt: float, p_gas: Array | float, to_flare: Array | float, gas_way: Array | float
    ) -> tuple[Array, Array]:
        """Note what leaves by each way; returns the liquid out of each compartment [m³], and gas each way [m³/s]."""
        passing = np.stack((self.oil_valve.passing(), self.water_valve.passing())) * self._sizes
        wetted = np.clip(self.levels / DRY, 0.0, 1.0)
        rho = np.array([[self.liquids.oil_density], [self.liquids.water_density]])
        q = liquid_valve_rate(passing, self.pressure, TANK_PRESSURE, rho, 1.0) * wetted
        leaving = self.liquid * -np.expm1(-q * dt / np.maximum(self.liquid.sum(axis=1), TINY))[:, None]
        gas = self._gas_ways(passing * (1.0 - wetted), p_gas, to_flare, gas_way)
        asked = gas.sum(axis=0)
        gas *= self.gas * -np.expm1(-asked * dt / self.gas) / np.maximum(asked * dt, TINY)
        self.oil_out[:2], self.water_out[:2] = leaving / dt
        self.oil_out[2], self.water_out[2], self.gas_out[2], self.flare_out[2], self.relief_out[2] = gas[:5]
        return leaving, gas

    def _gas_ways(self, dry: Array, p_gas: Array | float, to_flare: Array | float, gas_way: Array | float) -> Array:
        """Gas by the dry oil and water outlets, the gas valve, to the flare, by the relief valve and a hole [m³/s]."""
        p, T, pressure = self.parameters, self.T, self.pressure
        return np.stack([
            gas_valve_rate(dry[0], pressure, TANK_PRESSURE, T, 1.0),
            gas_valve_rate(dry[1], pressure, TANK_PRESSURE, T, 1.0),
            gas_valve_rate(self.gas_valve.passing() * gas_way, pressure, p_gas, T, self._gas_size),
            gas_valve_rate(1.0, pressure, ATMOSPHERE, T, to_flare),
            gas_valve_rate(self._lifted(pressure), pressure, ATMOSPHERE, T, self._relief_size),
            gas_valve_rate(1.0, pressure, ATMOSPHERE, T, p.hole),
        ])  # fmt: skip

    def _lifted(self, pressure: Array) -> Array:
        """How open the relief valve is."""
        p = self.parameters
        ends = p.relief_pressure * p.relief_set
        lift = np.clip((pressure - ends) / (LIFT * ends), 0.0, 1.0) * (1.0 - p.relief_stuck)
        return np.maximum(lift, p.relief_leak)

    def _take_in(self, dt: float, stream: Array) -> None:
        """Part what arrives; the gas takes some of it along on its way out."""
        wet, oily = self._unparted(stream)
        leaving = self.gas_out[2] + self.flare_out[2] + self.relief_out[2]
        pressure = self.pressure
        volume_rate = leaving * P_SC * self.T / (T_SC * pressure)
        area = self._gas_space() / self.parameters.length
        share = carried_share(volume_rate, pressure, self.T, area, self.liquids.oil_density, self.parameters.mist)
        spray = stream[:2] * share
        stays = (stream[:2] - spray) * dt
        self.liquid[0] += np.stack((stays[0] * (1.0 - oily), stays[1] * wet))
        self.liquid[1] += np.stack((stays[0] * oily, stays[1] * (1.0 - wet)))
        self.gas += stream[2] * dt
        self._carry(spray)

    def _carry(self, liquid: Array) -> None:
        """Liquid (2, n) [m³/s] that leaves with the gas, by each way as much as gas goes there."""
        ways = self.gas_out, self.flare_out, self.relief_out
        gas = np.stack([way[2] for way in ways]) + np.array([[TINY], [0.0], [0.0]])
        for way, share in zip(ways, gas / gas.sum(axis=0), strict=True):
            way[:2] = liquid * share

    def _spill(self, dt: float) -> None:
        """Over the weir or through it: what one compartment cannot hold goes to the other, and from both to the gas."""
        if self.parameters.weir_leak.any():
            self._leak_through(dt)
        if np.all(self.liquid.sum(axis=1) <= self._room()):
            return
        for here, there in ((0, 1), (1, 0)):
            over = self._over(here)
            self.liquid[here] -= over
            self.liquid[there] += over
        carried = np.zeros_like(self.liquid[0])
        for here in (0, 1):
            over = self._over(here)
            self.liquid[here] -= over
            carried += over
        self._carry(self.gas_out[:2] + self.flare_out[:2] + self.relief_out[:2] + carried / dt)

    def _over(self, here: int) -> Array:
        held = self.liquid[here].sum(axis=0)
        return self.liquid[here] * (np.maximum(held - self._room()[here], 0.0) / np.maximum(held, TINY))

    def _leak_through(self, dt: float) -> None:
        """Through a corroded weir, from the higher to the lower level."""
        p, (oil, water) = self.parameters, self.levels
        head = 1000.0 * 9.81 * 2.0 * self._settling_height * (oil - water)
        q = choke_rate(np.abs(head), p.weir_leak / np.sqrt(500.0))
        for here, there, drop in ((0, 1, oil - water), (1, 0, water - oil)):
            held = np.maximum(self.liquid[here].sum(axis=0), TINY)
            share = np.where(drop > 0.0, np.minimum(-np.expm1(-q * dt / held), 0.2 * np.abs(drop)), 0.0)
            moved = self.liquid[here] * share
            self.liquid[here] -= moved
            self.liquid[there] += moved

    def _warm(self, dt: float, stream: Array, T: Array) -> None:
        """The stream's heat into the liquid held, less what the shell loses; exact for a constant stream."""
        p, brings = self.parameters, heat_capacity(stream)
        held = OIL_HEAT * self.liquid[:, 0].sum(axis=0) + WATER_HEAT * self.liquid[:, 1].sum(axis=0)
        loses = SHELL_LOSS * p.shell * p.heat_loss
        settled = (brings * T + loses * p.T_air) / (brings + loses)
        self.T += (settled - self.T) * -np.expm1(-dt * (brings + loses) / np.maximum(held, OIL_HEAT * 1e-2 * p.volume))

    def _room(self) -> Array:
        p = self.parameters
        return np.stack((p.oil_volume, p.water_volume)) * (1.0 - p.sand)

    def _gas_space(self) -> Array:
        p = self.parameters
        filled = self.liquid.sum(axis=(0, 1)) + p.sand * (p.oil_volume + p.water_volume)
        return np.maximum(p.volume - filled, LEAST_GAS_SPACE * p.volume)
