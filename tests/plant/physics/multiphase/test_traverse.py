"""Traverses against a commercial simulator's, and what holds for any."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from plant.asset.error import OutOfRange, Unknown
from plant.asset.unit import UNITS, bbl, day, foot, inch, psi
from plant.physics.column import G
from plant.physics.multiphase.stream import Stream, black_oil_stream
from plant.physics.multiphase.traverse import GRADIENTS, LEAST_PRESSURE, cells, pressure_traverse
from plant.physics.pvt.blackoil import Fluid
from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
from tests.plant.physics.conftest import close, rows

ROWS = rows("multiphase")
FAHRENHEIT = UNITS["degF"].to_si
SCENARIOS = {"A": (500.0, 0.5, 4500.0, 100.0), "B": (250.0, 0.25, 6000.0, 90.0)}  # b/d, water cut, scf/stb, °F


def perform_traverse(author, scenario):
    """Depths [ft] and pressures [psi] of the well the simulator was run on; survey from PressureDrop.jl (MIT)."""
    md, tvd = np.loadtxt(Path(__file__).parent / "perform_survey.csv", delimiter=",", skiprows=1).T
    rate, water_cut, glr, T_wh = SCENARIOS[scenario]
    rate, diameter = rate * bbl / day, 2.441 * inch
    fluid = Fluid(float(oil_gravity(35.0)), 0.65, gor=1000.0, salinity=0.098, y_co2=0.005)  # brine of gravity 1.07
    T = FAHRENHEIT(T_wh + (165.0 - T_wh) * tvd / tvd.max())
    stream_at = black_oil_stream(fluid, rate * (1 - water_cut), rate * water_cut, rate * glr * SCF_STB, diameter)
    length, angle = cells(md * foot, tvd * foot)
    return md, pressure_traverse(220 * psi, T, length, angle, stream_at, diameter, 0.00065 * inch, author) / psi


@pytest.mark.parametrize("given", [r for r in ROWS if "scenario" in r.get("args", {})], ids=lambda r: r["name"])
def test_traverses_agree_with_the_commercial_simulator(given):
    args = given["args"]
    md, p = perform_traverse(args["author"], args["scenario"])
    assert np.interp(args["md_ft"], md, p) == close(given)


def test_hagedorn_and_brown_meet_the_gradient_curve_of_browns_book():
    given = next(r for r in ROWS if "C.44" in r["source"])
    md, rate, diameter = np.linspace(0.0, 3590.0, 60) * foot, 600.0 * bbl / day, 1.995 * inch
    fluid = Fluid(float(oil_gravity(42.0)), 0.65, gor=1000.0 * SCF_STB)
    stream_at = black_oil_stream(fluid, rate, 0.0, rate * 1000.0 * SCF_STB, diameter)
    T = np.linspace(FAHRENHEIT(120.0), FAHRENHEIT(150.0), 60)
    p = pressure_traverse(500 * psi, T, *cells(md, md), stream_at, diameter, 0.00065 * inch, "hagedorn_brown")
    assert p[-1] / psi == close(given)


def light(p, _T):
    """Some gas of an ideal kind in oil."""
    p = np.asarray(p, float)
    return Stream(0.5 + 0.0 * p, 1e6 / p, 800.0, 8e-6 * p, 2e-3, 1.5e-5, 0.025, p)


VERTICAL = (np.full(21, 330.0), np.full(20, 100.0), np.full(20, np.pi / 2))


@pytest.mark.parametrize("author", GRADIENTS)
def test_a_traverse_down_and_back_up_returns_to_where_it_began(author):
    # reversibility of an ordinary differential equation; the step leaves 1 % of a column of 2 km
    down = pressure_traverse(2e6, *VERTICAL, light, 0.062, 1e-5, author)
    up = pressure_traverse(down[-1], *VERTICAL, light, 0.062, 1e-5, author, against_flow=False)
    assert up[-1] == pytest.approx(2e6, rel=0.01)


def test_halving_the_step_quarters_the_error():
    # Heun's rule is of second order
    def bottom(n):
        T, length, angle = np.full(n + 1, 330.0), np.full(n, 2000.0 / n), np.full(n, np.pi / 2)
        return pressure_traverse(2e6, T, length, angle, light, 0.062, 1e-5, "drift_flux")[-1]

    exact = bottom(1280)
    assert (bottom(20) - exact) / (bottom(40) - exact) == pytest.approx(4.0, rel=0.25)


def test_a_batch_of_wells_is_each_well_alone():
    # no well sees another
    p_wh, diameter = np.array([1e6, 3e6, 5e6]), np.array([0.05, 0.062, 0.076])
    T, length, angle = (np.stack([x] * 3, axis=-1) for x in VERTICAL)
    batch = pressure_traverse(p_wh, T, length, angle, light, diameter, 1e-5)
    for i in range(3):
        alone = pressure_traverse(p_wh[i], *VERTICAL, light, diameter[i], 1e-5)
        assert batch[:, i] == pytest.approx(alone, rel=1e-12)


@settings(max_examples=30)
@drawn(st.floats(1e6, 2e7), st.floats(1.01, 2.0), st.sampled_from(sorted(GRADIENTS)))
def test_bottomhole_pressure_rises_with_wellhead_pressure(p_wh, factor, author):
    # two solutions of one first-order equation do not cross
    low, high = (pressure_traverse(p, *VERTICAL, light, 0.062, 1e-5, author)[-1] for p in (p_wh, p_wh * factor))
    assert high > low


def test_pressure_that_cannot_lift_the_column_is_held_above_zero():
    up = pressure_traverse(1e6, *VERTICAL, light, 0.062, 1e-5, against_flow=False)
    assert up[-1] == LEAST_PRESSURE


def test_a_dead_column_weighs_what_hydrostatics_says():
    # hydrostatics: 1000 m of 1000 kg/m³, inclined or not
    def water(p, _T):
        return Stream(1e-4, 0.0, 1000.0, 1.0, 1e-3, 1e-5, 0.07, p)

    for md, tvd in (((0.0, 1000.0), (0.0, 1000.0)), ((0.0, 2000.0), (0.0, 1000.0))):
        for author in GRADIENTS:
            p = pressure_traverse(1e6, [330.0, 330.0], *cells(md, tvd), water, 0.062, 0.0, author)
            assert p[-1] - p[0] == pytest.approx(1000.0 * G * 1000.0, rel=1e-3), author


def test_surveys_that_cannot_be_are_refused():
    with pytest.raises(OutOfRange, match="md = 0"):
        cells([0.0, 100.0, 100.0], [0.0, 50.0, 60.0])
    with pytest.raises(OutOfRange, match="tvd = 200"):
        cells([0.0, 100.0], [0.0, 200.0])
    with pytest.raises(Unknown, match="orkiszewski"):
        pressure_traverse(1e6, *VERTICAL, light, 0.062, 0.0, "orkiszewski")


def test_a_stream_that_cannot_be_is_refused():
    with pytest.raises(OutOfRange, match="v_sg = -1"):
        pressure_traverse(1e6, *VERTICAL, lambda p, _T: Stream(1.0, -1.0, 800.0, 10.0, 1e-3, 1e-5, 0.02, p), 0.062)
