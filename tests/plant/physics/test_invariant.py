"""What holds whatever the numbers are: which way a quantity moves with another, how it scales, where it goes.

A row of a table moves one argument of a function up within its legal range, with all others where they were, and says
which way the result may go. Established by the physics named beside it, not by a calculation.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.physics.fluid import mixture_density
from plant.physics.motor import MotorLosses, electrical_power
from plant.physics.multiphase.stream import black_oil_stream
from plant.physics.pump import four_quadrant_head, four_quadrant_torque
from plant.physics.pvt.blackoil import Fluid, dissolved, properties
from plant.physics.pvt.viscosity import vasquez_beggs_undersaturated
from plant.physics.pvt.z_factor import dranchuk_abou_kassem, hall_yarborough
from tests.plant.physics.span import HEAD, POWER, RATE, Of
from tests.plant.physics.test_span import POINTS, between, called, drawn, is_pair, spans

UP, DOWN = 1.0, -1.0
ROUNDING = 1e-9  # of the greatest value: what a solver or a sum may lose
quick = settings(derandomize=True, deadline=None, database=None, max_examples=5)

# function, argument that rises, way the result goes, why
MONOTONE = [
    # Darcy and Vogel: the more a well is drawn down, the more it gives
    ("productivity.productivity_rate", "p_wf", DOWN),
    ("inflow.vogel_rate", "p_wf", DOWN),
    ("inflow.composite_rate", "p_wf", DOWN),
    ("inflow.composite_rate", "J", UP),
    ("inflow.jones_rate", "p_wf", DOWN),
    ("inflow.jones_rate", "B", DOWN),
    ("productivity.radial_productivity", "k", UP),
    ("productivity.radial_productivity", "mu", DOWN),
    ("productivity.radial_productivity", "skin", DOWN),
    ("deliverability.fetkovich_rate", "p_wf", DOWN),
    ("deliverability.gas_back_pressure_rate", "p_wf", DOWN),
    ("injection.injection_rate", "p_wf", UP),
    ("decline.arps_rate", "t", DOWN),
    ("decline.arps_cumulative", "t", UP),
    # Henry's law and its correlations: more pressure and less heat keep more gas dissolved
    *((f"pvt.{author}.solution_gor", "p", UP) for author in ("standing", "vasquez_beggs")),
    *((f"pvt.{author}.bubble_point", "R_s", UP) for author in ("standing", "vasquez_beggs", "glaso", "al_marhoun")),
    *((f"pvt.{author}.formation_volume", "R_s", UP) for author in ("standing", "vasquez_beggs")),
    ("pvt.formation_volume.gas_formation_volume", "p", DOWN),
    ("pvt.formation_volume.gas_formation_volume", "T", UP),
    ("pvt.formation_volume.gas_density", "p", UP),
    ("pvt.formation_volume.undersaturated_formation_volume", "p", DOWN),
    # Andrade: liquids thin with heat; gas dissolved thins oil; above the bubble point pressure thickens it
    ("fluid.oil_viscosity", "T", DOWN),
    ("fluid.water_viscosity", "T", DOWN),
    ("pvt.viscosity.beggs_robinson_dead", "T", DOWN),
    # Darcy and Weisbach: friction opposes flow, grows with it, with length and viscosity, and falls with the bore
    ("friction.friction_loss", "q", UP),
    ("friction.friction_loss", "length", UP),
    ("friction.friction_loss", "rho", UP),
    ("friction.friction_loss", "diameter", DOWN),
    ("friction.friction_loss", "roughness", UP),
    ("friction.haaland_loss", "roughness", UP),
    # orifices: more drop, more flow, up to choking
    ("choke.choke_rate", "dp", UP),
    ("choke.choke_coefficient", "diameter", UP),
    ("choke.gilbert_rate", "p_wh", UP),
    ("choke.gilbert_rate", "R_p", DOWN),
    ("two_phase_choke.sachdeva_flux", "p_1", UP),
    ("valve.liquid_valve_rate", "opening", UP),
    ("valve.gas_valve_rate", "opening", UP),
    ("valve.iec_liquid_rate", "K_v", UP),
    ("valve.iec_gas_rate", "K_v", UP),
    ("gas_lift.thornhill_craver_rate", "area", UP),
    ("gas_lift.gas_column_pressure", "height", UP),
    ("gas_lift.dome_pressure", "T", UP),
    # pumps: head falls with the rate beyond the peak, and gas, viscosity and wear take from it
    ("pump.affinity_head", "q", DOWN),
    ("esp.gas.turpin_head_factor", "gas_per_liquid", DOWN),
    ("esp.gas.turpin_head_factor", "p_in", UP),
    ("esp.viscosity.hi_parameter", "nu", UP),
    ("esp.viscosity.turzo_q_star", "nu", UP),
    ("esp.separation.marquez_separation", "v_sl", DOWN),
    ("esp.separation.alhanati_separation", "v_sl", DOWN),
    ("esp.separation.rise_velocity", "sigma", UP),
    ("compressor.pressure_ratio", "head", UP),
    ("compressor.discharge_temperature", "ratio", UP),
    # heat and wear
    ("heat.geothermal_temperature", "tvd", UP),
    ("heat.motor_film", "speed", UP),
    ("cable.core_resistance", "T", UP),
    ("cable.core_temperature", "current", UP),
    ("insulation.insulation_resistance", "T", DOWN),
    ("insulation.insulation_resistance", "water", DOWN),
    ("insulation.insulation_resistance", "age", DOWN),
    ("insulation.ageing_rate", "T", UP),
    ("vibration.worn_critical_speed", "wear", DOWN),
    ("generator.available_power", "T_ambient", DOWN),
    ("generator.willans_fuel", "load", UP),
    ("generator.droop_frequency", "load", DOWN),
    ("hydrate.towler_mokhatab_temperature", "p", UP),
    ("hydrate.motiee_temperature", "p", UP),
    ("hydrate.hammerschmidt_depression", "inhibitor", UP),
    ("wax.dissolved_wax", "T", UP),
    ("wax.hayduk_minhas_diffusivity", "mu", DOWN),
    ("wellbore_heat.relaxation_length", "w", UP),
    ("wellbore_heat.relaxation_length", "U", DOWN),
    ("wellbore_heat.hasan_kabir_time", "t", UP),
    # separation: bigger drops fall faster
    ("separation.share_of_smaller", "d", UP),
    ("separation.stokes_drop", "t", DOWN),
    ("separation.stokes_drop", "mu", UP),
    ("separation.floating_drop", "v", UP),
    ("separation.residence_time", "q", DOWN),
]


@pytest.mark.parametrize(("name", "argument", "way"), MONOTONE)
def test_a_quantity_moves_one_way_with_what_drives_it(name, argument, way):
    span = spans(name)[argument]
    ends = span if is_pair(span) else (span.low, span.high)

    @quick
    @given(drawn(name), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
    def check(arguments, one, other):
        times = arguments[span.name] if isinstance(span, Of) else 1.0
        low, high = (times * between(*ends, np.full(POINTS, unit)) for unit in sorted((one, other)))
        before, after = (np.asarray(called(name, arguments | {argument: at})) for at in (low, high))
        slack = ROUNDING * np.maximum(np.abs(before), np.abs(after))
        assert np.all(way * (after - before) >= -slack)

    check()


# function, arguments that are multiplied, and the power of the multiplier that the result takes
SCALING = [
    ("pump.affinity_head", {"q": 1, "speed": 1}, 2),  # affinity laws
    ("esp.curve.stack_head", {"q": 1, "n": 1}, 2),
    ("esp.curve.stack_power", {"q": 1, "n": 1}, 3),
    ("esp.curve.stack_power", {"rho": 1}, 1),
    ("esp.curve.stack_head", {"stages": 1}, 1),
    ("choke.choke_coefficient", {"diameter": 1}, 2),
    ("choke.choke_coefficient", {"rho": 1}, -0.5),
    ("valve.liquid_valve_rate", {"A_v": 1}, 1),
    ("gas_lift.thornhill_craver_rate", {"area": 1}, 1),
    ("gas_lift.thornhill_craver_rate", {"p_1": 1, "p_2": 1}, 1),
    ("friction.friction_loss", {"length": 1}, 1),
    ("friction.friction_loss", {"q": 1, "diameter": 1, "roughness": 1, "length": 1}, -2),  # Reynolds' similarity
    ("friction.haaland_loss", {"q": 1, "diameter": 1, "roughness": 1, "length": 1}, -2),
    ("inflow.vogel_rate", {"p_wf": 1, "p_r": 1}, 0),
    ("productivity.productivity_rate", {"p_wf": 1, "p_r": 1}, 1),
    ("inflow.composite_rate", {"p_wf": 1, "p_r": 1, "p_b": 1}, 1),
    ("inflow.jones_rate", {"p_wf": 1, "p_r": 1, "B": -1}, 1),
    ("productivity.radial_productivity", {"k": 1, "mu": 1}, 0),
    ("decline.arps_rate", {"t": 1, "d_i": -1}, 0),
    ("decline.arps_cumulative", {"t": 1, "d_i": -1}, 1),
    ("separation.souders_brown_speed", {"rho_l": 1, "rho_g": 1}, 0),
    ("separation.residence_time", {"volume": 1, "q": 1}, 0),
    ("esp.separation.rise_velocity", {"rho_l": 1, "rho_g": 1, "sigma": 1}, 0),
    ("cable.cable_loss", {"current": 1}, 2),
    ("cable.voltage_drop", {"current": 1}, 1),
    ("heat.arriving_temperature", {"q": 1, "q_cooling": 1}, 0),
    ("wellbore_heat.hasan_kabir_time", {"t": 2, "radius": 1, "diffusivity": 0}, 0),
    ("separation.stokes_drop", {"mu": 1, "t": 1}, 0),
]


@pytest.mark.parametrize(("name", "scaled", "power"), SCALING)
def test_a_quantity_scales_as_its_dimensions_say(name, scaled, power):
    @quick
    @given(drawn(name), st.floats(0.5, 1.0))
    def check(arguments, times):
        more = {argument: arguments[argument] * times**exponent for argument, exponent in scaled.items()}
        before, after = (np.asarray(called(name, arguments | each)) for each in ({}, more))
        assert after == pytest.approx(before * times**power, rel=1e-9, abs=1e-9 * np.abs(before).max())

    check()


@quick
@given(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0), st.floats(0.1, 3.0))
def test_head_and_torque_are_homogeneous_of_second_degree_in_all_four_quadrants(n, x, times):
    """Affinity: doubling speed and rate together makes four times the head and the torque."""
    for quantity, curve in ((four_quadrant_head, HEAD), (four_quadrant_torque, POWER)):
        once, more = (float(quantity(k * n, k * x, RATE, curve)) for k in (1.0, times))
        assert more == pytest.approx(times**2 * once, rel=1e-9, abs=1e-6)


@quick
@given(st.floats(0.0, 1.0), st.floats(600.0, 1050.0), st.floats(950.0, 1300.0))
def test_a_mixture_is_as_dense_as_its_shares(water_cut, rho_o, rho_w):
    """Conservation of mass and volume."""
    rho = float(mixture_density(water_cut, rho_o, rho_w))
    assert rho == pytest.approx(water_cut * rho_w + (1.0 - water_cut) * rho_o)
    assert min(rho_o, rho_w) - 1e-9 <= rho <= max(rho_o, rho_w) + 1e-9


@quick
@given(st.floats(1.1, 3.0))
def test_every_gas_is_ideal_at_vanishing_pressure_and_both_fits_of_the_chart_agree_below_ten(T_pr):
    """Limit of the virial series; grade of agreement: both fit Standing and Katz' chart within 2 %."""
    for z in (dranchuk_abou_kassem, hall_yarborough):
        assert float(z(1e-6, T_pr)) == pytest.approx(1.0, abs=1e-5)
    p_pr = np.linspace(0.1, 10.0, 12)
    if T_pr > 1.3:
        assert dranchuk_abou_kassem(p_pr, T_pr) == pytest.approx(hall_yarborough(p_pr, T_pr), rel=0.03)


FLUIDS = st.builds(
    Fluid, st.floats(0.75, 0.95), st.floats(0.6, 1.0), st.floats(5.0, 200.0), st.floats(0.0, 0.2),
    author=st.sampled_from(["standing", "vasquez_beggs", "glaso", "al_marhoun"]),
)  # fmt: skip


@quick
@given(st.floats(1e-4, 1.0), st.floats(1e5, 4e7))
def test_pressure_above_the_bubble_point_thickens_oil_as_far_as_the_correlation_was_fitted(mu_b, p_b):
    """Vasquez and Beggs had data up to 9,500 psi; far beyond, their exponent turns and so does the viscosity."""
    mu = vasquez_beggs_undersaturated(mu_b, np.linspace(0.0, 6.5e7, 60), p_b)
    assert np.all(np.diff(mu) >= -ROUNDING * mu[1:])


@quick
@given(FLUIDS, st.floats(300.0, 400.0))
def test_gas_dissolves_with_pressure_up_to_what_there_is_and_swells_the_oil_no_further(fluid, T):
    p = np.linspace(1e5, 6e7, 120)
    at = properties(fluid, p, T)
    assert np.all(np.diff(at.R_s) >= -1e-9)
    assert at.R_s.max() <= fluid.gor * (1.0 + 1e-12)
    is_above = at.R_s >= fluid.gor
    assert np.all(np.diff(at.B_o[is_above]) <= 1e-12)
    assert np.all(np.diff(at.mu_o[is_above]) >= 0.0)


@quick
@given(
    FLUIDS,
    st.floats(1e5, 4e7),
    st.floats(300.0, 400.0),
    st.floats(0.0, 0.01),
    st.floats(0.0, 0.01),
    st.floats(0.0, 0.5),
)
def test_no_mass_is_lost_between_the_stock_tank_and_the_pipe(fluid, p, T, q_o, q_w, q_g):
    """Conservation: oil, brine and gas at standard conditions weigh what liquid and gas in the pipe weigh."""
    area = 0.25 * np.pi * 0.076**2
    given_gas = q_g + fluid.gor * q_o  # at least what the oil may dissolve
    there = black_oil_stream(fluid, q_o, q_w, given_gas, 0.076)(p, T)
    mass = area * (there.v_sl * there.rho_l + there.v_sg * there.rho_g)
    fed = q_o * fluid.rho_o_sc + q_w * fluid.rho_w_sc + given_gas * fluid.rho_g_sc
    assert float(mass) == pytest.approx(float(fed), rel=0.03, abs=1e-6)


@quick
@given(st.floats(0.0, 1e5), st.floats(0.2, 2.0))
def test_a_motor_takes_no_less_than_it_gives(shaft_power, frequency):
    """Conservation of energy."""
    active, reactive = electrical_power(shaft_power, frequency, MotorLosses(9e3, 1.2e-6, 4e4, 4e-6))
    assert float(active) >= shaft_power
    assert float(reactive) >= 0.0


def test_what_is_dissolved_is_what_properties_say():
    """One fluid has one solution gas-oil ratio, whoever asks."""
    fluid = Fluid(0.87, 0.75, 80.0)
    p = np.linspace(1e5, 3e7, 20)
    assert np.asarray(dissolved(fluid, p, 350.0)[0]) == pytest.approx(properties(fluid, p, 350.0).R_s)
