"""What flows in the wells, by the physics library: refreshed where a well has changed, on a slower clock.

Solution gas and volumes are Standing's, z Dranchuk and Abou-Kassem's, the tubing's holdup and friction Hagedorn
and Brown's along the present pressures. Temperatures and pressures outside the correlations' range are held at
its ends: a shut-in well in winter has a density yet. What depends on the flow's history (how gas is spread along
the tubing, what is in solution there) follows with a lag.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.emulsion import broken_viscosity, emulsion_viscosity
from plant.physics.esp.separation import marquez_separation, total_separation
from plant.physics.esp.viscosity import hi_parameter
from plant.physics.esp.viscosity_measurement import measured_factors
from plant.physics.fluid import oil_viscosity, water_viscosity
from plant.physics.friction import friction_slope
from plant.physics.multiphase import hagedorn_brown
from plant.physics.multiphase.stream import Stream
from plant.physics.pvt import pseudocritical, standing
from plant.physics.pvt.legal import LEGAL
from plant.physics.pvt.z_table import tabulated_z
from plant.physics.valve import P_SC, T_SC
from plant.process.esp.place import (
    Shares,
    hydrostatic,
    intake_pressure,
    place,
    shares,
    tubing_friction,
    tubing_pressure,
)
from plant.process.esp.row import Array, Liquid, Motion, Parameters, Slow
from plant.process.esp.second import LEAST_RATE
from plant.process.parameter import STEEL_ROUGHNESS

AIR, WATER = 1.225, 999.0  # densities at standard conditions [kg/m³]
POINTS = 5  # along a tubing
BUBBLE_RISE = 0.25  # in water [m/s]
TENSION = 0.03  # of oil and water against gas [N/m]
GAS_VISCOSITY = 1.5e-5  # [Pa·s]
MOST_VISCOUS = 39.9  # parameter B to which the pumps' factors are known: thicker liquids are taken as that


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


def liquid_of(m: Motion, o: Slow, w: Parameters, was: Liquid) -> Liquid:
    """Properties at the present state; ``was`` are those that it was reached with."""
    v = _view(m, o, w, was)
    return Liquid(**_hole(m, w, was, v), **_tubing(m, w, was, v), **_pipes(w, v), **_pump(w, v))


def gas_volume(p: Array, T: Array, gamma_g: Array) -> Array:
    """Pressure times volume of a cubic metre of gas at standard conditions [Pa]."""
    T_pc, p_pc = pseudocritical.mccain(gamma_g)
    return P_SC / T_SC * T * tabulated_z(p / p_pc, T / T_pc)


def well_viscosity(w: Parameters, water_cut: Array, T: Array) -> Array:
    """Of the liquid in a well: an emulsion, for the pump has stirred it [Pa·s]."""
    loose = emulsion_viscosity(water_cut, oil_viscosity(T, w.oil_viscosity), water_viscosity(T), w.inversion)
    return w.viscosity_factor * loose


def viscous_factors(w: Parameters, nu: Array) -> tuple[Array, Array, Array]:
    """On head, rate and torque of a pump, of a liquid of this viscosity."""
    speed = w.test_turn / (2.0 * np.pi)
    nu = nu / np.maximum(hi_parameter(nu, w.best_rate, w.best_head, speed) / MOST_VISCOUS, 1.0) ** 2
    factors = measured_factors(nu, w.best_rate, w.best_head, speed)
    return factors.head, factors.rate, factors.head * factors.rate / factors.efficiency


def _view(m: Motion, o: Slow, w: Parameters, was: Liquid) -> View:
    at = place(m, w, was)
    p_in, p_wh = intake_pressure(at, w, was)[0], tubing_pressure(at.liquid, at.gas, w)[0]
    p_out = p_wh + hydrostatic(at.weight, w) + np.maximum(tubing_friction(m.q, w, was)[0] * m.q, 0.0)
    s = shares(m, p_in, w, was)
    whole = np.maximum(s.lifted.oil + s.lifted.water, 1e-9)
    p_in, p_wh, p_out = (np.clip(p, P_SC, LEGAL["p"][1]) for p in (p_in, p_wh, p_out))
    T_in, T_wh = (np.clip(T, *LEGAL["T"][:2]) for T in (o.T_i, o.T_wh))
    return View(
        p_in, p_wh, p_out, T_in, T_wh,
        gamma_o=np.clip(w.rho_o / WATER, *LEGAL["gamma_o"][:2]),
        gamma_g=np.clip(w.rho_g / AIR, *LEGAL["gamma_g"][:2]),
        rate=np.maximum(np.abs(m.q), LEAST_RATE * w.last_rate),
        s=s,
        rho=(s.lifted.oil * w.rho_o + s.lifted.water * w.rho_w) / whole,
        water_cut=s.lifted.water / whole,
    )  # fmt: skip


def _hole(m: Motion, w: Parameters, was: Liquid, v: View) -> dict[str, Array]:
    soluble = np.maximum(standing.solution_gor(v.p_in, v.T_in, v.gamma_o, v.gamma_g), 1e-3)
    held = np.minimum(soluble, m.h_g / np.maximum(m.h_o, 1e-9))
    B = standing.formation_volume(np.minimum(held, LEGAL["R_s"][1]), v.T_in, v.gamma_o, v.gamma_g)
    volume = gas_volume(v.p_in, v.T_in, v.gamma_g)
    speed = v.rate / (0.25 * np.pi * w.casing_diameter**2)
    void = v.s.bubbles * volume / v.p_in / np.maximum(m.h_o * was.B_hole + m.h_w, 1e-9)
    return {
        "B_hole": B,
        "gas_per_pressure": soluble / v.p_in,
        "gas_volume": volume,
        "gas_volume_casing": volume,
        "separated": total_separation(marquez_separation(speed, np.full_like(speed, BUBBLE_RISE)), w.gas_separation),
        "gas_slip_hole": np.minimum(1.0 + BUBBLE_RISE / speed, 50.0),
        "rho_annulus": (w.rho_o + held * w.rho_g) / B,
        "rho_below": v.rho * (1.0 - np.clip(void, 0.0, 0.9)),
    }


def _tubing(m: Motion, w: Parameters, was: Liquid, v: View) -> dict[str, Array]:
    part = (np.arange(POINTS) + 0.5)[:, None] / POINTS  # from the pump to the wellhead
    p, T = v.p_out + (v.p_wh - v.p_out) * part, v.T_in + (v.T_wh - v.T_in) * part
    up = v.s.lifted
    soluble, there = standing.solution_gor(p, T, v.gamma_o, v.gamma_g), up.gas / np.maximum(up.oil, 1e-9)
    R = np.minimum(soluble, there)
    volume = gas_volume(p, T, v.gamma_g)
    held = _held(w, v, p, np.maximum(up.gas - up.oil * R, 0.0) * volume / p, w.rho_g * p / volume)
    full, free = held.mean(axis=0), ((1.0 - held) * p / volume).mean(axis=0) * w.tubing_volume
    in_oil = (held * R).mean(axis=0) / full
    mean_soluble = (held * soluble).mean(axis=0) / full
    p_mean = np.clip(v.p_wh + 0.5 * hydrostatic(place(m, w, was).weight, w), P_SC, LEGAL["p"][1])
    at_top = gas_volume(v.p_wh, v.T_wh, v.gamma_g)
    is_gassy, room = free > 1e-3 * w.tubing_volume, np.maximum(free, 1e-9)
    spread = np.where(is_gassy, v.p_wh * (1.0 - full) * w.tubing_volume / room, at_top)
    slip = (up.gas / v.s.swell - v.s.held.oil * in_oil) * full * w.tubing_volume / room
    B_o = standing.formation_volume(np.minimum(in_oil, LEGAL["R_s"][1]), T.mean(axis=0), v.gamma_o, v.gamma_g)
    return {
        "B_tubing": B_o,
        "dissolved": in_oil,
        "gas_volume_tubing": spread,
        "gas_volume_top": at_top,
        "soluble": mean_soluble / p_mean,
        "shortfall": in_oil / np.maximum(np.minimum(mean_soluble, there), 1e-9),
        "gas_slip": np.where(is_gassy, np.clip(slip, 0.1, 20.0), 1.0),
        "full": full,
    }


def _held(w: Parameters, v: View, p: Array, gas_per_liquid: Array, rho_g: Array) -> Array:
    """Share of liquid along the tubing, by Hagedorn and Brown."""
    v_sl = np.broadcast_to(v.rate * v.s.swell * (w.tubing_length / w.tubing_volume), p.shape)
    mu = np.broadcast_to(well_viscosity(w, v.water_cut, 0.5 * (v.T_in + v.T_wh)), p.shape)
    stream = Stream(v_sl, v_sl * gas_per_liquid, np.broadcast_to(v.rho, p.shape), rho_g, mu, GAS_VISCOSITY, TENSION, p)
    bubble = hagedorn_brown.is_bubble(stream, w.tubing_diameter)
    slow, fast = hagedorn_brown.griffith_holdup(stream), hagedorn_brown.holdup(stream, w.tubing_diameter)
    return np.clip(np.where(bubble, slow, fast), 0.02, 1.0)


def _pipes(w: Parameters, v: View) -> dict[str, Array]:
    mu_in = well_viscosity(w, v.water_cut, v.T_in)
    mu = well_viscosity(w, v.water_cut, 0.5 * (v.T_in + v.T_wh))
    # in the line an emulsion no longer forms: it is behind the demulsifier
    mu_line = broken_viscosity(v.water_cut, oil_viscosity(v.T_wh, w.oil_viscosity), water_viscosity(v.T_wh))
    pipes = (
        ("_below", w.casing_length, w.casing_diameter, mu_in, w.friction_factor),
        ("", w.tubing_length, w.tubing_diameter, mu, w.friction_factor),
        ("_line", w.line_length, w.line_diameter, mu_line, w.line_factor),
    )
    found: dict[str, Array] = {}
    for name, length, diameter, viscosity, factor in pipes:
        slope = factor * friction_slope(v.rate, length, diameter, v.rho, viscosity, STEEL_ROUGHNESS)
        creeping = np.minimum(factor * 128.0 * viscosity * length / (np.pi * diameter**4), slope)
        found[f"laminar{name}"] = creeping
        found[f"turbulent{name}"] = np.sqrt(slope * slope - creeping * creeping) / v.rate
    return found


def _pump(w: Parameters, v: View) -> dict[str, Array]:
    head, rate, torque = viscous_factors(w, well_viscosity(w, v.water_cut, v.T_in) / v.rho)
    return {"head": head / w.usual_head, "rate": rate / w.usual_rate, "torque": torque / w.usual_torque}
