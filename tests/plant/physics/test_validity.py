"""Outside its range a relation refuses, naming the argument, its value and the rule, rather than answer nonsense.

Each row takes a function at the middle of its legal range and moves one argument out of it.
"""

import re

import numpy as np
import pytest

from plant.error import OutOfRange
from plant.physics.pvt.legal import LEGAL
from plant.physics.validity import require
from tests.plant.physics.span import OWN, STREAM, Flow, Of
from tests.plant.physics.test_span import FUNCTIONS, between, called, is_pair, spans

OUTSIDE = [
    ("cable.voltage_drop", "power_factor", 1.1),
    ("cable.core_temperature", "current", 1e4),
    ("circuit.nameplate_resistances", "slip", 0.0),
    ("circuit.nameplate_resistances", "efficiency", 1.0),
    ("circuit.nameplate_resistances", "breakdown_ratio", 0.9),
    ("circuit.running", "slip", 0.0),
    ("circuit.running", "frequency", 0.0),
    ("circuit.slip_at", "shaft_power", -1.0),
    ("column.column_height", "rho", 0.0),
    ("compressor.moore_greitzer_head", "speed", -0.1),
    ("compressor.surge_flow", "head", -1.0),
    ("decline.arps_rate", "t", -1.0),
    ("decline.arps_rate", "d_i", -1e-9),
    ("decline.arps_cumulative", "b", 2.1),
    ("decline.arps_time", "q", 0.0),
    ("deliverability.fetkovich_rate", "n", 0.4),
    ("deliverability.gas_back_pressure_rate", "n", 1.1),
    ("drive.drive_voltage", "f", -1.0),
    ("drive.voltage_distortion", "short_circuit", 0.0),
    ("drive.current_distortion", "pulses", 7),
    ("drive.reflected_peak", "rise_time", 0.0),
    ("emulsion.pal_rhodes_viscosity", "phi_100", 0.4),
    ("esp.curve.stack_head", "n", 0.0),
    ("esp.curve.stack_power", "n", -1.0),
    ("esp.gas.gas_fraction", "q_g", -1.0),
    ("esp.gas.gas_fraction", "q_l", -1.0),
    ("esp.gas.turpin_head_factor", "gas_per_liquid", -0.1),
    ("esp.gas.turpin_stability", "p_in", 0.0),
    ("esp.gas.turpin_ratio", "factor", 0.0),
    ("esp.gas.cirilo_fraction", "p_in", 0.0),
    ("esp.gas.dunbar_ratio", "p_in", -1.0),
    ("esp.limit.stages_for", "stage_head", 0.0),
    ("esp.limit.stages_in", "stage_length", 0.0),
    ("esp.limit.shaft_power_limit", "diameter", 0.0),
    ("esp.limit.housing_pressure_limit", "inner", 0.0),
    ("esp.limit.load_share", "limit", 0.0),
    ("esp.separation.rise_velocity", "rho_g", 2e3),
    ("esp.separation.marquez_separation", "v_sl", -0.1),
    ("esp.separation.alhanati_separation", "v_inf", 0.0),
    ("esp.separation.rotary_separation", "q", -1e-3),
    ("esp.thrust.thrust_excess", "q_up", 0.0),
    ("esp.viscosity.hi_parameter", "nu", 0.0),
    ("esp.viscosity.turzo_y", "q_best", 0.0),
    ("esp_three_state.pump_head", "f", 0.0),
    ("esp_three_state.pump_current", "f", 0.0),
    ("gas_lift.thornhill_craver_rate", "p_1", 0.0),
    ("gas_lift.opening_pressure", "port_ratio", 1.0),
    ("gas_lift.stem_position", "span", 0.0),
    ("generator.droop_frequency", "capacity", 0.0),
    ("generator.willans_fuel", "load", -1.0),
    ("generator.willans_fuel", "efficiency", 1.0),
    ("heat.cooling_rate", "T_arriving", 500.0),
    ("hydrate.towler_mokhatab_temperature", "p", 0.0),
    ("hydrate.motiee_temperature", "gamma_g", 1.1),
    ("hydrate.hammerschmidt_depression", "inhibitor", 0.6),
    ("inflow.vogel_rate", "p_wf", 2e8),
    ("inflow.vogel_rate", "p_r", 0.0),
    ("inflow.composite_rate", "p_wf", -1.0),
    ("inflow.composite_rate", "p_b", 0.0),
    ("inflow.jones_rate", "A", 0.0),
    ("inflow.jones_rate", "B", -1.0),
    ("productivity.radial_productivity", "skin", -50.0),
    ("insulation.insulation_resistance", "water", 1.1),
    ("insulation.insulation_resistance", "age", -0.1),
    ("insulation.leakage_current", "resistance", -1.0),
    ("motor.corripio_efficiency", "shaft_power", 0.0),
    ("pump.affinity_head", "speed", 0.0),
    ("separation.souders_brown_speed", "rho_g", 0.0),
    ("separation.stokes_drop", "t", 0.0),
    ("separation.stokes_drop", "d_rho", 0.0),
    ("separation.share_of_smaller", "d", -1e-6),
    ("separation.share_of_smaller", "d_50", 0.0),
    ("transformer.tap_ratio", "supply_voltage", 0.0),
    ("transformer.secondary_voltage", "power_factor", 1.1),
    ("two_phase_choke.sachdeva_flux", "p_1", 0.0),
    ("two_phase_choke.sachdeva_critical_ratio", "x", 1.1),
    ("two_phase_choke.sachdeva_critical_ratio", "k", 1.0),
    ("unbalance.current_unbalance", "voltage_unbalance", -0.1),
    ("unbalance.current_unbalance", "load", 0.0),
    ("unbalance.nema_derating", "voltage_unbalance", 0.06),
    ("valve.critical_pressure_factor", "p_v", 1e8),
    ("valve.iec_liquid_K_v", "p_v", 2e7),
    ("valve.iec_gas_rate", "p_1", 0.0),
    ("vibration.imbalance_velocity", "critical", 0.0),
    ("vibration.imbalance_velocity", "damping", 0.0),
    ("vibration.worn_critical_speed", "wear", -0.1),
    ("vibration.hydraulic_velocity", "gas", 1.1),
    ("wax.wall_temperature", "h", 0.0),
    ("wax.hayduk_minhas_diffusivity", "mu", 0.0),
    ("wax.deposit_growth", "film", 0.0),
    ("wax.deposit_growth", "porosity", 1.0),
    ("wellbore_heat.hasan_kabir_time", "t", -1.0),
    ("wellbore_heat.ramey_time", "t", 1.0),
    ("wellbore_heat.relaxation_length", "w", -1.0),
    ("wellbore_heat.relaxation_length", "U", 0.0),
]
# Relations of fluids share one table of ranges, on both sides of which each refuses.
FLUIDS = [
    (name, argument, beyond)
    for name in FUNCTIONS
    if name.startswith("pvt.")
    and not name.startswith(
        ("pvt.blackoil", "pvt.z_table", "pvt.field_unit", "pvt.brine.hundreds", "pvt.brine.molality")
    )
    for argument, span in spans(name).items()
    if argument in LEGAL and span == LEGAL[argument][:2] and argument not in OWN.get(name, {})
    for beyond in (LEGAL[argument][0] - 0.01, LEGAL[argument][1] * 1.01)
]


def middle(name):
    """Each argument at the middle of its span."""
    found = {}
    for argument, span in spans(name).items():
        if isinstance(span, Flow):
            found[argument] = {each: between(*ends, np.array([0.5])) for each, ends in STREAM.items()}
        elif isinstance(span, Of):
            found[argument] = found[span.name] * between(span.low, span.high, np.array([0.5]))
        else:
            found[argument] = between(*span, np.array([0.5])) if is_pair(span) else span
    return found


@pytest.mark.parametrize(("name", "argument", "beyond"), OUTSIDE + FLUIDS)
def test_outside_its_range_a_relation_names_the_argument_its_value_and_the_rule(name, argument, beyond):
    value = beyond if isinstance(beyond, int) else np.array([beyond])
    with pytest.raises(OutOfRange) as refused:
        called(name, middle(name) | {argument: value})
    assert refused.value.value == pytest.approx(beyond)
    assert re.search(r"must|leaves|heats", refused.value.rule)


def test_the_first_value_that_is_out_of_range_is_named_and_nan_is_out_of_every_range():
    with pytest.raises(OutOfRange, match=r"p = -1.0: must be positive"):
        require(np.array([1.0, -1.0, -2.0]) > 0.0, "p", [1.0, -1.0, -2.0], "must be positive")
    with pytest.raises(OutOfRange, match="p = nan"):
        require(np.array([np.nan]) > 0.0, "p", np.nan, "must be positive")
