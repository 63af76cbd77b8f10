"""Tubings by a correlation of one's choice: its gradient marched from the pump up to the wellhead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plant.physics.friction import churchill_factor
from plant.physics.multiphase.march import end_pressure
from plant.physics.multiphase.stream import Stream, black_oil_stream
from plant.physics.multiphase.traverse import LEAST_PRESSURE, StreamAt
from plant.physics.pvt.blackoil import Fluid, Properties
from plant.physics.pvt.legal import LEGAL
from plant.physics.pvt.z_table import quick_properties
from plant.process.esp.contents import Rest
from plant.process.esp.liquid import AIR, WATER, well_viscosity
from plant.process.esp.pressure import intake_pressure, place, shares
from plant.process.esp.row import Array, Parameters
from plant.process.parameter import STEEL_ROUGHNESS

CELLS = 8


def marched(discharge: Array, rest: Rest, w: Parameters, author: str) -> Array:
    """Pressure at the wellhead of what a pump lifts, from that behind the pump [Pa]."""
    m, T_i, T_wh = rest.m, *_temperatures(rest)
    stream = _stream(rest, w)
    rise = np.arcsin(np.clip(w.h_pump / w.tubing_length, -1.0, 1.0))
    start = np.maximum(discharge - w.tubing_block * np.abs(m.q) * m.q, LEAST_PRESSURE)
    end = end_pressure(
        start, (T_i, T_wh), w.tubing_length, rise, stream, w.tubing_diameter, STEEL_ROUGHNESS, cells=CELLS,
        author=author,
    )  # fmt: skip
    rubbed = level_friction(stream(0.5 * (start + end), 0.5 * (T_i + T_wh)), w.tubing_diameter)
    return end - (w.friction_factor - 1.0) * w.tubing_length * rubbed


def level_friction(stream: Stream, diameter: Array) -> Array:
    """Pressure lost to friction per length, as of a liquid with the mixture's density and viscosity [Pa/m]."""
    factor = churchill_factor(stream.rho_n * stream.v_m * diameter / stream.mu_n, STEEL_ROUGHNESS / diameter)
    return factor * stream.rho_n * np.square(stream.v_m) / (2.0 * diameter)


def _temperatures(rest: Rest) -> tuple[Array, Array]:
    """At the tubing's ends, within the range of correlations."""
    T_i, T_wh = (np.clip(T, *LEGAL["T"][:2]) for T in (rest.o.T_i, rest.o.T_wh))
    return T_i, T_wh


def _stream(rest: Rest, w: Parameters) -> StreamAt:
    """Of what goes through the pump, an emulsion of the process's densities and viscosity."""
    m, li = rest.m, rest.li
    up = shares(m, intake_pressure(place(m, w, li), w, li)[0], w, li).lifted
    gor = up.gas / np.maximum(up.oil, 1e-9)
    # no oil dissolves more than the range of correlations; the rest is free at any pressure
    most = np.minimum(gor, LEGAL["R_s"][1])
    fluid = Fluid(w.rho_o / WATER, w.rho_g / AIR, most, mu_o_50=w.oil_viscosity)
    T_i, T_wh = _temperatures(rest)
    mu = well_viscosity(w, w.water_cut, 0.5 * (T_i + T_wh))

    def known(p: Array, T: Array) -> Properties:
        at = quick_properties(fluid, p, T)
        return replace(at, rho_w=np.broadcast_to(w.rho_w, at.rho_w.shape), mu_o=mu, mu_w=mu, B_w=np.ones_like(at.B_w))

    return black_oil_stream(known, m.q * up.oil, m.q * up.water, m.q * up.gas, w.tubing_diameter)
