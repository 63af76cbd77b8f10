"""A well at work: the contents, temperatures and properties that go with given pressures and rates.

Where the field starts from, and what its unpublished numbers are derived from.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.pvt.z_table import z_table
from plant.process.esp.liquid import liquid_of
from plant.process.esp.motion import ESCAPE
from plant.process.esp.pressure import BULK_MODULUS, LEAST_GAS, P_REFERENCE, G, hydrostatic, place, tubing_friction
from plant.process.esp.row import Array, Liquid, Motion, Parameters, Slow, blank

ROUNDS = 25  # of substitution; contents and properties settle within a dozen
LAGGING = ("B_hole", "B_tubing", "gas_volume_tubing", "dissolved", "gas_slip", "full")
GUESS = {
    "B_hole": 1.02, "B_tubing": 1.02, "gas_per_pressure": 3e-6, "gas_volume": 1.1e5, "gas_volume_tubing": 1.1e5,
    "gas_volume_casing": 1.1e5, "gas_volume_top": 1.1e5, "soluble": 1e-6, "shortfall": 1.0, "dissolved": 1.0,
    "gas_slip": 1.0, "gas_slip_hole": 1.0, "full": 1.0, "rho_annulus": 900.0, "rho_below": 950.0,
    "head": 1.0, "rate": 1.0, "torque": 1.0,
}  # fmt: skip


class Rest(NamedTuple):
    """A state, each part with the matrix whose rows it is."""

    m: Motion
    o: Slow
    li: Liquid
    matrices: tuple[Array, Array, Array]


def at_rest(w: Parameters, q_sc: Array, p_wh: Array, p_in: Array, T_i: Array, T_wh: Array) -> Rest:
    """The contents of wells that give ``q_sc`` of liquid at these pressures and temperatures, pumps aside."""
    n = len(q_sc)
    (m_s, m), (o_s, o), (l_s, li) = blank(Motion, n), blank(Slow, n), blank(Liquid, n)
    for name, value in GUESS.items():
        getattr(li, name)[:] = value
    o.T_i[:], o.T_wh[:], o.T_m[:] = T_i, T_wh, T_i
    m.t_o[:], m.t_w[:] = (1.0 - w.water_cut) * w.tubing_volume, w.water_cut * w.tubing_volume
    for _ in range(ROUNDS):
        m.q[:] = q_sc * ((1.0 - w.water_cut) * li.B_hole + w.water_cut)
        fill_hole(m, w, li, p_in)
        fill_tubing(m, w, li, p_wh)
        l_s[:] = np.array(liquid_of(m, o, w, li, m.q, z_table()))
    fill_hole(m, w, li, p_in)
    fill_tubing(m, w, li, p_wh)
    for name in LAGGING:
        getattr(o, name)[:] = getattr(li, name)
    return Rest(m, o, li, (m_s, o_s, l_s))


def discharge_pressure(r: Rest, w: Parameters, p_wh: Array) -> Array:
    """Of the pump, from the wellhead's down [Pa]."""
    return p_wh + hydrostatic(place(r.m, w, r.li).weight, w) + tubing_friction(r.m.q, w, r.li)[0] * r.m.q


def flowing_pressure(r: Rest, w: Parameters, p_in: Array) -> Array:
    """At the perforations, from the intake's down [Pa]."""
    friction = (r.li.laminar_below + r.li.turbulent_below * np.abs(r.m.q)) * r.m.q
    return p_in + r.li.rho_below * G * w.h_below + friction


def fill_hole(m: Motion, w: Parameters, li: Liquid, p_in: Array) -> None:
    """Liquid to the level that the intake's pressure means, gas that the casing's pressure means.

    Where no level is low or high enough for that, the casing's pressure gives way.
    """
    above = np.clip((p_in - w.casing_pressure) * w.annulus_area / (li.rho_annulus * G), 0.0, 0.95 * w.annulus_volume)
    swell = (1.0 - w.water_cut) * li.B_hole + w.water_cut
    liquid = (w.sump_volume + above) / swell
    m.h_o[:], m.h_w[:] = (1.0 - w.water_cut) * liquid, w.water_cut * liquid
    soluble = np.minimum(li.gas_per_pressure * p_in, w.gor)
    leaving = m.q * li.gas_slip_hole / (liquid * swell) + ESCAPE
    m.h_g[:] = m.h_o * (soluble + (w.gor - soluble) * m.q / (liquid * swell * leaving))
    p_casing = p_in - li.rho_annulus * G * above / w.annulus_area
    m.c_g[:] = np.maximum(p_casing, 0.0) * (w.annulus_volume - above) / li.gas_volume_casing


def fill_tubing(m: Motion, w: Parameters, li: Liquid, p_wh: Array) -> None:
    """Liquid and gas that fill it, as flow of the mixture shares it between them, at the wellhead's pressure."""
    swell = (1.0 - w.water_cut) * li.B_tubing + w.water_cut
    gas = np.maximum(p_wh * (1.0 - li.full) * w.tubing_volume, LEAST_GAS * li.gas_volume_tubing)
    liquid = (w.tubing_volume - gas / p_wh) / (1.0 - (p_wh - P_REFERENCE) / BULK_MODULUS)
    m.t_o[:], m.t_w[:] = (1.0 - w.water_cut) * liquid / swell, w.water_cut * liquid / swell
    m.t_g[:] = m.t_o * li.dissolved + gas / li.gas_volume_tubing
