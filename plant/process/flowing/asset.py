"""From what a field's file says of its flowing wells to the parameters they move by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plant.asset.field import Field
from plant.asset.lift import FlowingWell
from plant.physics.choke import choke_coefficient
from plant.physics.heat import cooling_rate, geothermal_temperature
from plant.physics.pvt.formation_volume import AIR
from plant.physics.pvt.pseudocritical import mccain
from plant.physics.pvt.z_factor import dranchuk_abou_kassem
from plant.process.parameter import Array

COLDEST = 1.06  # reduced temperature under which the chart ends
LEAST_BELOW = 1.0  # of casing below the tubing's foot [m]
FILLED = 0.4  # mean pressure in a flowing tubing over that of the reservoir


def column_of(wells: Sequence[object], name: str) -> Array:
    """One value of every well."""
    return np.array([getattr(well, name) for well in wells], float)


def flowing_columns(field: Field, wells: Sequence[FlowingWell]) -> dict[str, Array]:
    """What all flowing wells have, as parameters by name."""
    given = {name: column_of(wells, name) for name in SAME}
    depth, perforations = column_of(wells, "tubing_depth"), column_of(wells, "perforation_depth")
    length, bore = column_of(wells, "tubing_length"), column_of(wells, "tubing_diameter")
    casing_area = 0.25 * np.pi * column_of(wells, "casing_diameter") ** 2
    below = np.maximum(perforations - depth, LEAST_BELOW)
    surface = np.full(len(wells), field.surface_temperature)
    reservoir = geothermal_temperature(perforations, surface, field.geothermal_gradient)
    arriving = np.clip(column_of(wells, "wellhead_temperature"), surface + 0.1, reservoir - 0.1)
    in_annulus = 0.5 * (surface + reservoir)
    gravity, p_r = column_of(wells, "gas_gravity"), given["reservoir_pressure"]
    return given | {
        "h_tubing": depth,
        "h_below": below,
        "tubing_volume": 0.25 * np.pi * bore**2 * length,
        "below_volume": casing_area * below,
        "annulus_volume": np.maximum(casing_area - 0.25 * np.pi * (bore + WALL) ** 2, 1e-4) * length,
        "rho_o": column_of(wells, "oil_density"),
        "rho_w": column_of(wells, "water_density"),
        "molar_mass": AIR * gravity,
        "mu": column_of(wells, "oil_viscosity"),
        "T_tubing": 0.5 * (arriving + reservoir),
        "T_annulus": in_annulus,
        "z_tubing": deviation(FILLED * p_r, 0.5 * (arriving + reservoir), gravity),
        "z_annulus": deviation(FILLED * p_r, in_annulus, gravity),
        "solubility": given["gor"] / given["bubble_point"],
        "choke_full": choke_coefficient(column_of(wells, "choke_bean"), 1.0),
        "line_factor": np.ones(len(wells)),
        "T_reservoir": reservoir,
        "T_surface": surface,
        "q_cooling": cooling_rate(column_of(wells, "rate"), arriving, reservoir, surface),
    }


SAME = (
    "tubing_length", "tubing_diameter", "water_cut", "gor", "bubble_point", "reservoir_pressure", "choke_slew",
    "line_length", "line_diameter",
)  # fmt: skip
WALL = 0.012  # of a tubing, both sides [m]


def deviation(p: Array, T: Array, gravity: Array) -> Array:
    """The gas's z, one value for a conduit: the model counts gas by mean conditions."""
    T_pc, p_pc = mccain(gravity)
    return dranchuk_abou_kassem(p / p_pc, np.clip(T / T_pc, COLDEST, 3.0))


def manifolds_of(field: Field, wells: Sequence[object]) -> list[int]:
    """Position of each well's manifold among the field's."""
    pads = [manifold.wellpad for manifold in field.manifolds]
    return [pads.index(getattr(well, "wellpad", "")) for well in wells]
