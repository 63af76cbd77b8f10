"""Wells that flow by themselves: how they load up and die, and that nothing is lost or made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.asset.signal import signals
from plant.process.flowing import well
from plant.process.flowing.outlet import drift, liquid_share
from plant.process.flowing.well import FlowingWells
from plant.process.gas_lift import GasLiftWells
from plant.process.natural_flow import NaturalWells, natural_parameters
from tests.plant.process.flowing.conftest import BAR, copies, drive, flow, side_by_side


def shut_in(wells, n):
    return FlowingWells(wells, np.full(n, 15 * BAR), np.full(n, 60 * BAR))


@pytest.fixture(scope="module")
def oil_and_gas(mixed):
    return natural_parameters(mixed)


def coleman_speed(p_psia):
    """Least gas speed that lifts water drops, by the field formula [m/s].

    S. B. Coleman et al., J. Pet. Technol. 43(3), 1991: water of 67 lb/ft³ and 60 dyn/cm, gas of 0.0031 lb/ft³ per psi.
    That of R. G. Turner et al., J. Pet. Technol. 21(11), 1969, is a fifth more, to meet his wells: 11.3 and 13.6 ft/s
    at 400 psia.
    """
    rho_g = 0.0031 * p_psia
    return 4.434 * (67.0 - rho_g) ** 0.25 / rho_g**0.5 * 0.3048


def least_speed(wells, rho_l, rho_g):
    """Gas speed from which a tubing with hardly any liquid in it lifts some [m/s]."""
    alpha = np.full(wells.mu.size, 0.99999)
    rise = drift(wells, alpha, np.full(alpha.size, rho_l), np.full(alpha.size, rho_g))
    low, high = 0.0, 100.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if np.all(liquid_share(alpha, middle, rise) > 0.0) else (middle, high)
    return high


@pytest.mark.parametrize("p_psia", [100.0, 400.0, 1000.0])
def test_water_rises_from_a_gas_speed_between_turner_s_and_a_third_more(oil_and_gas, p_psia):
    # a film on the wall reverses before drops fall (G. B. Wallis, One-Dimensional Two-Phase Flow, 1969, ch. 11), so a
    # tubing loads up somewhat above the drops' speed
    lb_ft3 = 16.01846
    wells = copies(oil_and_gas, 1, 1)
    least = least_speed(wells, 67.0 * lb_ft3, 0.0031 * p_psia * lb_ft3)
    turner = 1.204 * coleman_speed(p_psia)
    assert turner < least < 1.34 * turner


def test_turner_s_drops_need_three_and_a_half_metres_a_second_at_400_psia():
    # from the drops' balance: Weber number 30, drag 0.44, g 9.80665, in SI
    rho_l, rho_g, sigma = 67.0 * 16.01846, 0.0031 * 400.0 * 16.01846, 0.06
    balance = (4.0 * 30.0 * 9.80665 * sigma * (rho_l - rho_g) / (3.0 * 0.44 * rho_g**2)) ** 0.25
    assert coleman_speed(400.0) == pytest.approx(3.456, rel=1e-3)
    assert balance == pytest.approx(coleman_speed(400.0), rel=0.01)


def gas_speed(moving):
    """At the wellhead [m/s]."""
    wells = moving.parameters
    return moving.state["outflow"][2] * wells.tubing_gas / moving.pressures()["wellhead"] / wells.tubing_area


def test_a_gas_well_that_makes_too_much_water_too_slowly_loads_up_and_dies(oil_and_gas):
    # the same water at speeds on either side of what lifts it
    wells = copies(oil_and_gas, 1, 3)
    moving = flow(wells, 0.6, 0.0, 3000.0, started=shut_in(wells, 3), p_manifold=15 * BAR)
    flowing = moving.state["outflow"].copy()
    wells.choke_factor[1] = 0.15
    flow(wells, 0.6, 0.0, 300.0, started=moving, p_manifold=15 * BAR)
    rho_g = moving.pressures()["wellhead"] / wells.tubing_gas * wells.gas_density
    least = [least_speed(copies(wells, 1, 1), 1000.0, rho) for rho in rho_g]
    assert np.array_equal(gas_speed(moving) > least, [True, False, True])
    wells.water_gas_factor[1:] = 60.0
    flow(wells, 0.6, 0.0, 20_000.0, dt=10.0, started=moving, p_manifold=15 * BAR)
    out = moving.state["outflow"]
    assert out[2, 0] == pytest.approx(flowing[2, 0], rel=0.01)
    assert out[2, 1] < 0.05 * flowing[2, 1]
    assert moving.state["water"][1] > 10.0 * moving.state["water"][0]
    assert out[2, 2] > 0.5 * flowing[2, 2]
    assert out[1, 2] > 30.0 * out[1, 0]


def test_an_oil_well_dies_of_water_and_comes_back_without_it(oil_and_gas):
    wells = copies(oil_and_gas, 0, 1)
    moving = flow(wells, 0.4, 0.0, 6000.0, started=shut_in(wells, 1), p_manifold=15 * BAR)
    alive = moving.state["outflow"][:2].sum()
    wells.water_rise[:], wells.reservoir_factor[:] = 0.95, 0.85
    flow(wells, 0.4, 0.0, 16_000.0, dt=10.0, started=moving, p_manifold=15 * BAR)
    assert moving.state["outflow"][:2].sum() < 0.02 * alive
    assert moving.pressures()["bottom"] == pytest.approx(0.85 * 26e6, rel=0.02)


def test_shut_in_it_comes_to_reservoir_pressure_and_stands(oil_and_gas):
    wells = copies(oil_and_gas, 0, 1)
    moving = flow(wells, 0.4, 0.0, 4000.0, started=shut_in(wells, 1), p_manifold=15 * BAR)
    flow(wells, 0.0, 0.0, 12_000.0, dt=10.0, started=moving, p_manifold=15 * BAR)
    assert moving.state["outflow"].sum() == 0.0
    assert moving.pressures()["bottom"] == pytest.approx(26e6, rel=0.005)


def test_a_hole_in_the_tubing_shows_as_pressure_in_the_annulus(oil_and_gas):
    # sustained casing pressure: gas reaches an annulus that should be sealed
    wells = copies(oil_and_gas, 0, 2)
    moving = flow(wells, 0.4, 0.0, 4000.0, started=shut_in(wells, 2), p_manifold=15 * BAR)
    wells.tubing_leak[1] = 1e-5
    before = moving.pressures()["casing"]
    flow(wells, 0.4, 0.0, 4000.0, started=moving, p_manifold=15 * BAR)
    after = moving.pressures()["casing"]
    assert after[0] == pytest.approx(before[0], rel=1e-9)
    assert after[1] > before[1] + 5 * BAR


def test_nothing_is_lost_or_made_over_hours_of_shut_ins(mixed, monkeypatch):
    # conservation to rounding: what the reservoir and the supply gave is in the wells or left them, even in strides
    # longer than what the wells' dynamics are solved well with
    monkeypatch.setattr(well, "SUBSTEP", 10.0)
    wells = side_by_side(GasLiftWells(mixed).parameters, natural_parameters(mixed))
    wells.tubing_leak[1], wells.casing_leak[0] = 1e-6, 1e-7
    moving = shut_in(wells, 3)
    first, delivered = moving.inventory(), np.zeros(3)
    for k in range(3000):
        is_shut = np.array([k % 2000 > 1700, k % 1500 > 1200, k % 700 > 600])
        acting = drive(3, np.where(is_shut, 0.0, 0.5), 0.0 if k % 3000 > 2500 else 0.5, 15 * BAR, 160 * BAR)
        moving.step(10.0, acting)
        delivered += 10.0 * moving.state["outflow"].sum(axis=1)
    state = moving.state
    came = state["from_reservoir"].sum(axis=1)
    came[2] += state["lift_gas"].sum() - state["lost_gas"].sum()
    assert np.all(delivered > 10.0)
    assert np.all(np.abs(first + came - delivered - moving.inventory()) <= 1e-9 * delivered)


UNIT = st.floats(0.0, 1.0)
STEP = st.tuples(UNIT, UNIT, st.floats(1e5, 2e7), st.floats(1e5, 4e7), st.sampled_from((0.05, 0.2, 1.0, 30.0)))
DISTURBED = st.fixed_dictionaries({
    "orifice_factor": st.floats(0.0, 3.0), "check_leak": UNIT, "unloading_stuck": UNIT, "safety_valve": UNIT,
    "tubing_leak": st.floats(0.0, 1e-4), "casing_leak": st.floats(0.0, 1e-4), "supply_factor": UNIT,
    "restriction": st.floats(0.1, 1e3), "skin": st.floats(-3.0, 100.0), "reservoir_factor": st.floats(0.1, 1.5),
    "water_rise": UNIT, "gor_factor": st.floats(0.0, 20.0), "water_gas_factor": st.floats(0.0, 100.0),
    "viscosity_factor": st.floats(0.1, 1e3), "choke_factor": st.floats(0.0, 3.0), "choke_leak": UNIT,
})  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=6), DISTURBED)
def test_no_input_makes_it_other_than_finite_and_full_of_something(mixed, steps, disturbed):
    wells = side_by_side(GasLiftWells(mixed).parameters, natural_parameters(mixed))
    for name, value in disturbed.items():
        getattr(wells, name)[:] = value
    moving = shut_in(wells, 3)
    for choke, lift, p_manifold, p_supply, dt in steps:
        for _ in range(15):
            moving.step(dt, drive(3, choke, lift, p_manifold, p_supply))
    assert all(np.isfinite(values).all() for values in (*moving.state.values(), *moving.pressures().values()))
    assert all((moving.state[name] >= 0.0).all() for name in ("annulus_gas", "gas", "oil", "water", "outflow"))


def test_the_size_of_the_step_does_not_decide_where_it_flows(oil_and_gas):
    wells = copies(oil_and_gas, 0, 1)
    rates = [
        flow(wells, 0.4, 0.0, 4000.0, dt=dt, started=shut_in(wells, 1), p_manifold=15 * BAR).state["outflow"][0, 0]
        for dt in (1.0, 10.0)
    ]
    assert rates[0] == pytest.approx(rates[1], rel=1e-3)


def test_a_field_shows_every_signal_of_its_wells(mixed):
    for wells, kind in ((GasLiftWells(mixed), "GasLiftWell"), (NaturalWells(mixed), "NaturalWell")):
        shown = {name.partition(".")[2] for name in wells.signals()}
        assert shown == {n for (k, n), s in signals().items() if k == kind and s.kind == "measurement"}
