"""Where a well stands: what its contents mean as pressures, and what a cubic metre of each holds.

Pressures follow from contents: at the intake from the level in the annulus and the gas above it, at the wellhead
from how much liquid and gas share the tubing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.row import Array, Liquid, Motion, Parameters
from plant.process.parameter import G

BULK_MODULUS = 1e9  # of liquid and the steel around it [Pa]
SMALL_DROP = 2e4  # of pressure at an orifice, below which its root becomes a straight line [Pa]
CHECK_RESISTANCE = 1e8  # of a check valve that lets back through a little [Pa·s/m³]
P_REFERENCE = 101_325.0
LEAST_GAS = 1e-4  # free in the tubing, at standard conditions [m³]


class Place(NamedTuple):
    """The numbers that a stage of a substep starts from."""

    n: Array
    q: Array
    p_line: Array
    liquid: Array  # in the tubing [m³]
    gas: Array  # free, in the tubing: pressure times volume, as far as it expands as at the wellhead [J]
    weight: Array  # of what is in the tubing [kg]
    hole: Array  # liquid in hole and annulus [m³]
    casing: Array  # pressure times volume of the gas above it [J]
    back: Array  # resistance of the check valve [Pa·s/m³]


class Share(NamedTuple):
    """What is in a cubic metre of liquid that passes a place [m³ at standard conditions]."""

    oil: Array
    water: Array
    gas: Array


class Shares(NamedTuple):
    """What a cubic metre of passing liquid holds, at standard conditions; and what of it is free gas [J/m³]."""

    lifted: Share  # into the tubing
    shed: Array  # gas kept out of the pump, into the casing
    bubbles: Array  # free gas in the whole hole
    held: Share  # of the tubing's liquid, without its free gas
    free: Array  # gas that is free in the tubing: pressure times volume
    swell: Array  # volume in the tubing of what had one cubic metre below
    rho_lifted: Array  # [kg/m³]
    rho_held: Array


@elementwise
def root(x: Array, small: float) -> tuple[Array, Array]:
    """The square root with the sign of ``x``, straight where it vanishes, and its slope."""
    square = x * x + small * small
    fourth = np.sqrt(np.sqrt(square))
    return x / fourth, (square - 0.5 * x * x) / (square * fourth)


@elementwise
def tubing_pressure(liquid: Array, gas: Array, w: Parameters) -> tuple[Array, Array]:
    """At the wellhead, of liquid and free gas that share the tubing [Pa]; and its rise with liquid [Pa/m³].

    Both are compressed until they fit: :math:`V_l (1 - (p - p_0)/K) + a/p = V`. Where the liquid alone does not
    fill the tubing, the gas has what is left, as a pocket.
    """
    soft = liquid / BULK_MODULUS
    excess = liquid * (1.0 + P_REFERENCE / BULK_MODULUS) - w.tubing_volume
    whole = np.sqrt(excess * excess + 4.0 * gas * soft)
    p = choose(excess > 0.0, (excess + whole) / (2.0 * soft), 2.0 * gas / (whole - np.minimum(excess, 0.0)))
    p = np.maximum(p, 1.0)
    return p, 1.0 / (soft + gas / (p * p))


@elementwise
def intake_pressure(at: Place, w: Parameters, liquid: Liquid) -> tuple[Array, Array]:
    """At the pump's intake, from the level above it and the casing's gas [Pa]; and its rise with liquid."""
    above, room = at.hole - w.sump_volume, casing_room(at.hole, w)
    weight = liquid.rho_annulus * G / w.annulus_area
    p_casing = at.casing / room
    return p_casing + weight * above, weight + p_casing / room


@elementwise
def casing_room(hole: Array, w: Parameters) -> Array:
    """What the liquid leaves of the annulus to its gas [m³]."""
    return np.maximum(w.annulus_volume + w.sump_volume - hole, 0.02 * w.annulus_volume)


@elementwise
def reservoir_swell(w: Parameters, li: Liquid) -> Array:
    """Volume in the hole of a cubic metre that the reservoir gives."""
    return (1.0 - w.water_cut) * li.B_hole + w.water_cut


@elementwise
def hydrostatic(weight: Array, w: Parameters) -> Array:
    """Pressure of what stands in the tubing, wherever in it it is [Pa]."""
    return weight * (G * w.h_pump / w.tubing_volume)


@elementwise
def tubing_friction(q: Array, w: Parameters, liquid: Liquid) -> tuple[Array, Array]:
    """Pressure lost in the tubing per rate, and the change of the loss with the rate [Pa·s/m³]."""
    steep = (liquid.turbulent + w.tubing_block) * np.abs(q)
    return liquid.laminar + steep, liquid.laminar + 2.0 * steep


@elementwise
def line_loss(out: Array, w: Parameters, li: Liquid) -> Array:
    """Pressure lost between choke and manifold [Pa]."""
    return out * (li.laminar_line + (li.turbulent_line + w.line_block) * np.abs(out))


@elementwise
def check_resistance(w: Parameters) -> Array:
    """Of a shut check valve: none of one that stands open, or is not there [Pa·s/m³]."""
    return CHECK_RESISTANCE * np.maximum(1.0 / (w.check_leak + 1e-5) - 1.0, 0.0)


@elementwise
def place(m: Motion, w: Parameters, li: Liquid) -> Place:
    """Where a substep starts."""
    free = np.maximum(m.t_g - m.t_o * li.dissolved, LEAST_GAS)
    return Place(
        n=m.n,
        q=m.q,
        p_line=m.p_line,
        liquid=m.t_o * li.B_tubing + m.t_w,
        gas=free * li.gas_volume_tubing,
        weight=m.t_o * w.rho_o + m.t_w * w.rho_w + m.t_g * w.rho_g,
        hole=m.h_o * li.B_hole + m.h_w,
        casing=m.c_g * li.gas_volume_casing,
        back=m.check * check_resistance(w),
    )


@elementwise
def shares(m: Motion, p_in: Array, w: Parameters, li: Liquid) -> Shares:
    """Compositions on both sides of the pump."""
    hole, tubing = m.h_o * li.B_hole + m.h_w, np.maximum(m.t_o * li.B_tubing + m.t_w, 1e-9)
    soluble = np.minimum(m.h_o * li.gas_per_pressure * np.maximum(p_in, 0.0), m.h_g)
    free = li.gas_slip_hole * (m.h_g - soluble) / hole
    shed = li.separated * free
    up = Share(m.h_o / hole, m.h_w / hole, soluble / hole + free - shed)
    held = Share(m.t_o / tubing, m.t_w / tubing, np.minimum(m.t_o * li.dissolved, m.t_g) / tubing)
    return Shares(
        lifted=up,
        shed=shed,
        bubbles=m.h_g - soluble,
        held=held,
        free=np.maximum(up.gas - up.oil * li.dissolved, 0.0) * li.gas_volume_tubing,
        swell=up.oil * li.B_tubing + up.water,
        rho_lifted=up.oil * w.rho_o + up.water * w.rho_w + up.gas * w.rho_g,
        rho_held=held.oil * w.rho_o + held.water * w.rho_w + m.t_g / tubing * w.rho_g,
    )
