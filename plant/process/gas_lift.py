"""The gas-lifted wells of a field, moving and showing what their instruments see."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.physics.choke import choke_coefficient
from plant.physics.gas_lift import DISCHARGE, thornhill_craver_rate
from plant.process.flowing.annulus import DISCHARGE as PASSING
from plant.process.flowing.asset import column_of, flowing_columns, manifolds_of
from plant.process.flowing.parameter import FlowingParameters, flowing_parameters
from plant.process.flowing.well import Drive, FlowingWells
from plant.process.parameter import Array

TYPE = "GasLiftWell"
CRITICAL = 0.5  # pressure behind a choke over that before, at which gas flows as fast as it can


def gas_lift_parameters(field: Field) -> FlowingParameters:
    """The nominal parameters of a field's gas-lifted wells."""
    wells = field.gas_lift_wells
    given = flowing_columns(field, wells) | {
        "productivity": column_of(wells, "productivity"),
        "orifice": _port(column_of(wells, "orifice")),
        "unloading_port": _port(column_of(wells, "unloading_port")),
        "unloading_dome": column_of(wells, "unloading_pressure"),
        "lift_choke_full": choke_coefficient(column_of(wells, "lift_choke"), 1.0),
        "lift_choke_slew": column_of(wells, "choke_slew"),
    }
    return flowing_parameters(given, len(wells))


def design_lift_gas(field: Field) -> Array:
    """What the wells' lift chokes, as they were measured open, pass at most [m³/s at standard conditions]."""
    wells, p = field.gas_lift_wells, gas_lift_parameters(field)
    p_supply = column_of(wells, "supply_pressure")
    opened = p.lift_choke_full * column_of(wells, "lift_opening")
    mass = thornhill_craver_rate(
        p_supply, CRITICAL * p_supply, opened, p.T_annulus, p.molar_mass, p.z_annulus, discharge=PASSING
    )
    return mass / p.gas_density


def _port(diameter: Array) -> Array:
    """Effective area of a valve's port, √2 included [m²]."""
    return DISCHARGE * np.sqrt(2.0) * 0.25 * np.pi * diameter**2


class GasLiftWells(FlowingWells):
    """The gas-lifted wells of a field, beginning dead with their annuli filled, chokes where they were measured."""

    def __init__(self, field: Field):
        wells = field.gas_lift_wells
        self.manifold_of = np.array(manifolds_of(field, wells), int)
        self.supply_pressure = column_of(wells, "supply_pressure")
        p_manifold = np.array([manifold.design_pressure for manifold in field.manifolds])[self.manifold_of]
        super().__init__(gas_lift_parameters(field), p_manifold, 0.6 * self.supply_pressure)
        self.state["choke"][:] = column_of(wells, "opening")
        self.state["lift_choke"][:] = column_of(wells, "lift_opening")

    def inputs(self) -> dict[str, Array]:
        """What devices drive, as the wells stand."""
        return {
            f"{TYPE}.ChokeTarget": self.state["choke"].copy(),
            f"{TYPE}.LiftChokeTarget": self.state["lift_choke"].copy(),
            f"{TYPE}.SupplyPressure": self.supply_pressure.copy(),
            f"{TYPE}.Attached": np.ones(self.manifold_of.size, bool),
        }

    def drive(self, inputs: Mapping[str, Array], p_manifold: Array) -> Drive:
        """The drive of a step, from inputs and the pressures of all manifolds."""
        return Drive(
            inputs[f"{TYPE}.ChokeTarget"],
            inputs[f"{TYPE}.LiftChokeTarget"],
            p_manifold[self.manifold_of],
            inputs[f"{TYPE}.SupplyPressure"],
            inputs[f"{TYPE}.Attached"],
        )

    def signals(self) -> dict[str, Array]:
        """The truth behind each signal of these wells, SI."""
        state, p = self.state, self.pressures()
        return {
            f"{TYPE}.WellheadPressure": p["wellhead"],
            f"{TYPE}.CasingPressure": p["casing"],
            f"{TYPE}.BottomholePressure": p["bottom"],
            f"{TYPE}.FlowlinePressure": state["p_line"],
            f"{TYPE}.WellheadTemperature": state["T_wh"],
            f"{TYPE}.Choke": state["choke"],
            f"{TYPE}.LiftChoke": state["lift_choke"],
            f"{TYPE}.LiftGasFlow": state["supplied"],
            f"{TYPE}.Flow": state["outflow"][0] + state["outflow"][1],
            f"{TYPE}.GasFlow": state["outflow"][2],
        }
