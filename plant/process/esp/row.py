"""The numbers of a well by name: each a row over all wells, or one well's own number in a compiled loop.

The equations of :mod:`.motion` and :mod:`.second` are written once, on these rows. NumPy runs them on whole
rows, which is quickest for a few wells; :mod:`.kernel` runs them compiled for many.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np

from plant.process.parameter import Array


class Motion(NamedTuple):
    """What moves within a second. Contents are volumes at standard conditions, gas with what is dissolved [m³]."""

    n: Array  # speed of the shaft over that of the factory test; negative backwards
    q: Array  # liquid through the pump, at intake conditions [m³/s]
    p_line: Array  # behind the choke [Pa]
    h_o: Array  # oil, water and gas in the hole: below the pump, and standing in the annulus above it
    h_w: Array
    h_g: Array
    t_o: Array  # in the tubing
    t_w: Array
    t_g: Array
    c_g: Array  # gas above the liquid in the annulus
    check: Array  # 1 while the check valve is shut, 0 while it is open
    in_o: Array  # taken from the reservoir since the start
    in_w: Array
    in_g: Array
    out_o: Array  # given to the line since the start
    out_w: Array
    out_g: Array
    turned: Array  # angle times torque that the motor gave the shaft since the start [J]
    taken: Array  # the same that the pump took [J]
    lifted: Array  # work done on the liquid since the start [J]
    rubbed: Array  # lost in bearings, seals and a jam since the start [J]


class Slow(NamedTuple):
    """What takes seconds and longer, and what follows from it; stepped once a step of the plant."""

    f: Array  # frequency of the drive [Hz]
    z: Array  # opening of the choke
    x_p: Array  # free gas per liquid in the pump, by volume
    phase: Array  # of the slugs that arrive, in their periods
    T_m: Array  # windings [K]
    T_i: Array  # liquid and steel around the motor [K]
    T_wh: Array  # wellhead [K]
    voltage: Array  # at the drive's output, between phases [V]
    current: Array  # mean of three phases [A]
    unbalance: Array  # of the currents: largest departure from the mean, over the mean
    power: Array  # active, at the drive's output [W]
    motor_heat: Array  # lost in the windings and iron [W]
    drawn: Array  # energy taken at the drive's output since the start [J]
    cabled: Array  # energy lost in the cable since the start [J]
    warmed: Array  # energy lost in the motor since the start [J]
    cooled: Array  # heat that the windings gave to what surrounds them since the start [J]
    vibration: Array  # velocity, root mean square [m/s]
    leakage: Array  # current to ground [A]
    B_hole: Array  # volume of oil in the hole over that at standard conditions; these six lag behind ``Liquid``
    B_tubing: Array
    gas_volume_tubing: Array  # pressure times volume of a cubic metre of gas, as if all were at the wellhead [Pa]
    dissolved: Array  # gas per oil in solution in the tubing
    gas_slip: Array  # speed of the gas over that of the liquid, in the tubing
    full: Array  # liquid in a flowing tubing, over its volume


class Parameters(NamedTuple):
    """What a well is. Perturbation and malfunctions move these; the last group is what only malfunctions touch."""

    # hole and tubing
    h_pump: Array  # true vertical depth of the pump [m]
    h_below: Array  # from the pump down to the perforations [m]
    tubing_length: Array
    casing_length: Array  # of the casing below the pump
    tubing_diameter: Array
    casing_diameter: Array
    sump_volume: Array  # below the pump [m³]
    annulus_volume: Array  # above the pump, around the tubing [m³]
    annulus_area: Array  # volume over vertical height [m²]
    tubing_volume: Array
    # liquid
    rho_o: Array  # at standard conditions [kg/m³]
    rho_w: Array
    rho_g: Array
    water_cut: Array  # of what the reservoir gives
    gor: Array  # gas per oil, at standard conditions
    oil_viscosity: Array  # dead, at 50 °C [Pa·s]
    # reservoir
    reservoir_pressure: Array
    productivity: Array
    bubble_point: Array  # below which Vogel's curve bends the inflow [Pa]
    # pump, shaft and motor
    pump_row: Array  # where this pump's table starts
    last_rate: Array  # of the factory test [m³/s]
    best_rate: Array  # of highest efficiency
    best_head: Array  # of a stage there [m]
    usual_head: Array  # the viscous liquid's factors, which the file's factors already hold
    usual_rate: Array
    usual_torque: Array
    test_frequency: Array
    test_turn: Array  # [rad/s]
    sync_ratio: Array  # synchronous speed over that of the test
    head_factor: Array
    flow_factor: Array
    power_factor: Array
    gas_separation: Array  # share of the free gas that a rotary separator keeps out
    inertia: Array  # of the whole shaft, times test speed over test torque's unit: [N·m·s] per unit of n
    breakdown: Array  # torque at which the motor pulls out [N·m]
    breakdown_slip: Array  # at rated flux, over test speed
    friction_torque: Array  # of bearings and seals [N·m]
    loss_constant: Array  # of the motor at rated frequency [W], and its load part [1/W]; reactive likewise
    loss_load: Array
    reactive: Array
    reactive_load: Array
    locked_power: Array  # active and reactive, at standstill and rated frequency and voltage [W, var]
    locked_reactive: Array
    rated_power: Array
    rated_voltage: Array
    frequency_slew: Array
    start_ramp: Array
    least_frequency: Array
    cable_resistance: Array  # of one core at 20 °C [Ω]
    # surface
    choke_full: Array  # flow coefficient of the fully open choke on liquid
    choke_slew: Array
    line_length: Array
    line_diameter: Array
    line_factor: Array
    casing_pressure: Array  # that the casing valve holds [Pa]
    casing_valve: Array  # gas let out of the casing per pressure beyond it, at standard conditions [m³/s/Pa]
    friction_factor: Array  # of tubing and casing, over the formula's
    # heat
    T_reservoir: Array
    T_pump: Array  # of the rock at the pump
    T_surface: Array
    q_cooling: Array  # of the tubing, from the measured arrival
    motor_area: Array
    motor_gap: Array  # flow area past the motor [m²]
    motor_capacity: Array  # heat capacity of the windings [J/K]
    # what only malfunctions move; neutral at first
    slugging: Array  # 0: gas arrives evenly; 1: all in slugs
    solids: Array  # sand by volume in what is pumped
    viscosity_factor: Array  # of the liquid, over the formula's
    inversion: Array  # water cut at which water becomes the outer phase
    intake_loss: Array  # pressure lost at the intake per square of rate [Pa·s²/m⁶]
    recirculation: Array  # leaks back inside the pump at test speed, over the last tested rate
    coupling: Array  # 1 whole shaft, 0 broken
    direction: Array  # 1, or −1 with two phases swapped
    jam: Array  # torque that holds the rotor, over breakdown torque
    check_leak: Array  # 1 no check valve (or stuck open), 0 a tight one
    tubing_leak: Array  # flow coefficient from tubing to annulus just above the pump [m³/s/√Pa]
    tubing_block: Array  # pressure lost in the tubing per square of rate [Pa·s²/m⁶]
    choke_wash: Array  # flow coefficient that the choke cannot close [m³/s/√Pa]
    line_block: Array  # pressure lost in the line per square of rate [Pa·s²/m⁶]
    cooling: Array  # of the windings, over that of a clean motor
    supply: Array  # voltage that the drive gets, over nominal
    contact_resistance: Array  # in the cable besides the cores [Ω]
    voltage_unbalance: Array
    distortion: Array  # total, of the voltage
    insulation: Array  # resistance to ground at 20 °C, dry [Ω]
    motor_water: Array  # in the motor's oil, 0 to 1
    bearing_wear: Array  # 0 new, 1 at its end
    eccentricity: Array  # of the rotating mass [m]


class Liquid(NamedTuple):
    """Properties that change slowly, worked out on a slower clock from the physics library."""

    B_hole: Array  # these six as in ``Slow``, where they would settle in a well that flows …
    B_tubing: Array
    gas_volume_tubing: Array
    dissolved: Array
    gas_slip: Array
    full: Array
    gas_volume_top: Array  # … and the third of them in one that rests
    soluble: Array  # gas that oil in the tubing would dissolve, per mean pressure [1/Pa]
    shortfall: Array  # what it holds over that: part of the tubing is above the bubble point, and part below
    gas_per_pressure: Array  # gas that oil at the intake dissolves, per pressure [1/Pa]
    gas_volume: Array  # pressure times volume of a cubic metre of gas: at the intake [Pa]
    gas_volume_casing: Array
    separated: Array  # share of the free gas at the intake that does not enter the pump
    gas_slip_hole: Array  # speed of the gas over that of the liquid, below the pump
    rho_annulus: Array  # of the liquid that stands in the annulus [kg/m³]
    rho_below: Array  # of the mixture below the pump [kg/m³]
    laminar_below: Array  # friction per rate [Pa·s/m³], and per square of rate, near the present one: below the pump
    turbulent_below: Array
    laminar: Array  # … in the tubing
    turbulent: Array
    laminar_line: Array  # … in the line
    turbulent_line: Array
    head: Array  # viscous liquid's factors on head, rate and torque, over those at the start
    rate: Array
    torque: Array


class Outside(NamedTuple):
    """What acts on a well from outside during a step."""

    energised: Array  # 1 where the drive gives voltage
    frequency: Array  # that the drive is asked for [Hz]
    choke: Array  # opening that the actuator is asked for
    attached: Array  # 0 where the well is shut in and out of the field
    p_manifold: Array
    supply: Array  # voltage of the power system, over nominal


Rows = TypeVar("Rows", bound=tuple)


def blank(rows: type[Rows], n: int) -> tuple[Array, Rows]:
    """A matrix of zeros with a row for each name, and its rows by name: views of the same numbers."""
    matrix = np.zeros((len(rows._fields), n))  # type: ignore[attr-defined]
    return matrix, rows(*matrix)
