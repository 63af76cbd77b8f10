"""What flows in the wells, by the physics library: refreshed where a well has changed, on a slower clock.

Solution gas and volumes are Standing's, z Dranchuk and Abou-Kassem's, the tubing's holdup and friction Hagedorn
and Brown's along the present pressures. Temperatures and pressures outside the correlations' range are held at
its ends: a shut-in well in winter has a density yet. What depends on the flow's history (how gas is spread along
the tubing, what is in solution there) follows with a lag.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.physics.emulsion import broken_viscosity, emulsion_viscosity
from plant.physics.esp.separation import marquez_separation, total_separation
from plant.physics.esp.viscosity import hi_parameter
from plant.physics.esp.viscosity_measurement import measured_factors
from plant.physics.fluid import oil_viscosity, water_viscosity
from plant.physics.friction import friction_slope
from plant.physics.multiphase import hagedorn_brown
from plant.physics.pvt import pseudocritical, standing
from plant.physics.pvt.legal import LEGAL
from plant.physics.pvt.z_table import between
from plant.physics.valve import P_SC, T_SC
from plant.process.esp.pressure import (
    Shares,
    hydrostatic,
    intake_pressure,
    place,
    shares,
    tubing_friction,
    tubing_pressure,
)
from plant.process.esp.rate import choked
from plant.process.esp.row import Array, Liquid, Motion, Parameters, Slow
from plant.process.parameter import STEEL_ROUGHNESS

AIR, WATER = 1.225, 999.0  # densities at standard conditions [kg/m³]
BUBBLE_RISE = 0.25  # in water [m/s]
NEAR = 0.99  # of a rate: where it is looked how friction changes with it
TENSION = 0.03  # of oil and water against gas [N/m]
MOST_VISCOUS = 39.9  # parameter B to which the pumps' factors are known: thicker liquids are taken as that
LEAST_RATE = 0.05  # of the last tested one: a slower well's properties are those at this rate
(P_MOST, (T_LEAST, T_MOST), (O_LEAST, O_MOST), (G_LEAST, G_MOST), R_MOST) = (
    LEGAL["p"][1], LEGAL["T"][:2], LEGAL["gamma_o"][:2], LEGAL["gamma_g"][:2], LEGAL["R_s"][1],
)  # fmt: skip


class View(NamedTuple):
    """Pressures, temperatures and compositions that the properties are taken at."""

    p_in: Array
    p_wh: Array
    p_out: Array  # of the pump
    T_in: Array
    T_wh: Array
    gamma_o: Array
    gamma_g: Array
    rate: Array
    s: Shares
    rho: Array  # of the liquid without gas
    water_cut: Array  # of what is pumped
    mu_in: Array  # viscosities of the liquid at the intake, and at the tubing's mean temperature
    mu: Array


class Point(NamedTuple):
    """What a place in the tubing adds to the means along it."""

    held: Array  # share of liquid
    free: Array  # gas, over what the room would hold at standard conditions
    in_oil: Array  # gas in solution per oil, by the share of liquid
    soluble: Array  # the same that could be


class Friction(NamedTuple):
    """Of a pipe: per rate, and per square of rate."""

    laminar: Array
    turbulent: Array


class Tubing(NamedTuple):
    """What the tubing's rows of ``Liquid`` are made of."""

    B_tubing: Array
    dissolved: Array
    spread: Array
    at_top: Array
    soluble: Array
    shortfall: Array
    gas_slip: Array
    full: Array


@elementwise
def liquid_of(m: Motion, o: Slow, w: Parameters, was: Liquid, left: Array, z: Array) -> Liquid:
    """Properties at the present state.

    ``was`` are those that it was reached with, ``left`` is what the line gets [m³/s, as it was at the intake], and
    ``z`` the table of z-factors.
    """
    v = view(m, o, w, was)
    soluble = np.maximum(standing.solution_gor(v.p_in, v.T_in, v.gamma_o, v.gamma_g), 1e-3)
    held = np.minimum(soluble, m.h_g / np.maximum(m.h_o, 1e-9))
    B = standing.formation_volume(np.minimum(held, R_MOST), v.T_in, v.gamma_o, v.gamma_g)
    volume = gas_volume(v.p_in, v.T_in, v.gamma_g, z)
    speed = v.rate / (0.25 * np.pi * np.square(w.casing_diameter))
    void = v.s.bubbles * volume / v.p_in / np.maximum(m.h_o * was.B_hole + m.h_w, 1e-9)
    t = tubing(m, w, was, v, z)
    # in the line an emulsion no longer forms: it is behind the demulsifier
    mu_line = broken_viscosity(v.water_cut, oil_viscosity(v.T_wh, w.oil_viscosity), water_viscosity(v.T_wh))
    below = friction(v.rate, v, w.casing_length, w.casing_diameter, v.mu_in, w.friction_factor)
    up = friction(v.rate, v, w.tubing_length, w.tubing_diameter, v.mu, w.friction_factor)
    line = friction(
        np.maximum(left, LEAST_RATE * w.last_rate), v, w.line_length, w.line_diameter, mu_line, w.line_factor
    )
    head, rate, torque = viscous_factors(w, v.mu_in / v.rho)
    return Liquid(
        B_hole=B,
        B_tubing=t.B_tubing,
        gas_volume_tubing=t.spread,
        dissolved=t.dissolved,
        gas_slip=t.gas_slip,
        full=t.full,
        gas_volume_top=t.at_top,
        soluble=t.soluble,
        shortfall=t.shortfall,
        gas_per_pressure=soluble / v.p_in,
        gas_volume=volume,
        gas_volume_casing=volume,
        separated=total_separation(marquez_separation(speed, BUBBLE_RISE), w.gas_separation),
        gas_slip_hole=np.minimum(1.0 + BUBBLE_RISE / speed, 50.0),
        rho_annulus=(w.rho_o + held * w.rho_g) / B,
        rho_below=v.rho * (1.0 - np.clip(void, 0.0, 0.9)),
        laminar_below=below.laminar,
        turbulent_below=below.turbulent,
        laminar=up.laminar,
        turbulent=up.turbulent,
        laminar_line=line.laminar,
        turbulent_line=line.turbulent,
        head=head / w.usual_head,
        rate=rate / w.usual_rate,
        torque=torque / w.usual_torque,
    )


@elementwise
def leaving(m: Motion, o: Slow, w: Parameters, li: Liquid) -> Array:
    """What the line gets of a well that is not shut in [m³/s, as it was at the intake]."""
    at = place(m, w, li)
    p_in, _ = intake_pressure(at, w, li)
    p_wh, _ = tubing_pressure(at.liquid, at.gas, w)
    return choked(at, p_wh, o.z, 1.0, w, li).out / np.maximum(shares(m, p_in, w, li).swell, 0.1)


@elementwise
def gas_volume(p: Array, T: Array, gamma_g: Array, z: Array) -> Array:
    """Pressure times volume of a cubic metre of gas at standard conditions [Pa]."""
    T_pc, p_pc = pseudocritical.mccain_sweet(gamma_g)
    return P_SC / T_SC * T * between(z, p / p_pc, T / T_pc)


@elementwise
def well_viscosity(w: Parameters, water_cut: Array, T: Array) -> Array:
    """Of the liquid in a well: an emulsion, for the pump has stirred it [Pa·s]."""
    loose = emulsion_viscosity(water_cut, oil_viscosity(T, w.oil_viscosity), water_viscosity(T), w.inversion)
    return w.viscosity_factor * loose


@elementwise
def viscous_factors(w: Parameters, nu: Array) -> tuple[Array, Array, Array]:
    """On head, rate and torque of a pump, of a liquid of this viscosity."""
    speed = w.test_turn / (2.0 * np.pi)
    nu = nu / np.square(np.maximum(hi_parameter(nu, w.best_rate, w.best_head, speed) / MOST_VISCOUS, 1.0))
    factors = measured_factors(nu, w.best_rate, w.best_head, speed)
    return factors.head, factors.rate, factors.head * factors.rate / factors.efficiency


@elementwise
def view(m: Motion, o: Slow, w: Parameters, was: Liquid) -> View:
    """Where the properties are taken, held within the correlations' ranges."""
    at = place(m, w, was)
    p_in, _ = intake_pressure(at, w, was)
    p_wh, _ = tubing_pressure(at.liquid, at.gas, w)
    slope, _ = tubing_friction(m.q, w, was)
    p_out = p_wh + hydrostatic(at.weight, w) + np.maximum(slope * m.q, 0.0)
    s = shares(m, p_in, w, was)
    whole = np.maximum(s.lifted.oil + s.lifted.water, 1e-9)
    water_cut = s.lifted.water / whole
    T_in, T_wh = np.clip(o.T_i, T_LEAST, T_MOST), np.clip(o.T_wh, T_LEAST, T_MOST)
    return View(
        p_in=np.clip(p_in, P_SC, P_MOST),
        p_wh=np.clip(p_wh, P_SC, P_MOST),
        p_out=np.clip(p_out, P_SC, P_MOST),
        T_in=T_in,
        T_wh=T_wh,
        gamma_o=np.clip(w.rho_o / WATER, O_LEAST, O_MOST),
        gamma_g=np.clip(w.rho_g / AIR, G_LEAST, G_MOST),
        rate=np.maximum(np.abs(m.q), LEAST_RATE * w.last_rate),
        s=s,
        rho=(s.lifted.oil * w.rho_o + s.lifted.water * w.rho_w) / whole,
        water_cut=water_cut,
        mu_in=well_viscosity(w, water_cut, T_in),
        mu=well_viscosity(w, water_cut, 0.5 * (T_in + T_wh)),
    )


@elementwise
def tubing(m: Motion, w: Parameters, was: Liquid, v: View, z: Array) -> Tubing:
    """Means along the tubing, from the pump to the wellhead."""
    # written out, for the compiler takes no wells abreast around a loop
    a, b, c, d, e = (
        point(w, v, 0.1, z), point(w, v, 0.3, z), point(w, v, 0.5, z), point(w, v, 0.7, z), point(w, v, 0.9, z)
    )  # fmt: skip
    held = 0.2 * (a.held + b.held + c.held + d.held + e.held)
    free = 0.2 * (a.free + b.free + c.free + d.free + e.free)
    in_oil = 0.2 * (a.in_oil + b.in_oil + c.in_oil + d.in_oil + e.in_oil)
    could = 0.2 * (a.soluble + b.soluble + c.soluble + d.soluble + e.soluble)
    up, there = v.s.lifted, v.s.lifted.gas / np.maximum(v.s.lifted.oil, 1e-9)
    room = free * w.tubing_volume
    dissolved, could = in_oil / held, could / held
    p_mean = np.clip(v.p_wh + 0.5 * hydrostatic(place(m, w, was).weight, w), P_SC, P_MOST)
    at_top = gas_volume(v.p_wh, v.T_wh, v.gamma_g, z)
    is_gassy, gas = room > 1e-3 * w.tubing_volume, np.maximum(room, 1e-9)
    slip = (up.gas / v.s.swell - v.s.held.oil * dissolved) * held * w.tubing_volume / gas
    T_mean = 0.5 * (v.T_in + v.T_wh)
    return Tubing(
        B_tubing=standing.formation_volume(np.minimum(dissolved, R_MOST), T_mean, v.gamma_o, v.gamma_g),
        dissolved=dissolved,
        spread=choose(is_gassy, v.p_wh * (1.0 - held) * w.tubing_volume / gas, at_top),
        at_top=at_top,
        soluble=could / p_mean,
        shortfall=dissolved / np.maximum(np.minimum(could, there), 1e-9),
        gas_slip=choose(is_gassy, np.clip(slip, 0.1, 20.0), 1.0),
        full=held,
    )


@elementwise
def point(w: Parameters, v: View, part: float, z: Array) -> Point:
    """At a part of the way up the tubing; what is held back there is by Hagedorn and Brown."""
    p, T = v.p_out + (v.p_wh - v.p_out) * part, v.T_in + (v.T_wh - v.T_in) * part
    up = v.s.lifted
    soluble = standing.solution_gor(p, T, v.gamma_o, v.gamma_g)
    in_oil = np.minimum(soluble, up.gas / np.maximum(up.oil, 1e-9))
    volume = gas_volume(p, T, v.gamma_g, z)
    v_sl = v.rate * v.s.swell * (w.tubing_length / w.tubing_volume)
    v_sg = v_sl * np.maximum(up.gas - up.oil * in_oil, 0.0) * volume / p
    held = choose(
        hagedorn_brown.bubbles_rise(v_sl, v_sg, w.tubing_diameter),
        hagedorn_brown.slipping_holdup(v_sl, v_sg),
        hagedorn_brown.charted_holdup(v_sl, v_sg, v.rho, v.mu, TENSION, p, w.tubing_diameter),
    )
    held = np.clip(held, 0.02, 1.0)
    return Point(held, (1.0 - held) * p / volume, held * in_oil, held * soluble)


@elementwise
def friction(rate: Array, v: View, length: Array, diameter: Array, viscosity: Array, factor: Array) -> Friction:
    """Of a pipe that the liquid fills: a straight line on the rate that touches the formula at the present one."""
    slope = factor * friction_slope(rate, length, diameter, v.rho, viscosity, STEEL_ROUGHNESS)
    near = factor * friction_slope(NEAR * rate, length, diameter, v.rho, viscosity, STEEL_ROUGHNESS)
    steep = np.clip((slope - near) / (1.0 - NEAR), 0.0, slope)
    return Friction(slope - steep, steep / rate)
