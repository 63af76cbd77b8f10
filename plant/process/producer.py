"""All wells that give to the manifolds, whatever lifts them: pumped, gas-lifted and naturally flowing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.process.esp.parameter import well_parameters
from plant.process.esp.wells import Wells
from plant.process.facility.gathering import Gathering
from plant.process.gas_lift import TYPE as GAS_LIFT
from plant.process.gas_lift import GasLiftWells
from plant.process.natural_flow import NaturalWells
from plant.process.parameter import Array
from plant.process.parameter_table import rows_of
from plant.process.perturbation import FLOWING, perturb

SUPPLY = f"{GAS_LIFT}.SupplyPressure"
# A dead well is kicked off in an hour or two; one that heads never comes to rest, and starts somewhere in its cycle
STRIDE, LOOK, LONGEST = 10.0, 900.0, 4 * 3600.0  # of settling wells without pumps [s]
AT_REST = 1e-3  # change of liquid and gas between two looks, over their rates, below which they have settled


class Producers:
    """``groups``: pumped wells, gas-lifted ones and natural ones; the last two None where there are none."""

    def __init__(self, field: Field, seed: int | None):
        parameters, table = well_parameters(field)
        gas_lift = GasLiftWells(field) if field.gas_lift_wells else None
        natural = NaturalWells(field) if field.natural_wells else None
        if seed is not None:
            perturb(rows_of(parameters), seed)
            for part, one in enumerate((gas_lift, natural), 1):
                if one:
                    perturb(rows_of(one.parameters), seed, FLOWING, part)
        self.groups = Wells(field, parameters, table), gas_lift, natural

    @property
    def flowing(self) -> list[GasLiftWells | NaturalWells]:
        """Those of the groups that have no pumps."""
        return [one for one in self.groups[1:] if one is not None]

    def inputs(self, field: Field) -> dict[str, Array]:
        """What devices drive, as it is at the start."""
        n = len(field.wells)
        pumped = {
            "Well.Energised": np.ones(n, bool),
            "Well.Attached": np.ones(n, bool),
            "Well.FrequencyTarget": np.array([well.measured.frequency for well in field.wells]),
            "Well.ChokeTarget": np.array([well.choke.opening for well in field.wells]),
            "Well.Supply": np.ones(n),  # voltage that reaches its drive, over that of the field's power
        }
        others = {key: value for one in self.flowing for key, value in one.inputs().items() if key != SUPPLY}
        return pumped | others

    def step(
        self, dt: float, inputs: Mapping[str, Array], gathering: Gathering, supply: Array, lift_level: float
    ) -> float:
        """Advance by ``dt`` [s]; returns the lift gas that was taken meanwhile [m³ at standard conditions].

        ``supply`` is the share of its voltage that each pumped well gets, ``lift_level`` that of its pressure which
        the lift gas has.
        """
        p_manifold = gathering.pressure
        self.groups[0].step(dt, inputs, p_manifold[gathering.manifold_of], supply)
        return self._flow(dt, inputs, p_manifold, lift_level)

    def arriving(self, gathering: Gathering) -> tuple[Array, Array]:
        """What they give, as it meets at the manifolds: streams (3, m) [m³/s] and temperatures (m,)."""
        pumped, flowing = self.groups[0], self.flowing
        if not flowing:
            return gathering.gather(pumped.outflow, pumped.slow.T_wh)
        streams = [pumped.outflow, *(one.state["outflow"] for one in flowing)]
        T = [pumped.slow.T_wh, *(one.state["T_wh"] for one in flowing)]
        manifold_of = [gathering.manifold_of, *(one.manifold_of for one in flowing)]
        return gathering.gather(np.concatenate(streams, axis=1), np.concatenate(T), np.concatenate(manifold_of))

    def settle(self, inputs: Mapping[str, Array], gathering: Gathering) -> None:
        """Kick off the wells without pumps and let them come to rest at their manifolds' present pressures."""
        p_manifold, before = gathering.pressure, np.zeros(3)
        for _ in range(round(LONGEST / LOOK)):
            for _ in range(round(LOOK / STRIDE)):
                self._flow(STRIDE, inputs, p_manifold, 1.0)
            now = sum((one.state["outflow"].sum(axis=1) for one in self.flowing), np.zeros(3))
            if np.all(np.abs(now - before) <= AT_REST * now):
                break
            before = now

    def _flow(self, dt: float, inputs: Mapping[str, Array], p_manifold: Array, lift_level: float) -> float:
        _, gas_lift, natural = self.groups
        if natural:
            natural.step(dt, natural.drive(inputs, p_manifold))
        if not gas_lift:
            return 0.0
        before = float(gas_lift.state["lift_gas"].sum())
        pressed = {**inputs, SUPPLY: gas_lift.supply_pressure * lift_level}
        gas_lift.step(dt, gas_lift.drive(pressed, p_manifold))
        return float(gas_lift.state["lift_gas"].sum()) - before
