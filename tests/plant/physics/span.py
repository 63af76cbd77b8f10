"""The legal range of every argument of plant.physics, by its name [SI]; where a function means another by it,
of that.

``(low, high)`` is drawn between, evenly, or by its logarithm where it spans decades; ``Of`` is a share of another
argument; anything else is handed over as it stands. Ranges are those that docstrings, guards and
``plant.physics.pvt.legal`` state; where they state none, that of oil fields, somewhat widened.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from plant.physics.circuit import nameplate_circuit
from plant.physics.compressor import CompressorMap
from plant.physics.esp_three_state import ThreeStateWell
from plant.physics.motor import MotorLosses
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.blackoil_table import tabulate
from plant.physics.pvt.legal import LEGAL
from plant.physics.vfp import lift_table


@dataclass(frozen=True)
class Of:
    """A share of another argument."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Flow:
    """A stream, drawn from the ranges of its own fields."""


RATE = np.array([5.0, 100.0, 200.0, 300.0, 400.0]) / 86_400.0
HEAD = np.array([1500.0, 1480.0, 1300.0, 900.0, 300.0])
POWER = np.array([50e3, 60e3, 68e3, 72e3, 70e3])
WATER_OIL = Fluid(0.9, 0.8, 60.0, salinity=0.03)
TABLE = tabulate(WATER_OIL, np.linspace(0.0, 4e7, 41), np.linspace(280.0, 420.0, 15))
GRID = np.linspace(1e5, 4e7, 8), np.linspace(285.0, 420.0, 8)
STREAM = {
    "v_sl": (0.0, 5.0), "v_sg": (0.0, 30.0), "rho_l": (600.0, 1200.0), "rho_g": (0.5, 300.0), "mu_l": (1e-4, 1.0),
    "mu_g": (5e-6, 5e-5), "sigma": (1e-3, 0.08), "p": (1e5, 5e7),
}  # fmt: skip

SPAN: dict[str, Any] = {
    **{name: (low, high) for name, (low, high, _) in LEGAL.items()},
    # pressures
    "p_r": (1e6, 1e8), "p_wf": Of("p_r", 0.0, 1.0), "p_wh": (1e5, 5e7), "p_top": (1e5, 3e7), "p_in": (1e5, 4e7),
    "p_1": (2e5, 5e7), "p_2": Of("p_1", 0.0, 0.999), "p_b": (1e5, 1e8), "p_shop": (1e5, 3e7), "p_dome": (1e5, 3e7),
    "p_tubing": (0.0, 3e7), "p_casing": (0.0, 3e7), "p_m": (1e5, 5e6), "p_v": Of("p_c", 0.0, 1.0), "p_c": (1e6, 3e7),
    "p_frac": Of("p_r", 1.0, 3.0), "p_ambient": (5e4, 1.1e5), "p_pc": (2e6, 1e7), "p_sc": 101_325.0, "T_sc": 288.15,
    "f_w": (0.0, 1.0), "dp": (-5e7, 5e7), "span": (1e4, 5e6), "small": (1e2, 1e5),
    # temperatures
    "T_in": (274.0, 450.0), "T_rock": (274.0, 450.0), "T_out": (270.0, 350.0), "T_wall": (270.0, 350.0),
    "T_wax": (280.0, 340.0), "T_1": (250.0, 400.0), "T_ambient": (230.0, 330.0), "T_around": (280.0, 450.0),
    "T_rated": (400.0, 520.0), "T_surface": (250.0, 330.0), "T_pc": (150.0, 400.0), "T_D": (0.01, 10.0),
    "T_arriving": None, "fade": (1.0, 50.0), "gradient": (0.005, 0.2), "cooling": (-0.02, 0.02),
    "expansion": (-0.01, 0.01),
    # lengths, areas, volumes, angles
    "diameter": (0.02, 0.5), "length": (1.0, 1e4), "height": (0.0, 5e3), "roughness": (0.0, 1e-3),
    "area": (0.0, 1e-2),
    "relative_roughness": (0.0, 0.05), "radius": (0.03, 0.5), "r_w": (0.03, 0.3), "r_e": (50.0, 2e3),
    "h": (1.0, 500.0),
    "inner": (1e-3, 0.2), "outer": None, "thickness": (5e-3, 0.03), "width": (0.02, 0.06), "casing": (0.1, 0.4),
    "d": (0.0, 1e-3), "d_50": (1e-5, 1e-3), "film": (1e-5, 1e-2), "eccentricity": (0.0, 1e-4), "eye_area": 3e-3,
    "ring_area": 2e-3, "shaft_diameter": (0.0, 0.05), "housing_length": (0.0, 15.0), "stage_length": (0.02, 0.3),
    "ends": 0.3,
    "volume": (0.0, 1e3), "angle": (-math.pi / 2, math.pi / 2), "inclination": None, "azimuth": None,
    "V": (1e-4, 1e-3),
    "tvd": (0.0, 8e3), "at": (0.0, 5e3), "md": np.linspace(0.0, 4e3, 9), "relaxation": (10.0, 1e5),
    "alpha": (0.0, 1.0),
    # rates, speeds, times
    "q": (0.0, 0.05), "q_cooling": (0.0, 0.05), "q_i": (1e-6, 0.1), "q_o_max": (0.0, 0.1), "q_l": (0.0, 0.05),
    "q_g": (0.0, 0.5),
    "q_best": (1e-5, 0.1), "q_down": (1e-4, 1e-2), "q_up": None, "w": (0.0, 50.0), "mass": (0.0, 50.0),
    "v": (0.0, 20.0),
    "v_sl": (0.0, 5.0), "v_inf": (1e-3, 1.0), "still": (0.0, 1.0), "t": (0.0, 1e9), "d_i": (0.0, 1e-6),
    "J": (1e-13, 1e-6),
    "n": (0.01, 2.0), "speed": (0.0, 100.0), "f": (0.0, 100.0), "f_rated": 50.0, "nominal": (40.0, 70.0),
    "critical": (1.0, 200.0),
    # liquids and gases
    "rho": (500.0, 1300.0), "rho_l": (600.0, 1200.0), "rho_g": (0.5, 300.0), "rho_o": (600.0, 1050.0),
    "rho_w": (950.0, 1300.0),
    "mu_o": (1e-4, 20.0), "mu_w": (1e-4, 2e-3), "mu_reference": (1e-4, 20.0), "mu_b": (1e-4, 10.0),
    "mu_dead": (1e-4, 100.0),
    "nu": (1e-7, 1e-2), "sigma": (0.0, 0.1), "d_rho": (1.0, 500.0), "water_cut": (0.0, 1.0), "gor": (0.0, 1e3),
    "R_sb": (0.0, 1e3),
    "R_p": (1.0, 1e4), "B": (0.9, 3.0), "B_o": (0.9, 3.0), "B_ob": (0.9, 3.0), "M": (0.016, 0.05),
    "c_p": (1500.0, 4500.0),
    "c_l": (1500.0, 4500.0), "diffusivity": (1e-7, 1e-5), "y_h2s": (0.0, 0.2), "y_co2": (0.0, 0.2),
    "y_n2": (0.0, 0.2),
    "api": (5.0, 80.0), "gamma": (1.05, 1.67), "x": (0.0, 1.0), "gas_per_liquid": (0.0, 10.0), "wax": (0.0, 0.3),
    "porosity": (0.0, 0.95), "inhibitor": (0.0, 0.5), "name": "methanol", "k_rock": (0.5, 5.0), "U": (0.0, 500.0),
    "slope": (0.0, 0.01), "inversion": (0.3, 0.9), "phi_100": 0.765, "lambda_l": (0.0, 1.0), "held": (1e-3, 1.0),
    "ln_lambda": (math.log(1e-6), 0.0), "ln_fr": (-20.0, 10.0), "re": (0.0, 1e9), "K": (0.01, 0.3),
    "spread": (1.0, 5.0),
    # pumps and compressors
    "rate": RATE, "head": HEAD, "power": POWER, "shaft_power": POWER, "torque": POWER / 300.0, "values": HEAD,
    "stages": (1.0, 600.0), "h_best": (1.0, 30.0), "b": (0.0, 40.0), "q_star": (0.0, 57.0), "stage_head": (0.1, 50.0),
    "yield_strength": (2e8, 2e9), "safety": 1.5, "limit": (1.0, 1e6), "value": (0.0, 1e6), "static": 0.75,
    "drag": 0.02,
    "factor": (1e-3, 1.0), "g": (1.0, 1e4), "best": 0.95, "natural": (0.0, 1.0), "rotary": (0.0, 1.0), "loss": 0.2,
    "growth": 0.5,
    "x_water": (0.1, 1.0), "machine": CompressorMap(2.0, 60e3, 40e3, 0.78, 2.6), "efficiency": (0.05, 0.99),
    "k": (1.05, 1.67),
    "ratio": (1.0, 10.0), "opening": (0.0, 1.0), "A_v": (0.0, 0.05), "K_v": (0.0, 1000.0), "F_L": (0.3, 1.0),
    "x_T": (0.1, 1.0),
    "discharge": (0.3, 1.0), "coefficient": (0.0, 1e-5), "port_ratio": (0.0, 0.9), "author": "Gilbert",
    "damping": (0.02, 1.0),
    "wear": (0.0, 5.0), "gas": (0.0, 1.0), "thrust": (0.0, 2.0), "base": 2e-4, "at_full": 4e-3,
    "current_unbalance": (0.0, 1.0),
    # electricity
    "current": (0.0, 300.0), "r": (1e-5, 1e-2), "r_20": (1e-5, 2e-3), "resistance": (0.0, 1e10),
    "power_factor": (0.0, 1.0),
    "frequency": (0.1, 2.0), "voltage": (100.0, 8e3), "specific": (0.5, 10.0), "cores": 3,
    "losses": MotorLosses(9e3, 1.2e-6, 4e4, 4e-6),
    "circuit": nameplate_circuit(46e3, 578.0, 0.0312, 0.846, 0.84), "slip": (1e-6, 1.0), "active": (0.0, 1e6),
    "reactive": (0.0, 1e6),
    "boost": 0.05, "magnetising": 0.0, "pulses": 6, "highest": 49, "load": (0.0, 1.5), "short_circuit": (1e5, 1e9),
    "distortion": (0.0, 1.0), "rise_time": (1e-8, 1e-5), "reflection": 0.9, "reference": (1e5, 1e10),
    "water": (0.0, 1.0),
    "age": (0.0, 1.0), "source": (1.0, 1e4), "life": 1.75e8, "rated": (1e4, 1e7), "capacity": (1e3, 1e7),
    "droop": (0.01, 0.1),
    "idle": (0.0, 0.5), "motor_voltage": (100.0, 8e3), "cable_drop": (0.0, 1e3), "supply_voltage": (100.0, 1e3),
    "step": 0.05,
    "primary": (0.0, 1e3), "iron": 0.004, "copper": 0.012, "reactance": 0.04, "a": (0.0, 1e4), "c": (0.0, 1e4),
    "locked_rotor": (3.0, 8.0), "voltage_unbalance": (0.0, 0.05), "mean": (0.0, 300.0), "unbalance": (0.0, 1.0),
    # what is made of several
    "stream": Flow(), "well": ThreeStateWell(), "fluid": WATER_OIL, "table": TABLE, "correction": "payne",
    "acceleration": False,
}  # fmt: skip

REFUSES = "refuses"  # True: numbers each legal may not go together, and are then refused
NAMEPLATE = {
    "power": (1e3, 2e6), "slip": (1e-3, 0.3), "efficiency": (0.05, 0.99), "breakdown_ratio": (1.01, 6.0),
    "power_factor": (0.05, 0.99), "stator_share": (0.0, 1.0), "friction": (1.0, 1.5), REFUSES: True,
}  # fmt: skip

THRUST = {"q_down": (1e-4, 1e-2), "q_up": Of("q_down", 1.01, 5.0), "n": (0.0, 2.0)}
GAS = {"p": (1e5, 5e7), "gamma_g": (0.55, 1.0), "T": (260.0, 400.0)}
TEST = {
    "efficiency": np.array([0.74, 0.77, 0.78, 0.77]),
    "power_factor": np.array([0.7, 0.74, 0.76, 0.75]),
    "shaft_power": POWER[:4],
}
LIFT = lift_table(1, 2e3, (RATE, [1e5, 1e7], [0.0, 1.0], [0.0, 200.0], [0.0]), lambda *at: at[1] + 1e7 + 1e9 * at[0])

# Where a name means something else, or a function holds only within a part of the range.
OWN: dict[str, dict[str, Any]] = {
    "decline.arps_rate": {"b": (0.0, 2.0)},
    "decline.arps_cumulative": {"b": (0.0, 2.0)},
    "decline.arps_time": {"b": (0.0, 2.0), "d_i": (1e-10, 1e-6), "q": Of("q_i", 1e-3, 1.0)},
    "deliverability.fetkovich_rate": {"n": (0.5, 1.0)},
    "deliverability.gas_back_pressure_rate": {"n": (0.5, 1.0), "C": (0.0, 1e-10)},
    "inflow.jones_rate": {"A": (1e6, 1e13), "B": (0.0, 1e15)},
    "productivity.radial_productivity": {"k": (1e-18, 1e-11), "mu": (1e-4, 20.0), "skin": (-3.0, 100.0)},
    "injection.injection_rate": {"p_wf": Of("p_r", 0.5, 3.0), "opened": (1.0, 20.0)},
    "esp.limit.housing_pressure_limit": {"outer": (0.08, 0.2), "inner": Of("outer", 0.5, 0.99)},
    "cable.layer_resistance": {"inner": (1e-3, 0.05), "outer": Of("inner", 1.0, 3.0)},
    "cable.core_temperature": {"current": (0.0, 60.0), "resistance": (0.01, 1.0)},
    "circuit.nameplate_resistances": NAMEPLATE,
    "circuit.nameplate_circuit": NAMEPLATE,
    "circuit.slip_at": {"shaft_power": (0.0, 40e3), "voltage": (400.0, 700.0), "frequency": (0.5, 1.4)},
    "compressor.moore_greitzer_head": {"speed": (0.0, 1.5), "q": (-5.0, 10.0)},
    "compressor.polytropic_efficiency": {"speed": (0.0, 1.5), "q": (-5.0, 10.0)},
    "compressor.surge_flow": {"head": (0.0, 1e5)},
    "compressor.surge_margin": {"head": (0.0, 1e5), "q": (-5.0, 10.0)},
    "compressor.pressure_ratio": {"head": (-1e4, 1e5)},
    "compressor.shaft_power": {"head": (-1e4, 1e5)},
    "esp.limit.stages_for": {"head": (0.0, 5e3)},
    "esp.thrust.impeller_thrust": {"head": (0.0, 30.0)},
    "esp.viscosity.hi_parameter": {"speed": (5.0, 100.0)},
    "esp_three_state.pump_head": {"f": (1.0, 100.0)},
    "esp_three_state.pump_current": {"f": (1.0, 100.0)},
    "esp_three_state.derivative": {"f": 50.0, "z": 0.5, "p_m": 2e6, "state": np.array([8e6, 3e6, 0.01])},
    "esp.separation.rotary_separation": {"length": 0.5, "inner": 0.02, "outer": 0.045},
    "esp.thrust.thrust_window": THRUST,
    "esp.thrust.thrust_excess": THRUST,
    "esp.viscosity_measurement.measured_factors": {"speed": (20.0, 60.0), "nu": (1e-7, 3e-4), "q_best": (1e-3, 0.05),
        "h_best": (2.0, 30.0)},
    "generator.shared_load": {"demand": 2e6, "capacity": (0.0, 1e6)},
    "generator.droop_frequency": {"load": (0.0, 2e7)},
    "generator.kept_loads": {"loads": (0.0, 1e6), "priority": (0.0, 10.0)},
    "generator.willans_fuel": {"load": (0.0, 1e7)},
    "heat.cooling_rate": {"T_rock": (274.0, 300.0), "T_in": (310.0, 450.0), "T_arriving": (300.5, 309.0)},
    "hydrate.towler_mokhatab_temperature": GAS,
    "hydrate.motiee_temperature": GAS,
    "hydrate.hydrate_margin": GAS,
    "inflow.composite_pressure": {"p_b": (1e7, 3e7), "p_r": (2e7, 5e7), "J": (1e-9, 1e-6), "q": (0.0, 5e-3)},
    "insulation.parallel_resistance": {"resistances": (0.0, 1e10)},
    "motor.fit_losses": TEST,
    "motor.electrical_power": {"shaft_power": (0.0, 1e5)},
    "motor.current_by_test": TEST | {"shaft_power": (0.0, 1e5), "power": POWER[:4]},
    "motor.corripio_efficiency": {"shaft_power": (1e3, 1e6)},
    "multiphase.single_phase.bounded": {"lost": (-1e4, 1e5)},
    "multiphase.colebrook.turbulent_factor": {"re": (4000.0, 1e9)},
    "multiphase.duns_ros_chart.read": {"name": "F_1", "at": (1e-6, 1e6)},
    "multiphase.hagedorn_brown.viscosity_chart": {"n_l": (1e-6, 10.0)},
    "multiphase.hagedorn_brown.primary_chart": {"h": (0.0, 1.0)},
    "multiphase.hagedorn_brown.secondary_chart": {"b": (0.0, 1.0)},
    "multiphase.stream.black_oil_stream": {"q_o_sc": (0.0, 0.01), "q_w_sc": (0.0, 0.01), "q_g_sc": (0.0, 1.0)},
    "multiphase.traverse.cells": {"md": np.linspace(0.0, 4e3, 9), "tvd": np.linspace(0.0, 3e3, 9)},
    "multiphase.traverse.gradient": {"author": "gray"},
    "pump.affinity_head": {"speed": (0.01, 2.0)},
    "pump.four_quadrant_head": {"n": (-2.0, 2.0), "x": (-2.0, 2.0)},
    "pump.four_quadrant_torque": {"n": (-2.0, 2.0), "x": (-2.0, 2.0)},
    "pump.runaway_speed": {"x": (-2.0, 2.0)},
    "pvt.blackoil_table.tabulate": {"p": GRID[0], "T": GRID[1]},
    "pvt.compressibility.gas_compressibility": {"p_pc": (2e6, 1e7), "p": Of("p_pc", 0.0, 30.0),
        "T": Of("T_pc", 1.05, 3.0), "T_pc": (270.0, 300.0), REFUSES: True},
    "pvt.pseudocritical.sutton_wichert_aziz": {REFUSES: True},
    "separation.stokes_drop": {"t": (1.0, 1e6)},
    "separation.residence_time": {"q": (1e-9, 0.1)},
    "straight.straight": {"at": (-1.0, 2.0), "x": RATE, "y": HEAD},
    "survey.minimum_curvature_tvd": {"inclination": np.linspace(0.0, 1.9, 9), "azimuth": np.linspace(0.0, 6.0, 9)},
    "survey.vertical_depth": {"tvd": np.linspace(0.0, 3e3, 9)},
    "unbalance.current_unbalance": {"load": (0.05, 1.5)},
    "valve.iec_liquid_K_v": {"p_v": Of("p_2", 0.0, 1.0), "p_2": Of("p_1", 0.01, 0.99), "p_1": (2e5, 1e6)},
    "vibration.overall_velocity": {"parts": (0.0, 0.1)},
    "vfp.bottomhole_pressure": {"table": LIFT, "flo": (1e-4, 0.01), "thp": (1e5, 1e7)},
    "wax.wall_temperature": {"U": (0.0, 500.0), "h": (500.0, 2e3)},
    "wellbore_heat.ramey_time": {"t": (1e7, 1e9)},
    "wellbore_heat.relaxation_length": {"U": (0.1, 500.0)},
    "wellbore_heat.flowing_temperature": {"T_rock": np.linspace(360.0, 290.0, 9), "length": np.full(8, 200.0),
        "relaxation": 2e3, "cooling": 3e-3},
}  # fmt: skip

# Functions and modules that take no plain quantities, with the reason; their own tests look at them.
EXEMPT = {
    "esp.viscosity_measurement.viscosity_measurements": "gives a table of what was measured",
    "validity.require_positive": "a guard", "pvt.legal.within": "a guard", "validity.require": "a guard",
    "elementwise": "takes functions, or numbers of any kind",
    **dict.fromkeys(
        ("multiphase.hagedorn_brown.charted_holdup", "multiphase.hagedorn_brown.bubbles_rise",
         "multiphase.hagedorn_brown.slipping_holdup", "pvt.z_table.between"),
        "takes what its sibling hands it, which is looked at",
    ),
    "multiphase.duns_ros.is_bubble": "takes dimensionless groups made by its sibling",
    "multiphase.duns_ros.mist_share": "takes dimensionless groups made by its sibling",
    "multiphase.march.end_pressure": "takes a function", "multiphase.traverse.pressure_traverse": "takes a function",
    "multiphase.traverse.gradient": "gives a function",
    "natural_well": "takes wells", "network": "takes functions", "nodal": "takes functions",
    "performance": "takes functions",
    "pvt.blackoil.from_core": "takes what its sibling makes", "pvt.brine.rational": "takes a row of a table",
    "vfp.lift_table": "takes a function", "vfp_file.read_vfpprod": "takes a text",
    "vfp_file.write_vfpprod": "gives a text",
}  # fmt: skip
