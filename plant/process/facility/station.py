"""All facilities of a field as one: from the manifolds to whatever leaves it, with the power that it takes.

What one part gives another takes in the same step with the same numbers, so that what the station holds and
what has crossed its border, less what the wells gave, never changes but by rounding.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.process.facility import kernel
from plant.process.facility.compressor import Compressors
from plant.process.facility.flare import Flares
from plant.process.facility.flowline import FlowlineParameters
from plant.process.facility.gas_header import GasHeader
from plant.process.facility.gathering import Gathering
from plant.process.facility.heater import Heaters
from plant.process.facility.injection import Injection
from plant.process.facility.part import Part
from plant.process.facility.phase import Liquids
from plant.process.facility.power import STAGES, Power
from plant.process.facility.riser import Risers
from plant.process.facility.separator import Separators
from plant.process.facility.tank import Tanks
from plant.process.parameter import Array

INJECTION, FIRST_WELLS, LAST_WELLS, PROCESS = range(len(STAGES))  # ranks in which loads are shed
VALVES = ("OilValve", "WaterValve", "GasValve")
TINY = 1e-30


class Border(Part):
    """What crosses the station's border that no other part counts."""

    relieved: Array  # by the relief valve to the air, since the start [m³]
    taken_water: Array  # what the injectors got in the last step [m³/s] …
    given_lift: Array  # … and the gas-lifted wells, at standard conditions


class Station:
    """Every part is an attribute, with ``state`` and ``parameters``; ``parts`` lists those that the field has."""

    def __init__(self, field: Field, lines: FlowlineParameters):
        self.field = field
        water = float(lines.water_cut @ lines.rate)
        design = np.array([float(lines.rate.sum()) - water, water, float(lines.gas_rate.sum())])
        T = float(lines.rate @ lines.temperature / lines.rate.sum())
        oil = np.maximum((1.0 - lines.water_cut) * lines.rate, TINY)
        viscosity = float(np.exp(oil @ np.log(lines.oil_viscosity) / oil.sum()))
        liquids = Liquids(float(lines.oil_density.mean()), float(lines.water_density.mean()), viscosity)
        T_vessel = max([T, *(heater.temperature for heater in field.heaters)])
        self.gathering = Gathering(field, lines)
        self.riser = self._risers(lines, liquids, T)
        self.heaters = Heaters(field.heaters) if field.heaters else None
        self.separator = Separators((field.separator,), design, liquids, T_vessel, field.surface_temperature)
        self.compressors = Compressors(field.compressors, T_vessel) if field.compressors else None
        self.flares = Flares(field.flares) if field.flares else None
        self.gas = GasHeader(field)
        self.tanks = Tanks(field.tanks)
        self.injection = Injection(field.injection_pumps) if field.injection_pumps else None
        self.power = Power(field.generators)
        self.border = Border(relieved=np.zeros(3), taken_water=np.zeros(1), given_lift=np.zeros(1))
        manifolds = [manifold.code for manifold in field.manifolds]
        self.metered = np.array([manifolds.index(one.manifold) for one in field.flowlines if one.is_metered], int)
        self._together = np.zeros(len(lines.rate), np.int64)  # where all lines go: the one separator
        self._first = np.arange(len(field.wells)) % 2 == 1  # wells shed before the others

    @property
    def parts(self) -> dict[str, Part]:
        """What moves, by name."""
        separator, gathering = self.separator, self.gathering
        every: dict[str, Part | None] = {
            "gathering": gathering, "deposits": gathering.deposits, "dips": gathering.dips, "riser": self.riser,
            "heaters": self.heaters, "separator": separator, "oil_valve": separator.oil_valve,
            "water_valve": separator.water_valve, "gas_valve": separator.gas_valve, "gas": self.gas,
            "tanks": self.tanks, "power": self.power, "border": self.border, "injection": self.injection,
            "compressors": self.compressors, "flares": self.flares,
        }  # fmt: skip
        if self.compressors:
            machines = self.compressors
            every |= {"drum": machines.drum, "recycle_valve": machines.recycle_valve, "protection": machines.protection}
        if self.flares:
            every["flare_valve"] = self.flares.valve
        return {name: part for name, part in every.items() if part is not None}

    @property
    def state(self) -> dict[str, Array]:
        """Every array that moves, by part and name."""
        return {f"{part}.{name}": array for part, one in self.parts.items() for name, array in one.state.items()}

    @property
    def well_supply(self) -> Array:
        """Share of its voltage that each well with a pump gets; 0 where it is shed or the bus is dark."""
        power = self.power
        given = float(power.voltage[0]) if power.supply > 0.0 else 0.0
        return np.where(self._first, given * (1.0 - power.shed[FIRST_WELLS]), given * (1.0 - power.shed[LAST_WELLS]))

    def inventory(self) -> Array:
        """Oil, water and gas held, all parts [m³]."""
        held = (self.gathering, self.riser, self.separator, self.compressors, self.gas, self.tanks, self.injection)
        return sum((part.inventory() for part in held if part is not None), np.zeros(3))

    def crossed(self) -> Array:
        """Oil, water and gas that have left since the start, less what was injected at risers' feet [m³]."""
        gas, tanks = self.gas, self.tanks
        out = gas.sold + gas.fuel + gas.lift + gas.leaked + self.border.relieved
        out = out + self.gathering.leaked.sum(axis=1) + self.separator.lost.sum(axis=1)
        out += (tanks.shipped + tanks.spilled + tanks.vented).sum(axis=1)
        if self.flares:
            out += (self.flares.flared + self.flares.vented).sum(axis=1)
        if self.injection:
            out += self.injection.injected + self.injection.leaked
        if self.riser:
            out[2] -= self.riser.injected.sum()
        return out

    def inputs(self) -> dict[str, Array]:
        """What devices drive, as it is at the start."""
        field, n = self.field, {kind: len(getattr(self.field, kind)) for kind in ("compressors", "generators")}
        return {
            **{
                f"Separator.{name}": opening.copy()
                for name, opening in zip(VALVES, self.separator.openings, strict=True)
            },
            "Heater.TemperatureTarget": np.array([heater.temperature for heater in field.heaters]),
            "Compressor.Energised": np.ones(n["compressors"], bool),
            "Compressor.Reset": np.zeros(n["compressors"], bool),
            "Compressor.SuctionPressureTarget": np.array([one.suction_pressure for one in field.compressors]),
            "Generator.Energised": np.ones(n["generators"], bool),
            "Generator.Reset": np.zeros(n["generators"], bool),
            "InjectionPump.Energised": np.ones(len(field.injection_pumps), bool),
        }

    def settle(self, arriving: Array, T: Array, well_load: Array) -> None:
        """Set what is slow to where it stays with what flows now, of these temperatures; open the valves to match."""
        self.gathering.settle_temperatures(arriving, T)
        stream, T_stream = self._onshore()
        self.separator.T[:] = self.heaters.start(stream, T_stream) if self.heaters else T_stream
        self.separator.balance(stream[:, None])
        self.start_power(well_load)

    def start_power(self, well_load: Array) -> None:
        """Let the bus carry its present loads as if it had for long."""
        self.power.start(self._loads(well_load))

    def step(
        self, dt: float, arriving: Array, T: Array, inputs: Mapping[str, Array], well_load: Array,
        taken_water: float = 0.0, lift: float = 0.0,
    ) -> None:  # fmt: skip
        """Advance by ``dt`` [s] with what arrives at the manifolds (3, m) [m³/s] at these temperatures.

        ``well_load`` is the power of the wells with pumps [W], ``taken_water`` what the injectors would take at the
        header's pressure and ``lift`` what the gas-lifted wells would [m³/s].
        """
        self.bring(dt, arriving, T)
        stream, T_stream = self._onshore()
        if self.heaters:
            T_stream = self.heaters.step(dt, stream, T_stream, inputs["Heater.TemperatureTarget"])
        drained = self._part(dt, stream, T_stream, inputs)
        self._give_gas(dt, inputs, lift, drained)
        self._give_water(dt, inputs, taken_water)
        self._feed(dt, well_load, inputs)

    def bring(self, dt: float, arriving: Array, T: Array) -> None:
        """Only the lines and risers, against the separator as it stands."""
        self.gathering.step(dt, arriving, T, self.line_end_pressure())
        if self.riser:
            lifted = self.gathering.delivered[:, self._riser_of]
            self.riser.step(dt, lifted, float(self.separator.pressure[0]))

    def line_end_pressure(self) -> Array:
        """What each line runs into: the separator, or its riser [Pa]."""
        p_behind = np.empty(len(self.gathering.T))
        p_behind[:] = self.separator.pressure
        if self.riser:
            p_behind[self._riser_of] = self.riser.base_pressure
        return p_behind

    def _onshore(self) -> tuple[Array, float]:
        """What reaches the separator's inlet (3,) and its temperature."""
        streams = self.gathering.delivered
        if self.riser:
            streams = streams.copy()
            streams[:, self._riser_of] = self.riser.outflow
        met, T = kernel.gather(streams, self.gathering.T, self._together, self.separator.T)
        return met[:, 0], float(T[0])

    def _part(self, dt: float, stream: Array, T: float, inputs: Mapping[str, Array]) -> Array:
        """Separator and flare; returns oil, water and gas for the gas side (3,) [m³/s]."""
        vessel = self.separator
        to_flare = self.flares.step(dt, float(vessel.pressure[0])) if self.flares else 0.0
        behind = self.compressors.drum.pressure if self.compressors else self.gas.pressure
        way = 1.0 if self.gas.holds else float(self.gas.parameters.sales[0])
        targets = inputs["Separator.OilValve"], inputs["Separator.WaterValve"], inputs["Separator.GasValve"]
        vessel.step(dt, stream[:, None], np.array([T]), targets, behind, to_flare, way)
        relieved = vessel.relief_out[:, 0]
        if self.flares:
            self.flares.burn(dt, vessel.flare_out[:, 0], relieved)
        else:
            self.border.relieved += relieved * dt
        return vessel.gas_out[:, 0]

    def _give_gas(self, dt: float, inputs: Mapping[str, Array], lift: float, stream: Array) -> None:
        """Through the compressors, if any, to the header; what drained from their drum goes to the tanks."""
        oil, water = self.separator.oil_out[:, 0], self.separator.water_out[:, 0]
        if self.compressors:
            given, drained = self.compressors.step(
                dt, stream, float(self.separator.T[0]), self.gas.pressure, float(self.gas.gas[0]),
                inputs["Compressor.Energised"], inputs["Compressor.Reset"],
                inputs["Compressor.SuctionPressureTarget"], self.power.supplied(PROCESS),
            )  # fmt: skip
            oil, stream = oil + drained, np.array([0.0, 0.0, given])
        fuel = float(self.power.fuel_rate.sum()) if self.field.generators else 0.0
        if self.heaters:
            fuel += float(self.heaters.fuel_rate.sum())
        self.border.given_lift[0] = self.gas.step(dt, stream, fuel, lift)[1]
        self.tanks.step(dt, oil, water, self.power.supplied(PROCESS))

    def _give_water(self, dt: float, inputs: Mapping[str, Array], taken: float) -> None:
        if self.injection is None:
            return
        wanted = self.injection.wanted(dt, inputs["InjectionPump.Energised"], self.power.supplied(INJECTION))
        ours = ~self.tanks.takes_oil
        drawn = self.tanks.draw_water(ours * (wanted.sum() * dt / max(ours.sum(), 1)))
        self.border.taken_water[0] = self.injection.step(dt, drawn, wanted, taken)

    def _feed(self, dt: float, well_load: Array, inputs: Mapping[str, Array]) -> None:
        self.power.step(dt, self._loads(well_load), inputs["Generator.Energised"], inputs["Generator.Reset"])

    def _loads(self, well_load: Array) -> Array:
        """Who takes power, by rank [W]."""
        loads = np.zeros(len(STAGES))
        loads[FIRST_WELLS], loads[LAST_WELLS] = well_load[self._first].sum(), well_load[~self._first].sum()
        loads[PROCESS] = self.tanks.power.sum()
        if self.compressors:
            loads[PROCESS] += self.compressors.power.sum()
        if self.injection:
            loads[INJECTION] = self.injection.taken_power.sum()
        return loads

    def _risers(self, lines: FlowlineParameters, liquids: Liquids, T: float) -> Risers | None:
        manifolds = [manifold.code for manifold in self.field.manifolds]
        self._riser_of = np.array([manifolds.index(one.manifold) for one in self.field.risers], int)
        if not self.field.risers:
            return None
        water, i = lines.water_cut * lines.rate, self._riser_of
        design = np.stack((lines.rate - water, water, lines.gas_rate))[:, i]
        density = 0.5 * (liquids.oil_density + liquids.water_density)
        return Risers(self.field.risers, design, density, T, self.field.separator.pressure)
