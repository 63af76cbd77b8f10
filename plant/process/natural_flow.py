"""The wells of a field that flow by their own pressure, oil and gas, moving and showing what their instruments see.

A naturally flowing well is a gas-lifted one without gas to lift it: its annulus is shut.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.process.flowing.asset import column_of, flowing_columns, manifolds_of
from plant.process.flowing.parameter import FlowingParameters, flowing_parameters
from plant.process.flowing.well import Drive, FlowingWells
from plant.process.parameter import Array

TYPE = "NaturalWell"
SEALED = 5e5  # in an annulus behind its packer [Pa]


def natural_parameters(field: Field) -> FlowingParameters:
    """The nominal parameters of a field's naturally flowing wells."""
    wells = field.natural_wells
    is_gas = np.array([well.kind == "PROD_GAS" for well in wells], float)
    given = flowing_columns(field, wells) | {
        "is_gas": is_gas,
        "productivity": column_of(wells, "productivity") * (1.0 - is_gas),
        "back_pressure": column_of(wells, "back_pressure") * is_gas,
        "exponent": column_of(wells, "exponent"),
        "water_gas": column_of(wells, "water_gas"),
        "oil_gas": column_of(wells, "condensate_gas"),
    }
    given["solubility"] = given["solubility"] * (1.0 - is_gas)
    return flowing_parameters(given, len(wells))


class NaturalWells(FlowingWells):
    """The naturally flowing wells of a field, beginning shut in, chokes where they were measured."""

    def __init__(self, field: Field):
        wells = field.natural_wells
        self.manifold_of = np.array(manifolds_of(field, wells), int)
        p_manifold = np.array([manifold.design_pressure for manifold in field.manifolds])[self.manifold_of]
        super().__init__(natural_parameters(field), p_manifold, np.full(len(wells), SEALED))
        self.state["choke"][:] = column_of(wells, "opening")

    def inputs(self) -> dict[str, Array]:
        """What devices drive, as the wells stand."""
        attached = np.ones(self.manifold_of.size, bool)
        return {f"{TYPE}.ChokeTarget": self.state["choke"].copy(), f"{TYPE}.Attached": attached}

    def drive(self, inputs: Mapping[str, Array], p_manifold: Array) -> Drive:
        """The drive of a step, from inputs and the pressures of all manifolds."""
        nothing, p_back = np.zeros(self.manifold_of.size), p_manifold[self.manifold_of]
        return Drive(inputs[f"{TYPE}.ChokeTarget"], nothing, p_back, nothing, inputs[f"{TYPE}.Attached"])

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
            f"{TYPE}.Flow": state["outflow"][0] + state["outflow"][1],
            f"{TYPE}.GasFlow": state["outflow"][2],
        }
