import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from plant.asset.error import OutOfRange
from plant.asset.unit import foot
from plant.physics.column import G
from plant.physics.multiphase import beggs_brill
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.stream import Stream
from tests.plant.physics.conftest import close, row, rows

POUND_FT3 = 16.018463


def example():
    """The book's stream, its viscosity from the Reynolds number it gives, its tension from the velocity number."""
    return Stream(
        v_sl=2.65 * foot,
        v_sg=4.09 * foot,
        rho_l=56.6 * POUND_FT3,
        rho_g=2.84 * POUND_FT3,
        mu_l=18e-3,
        mu_g=1.8e-5,
        sigma=0.030,
    )


def test_the_worked_example_of_beggs_and_brill_is_met():
    stream, diameter = example(), 0.249 * foot
    held = beggs_brill.holdup(stream, diameter, np.pi / 2)
    rho_s = stream.rho_g + (stream.rho_l - stream.rho_g) * held
    exponent = beggs_brill.friction_exponent(stream.lambda_l, held)
    factor = colebrook_factor(8450.0)
    ours = {
        "liquid's share of the rate": stream.lambda_l,
        "Froude number": stream.v_m**2 / (G * diameter),
        "liquid velocity number": stream.v_sl * (stream.rho_l / (G * stream.sigma)) ** 0.25,
        "liquid holdup": held,
        "logarithm S of the rise of friction": exponent,
        "weight in psf/ft": rho_s / POUND_FT3,
        "friction in psf/ft": factor * np.exp(exponent) * stream.rho_n * stream.v_m**2 / (2 * diameter * G) / POUND_FT3,
    }
    for name, value in ours.items():
        assert float(value) == close(row("multiphase", f"Beggs and Brill's example: {name}")), name


@pytest.mark.parametrize("given", [r for r in rows("multiphase") if r["grade"] == "R"], ids=lambda r: r["name"])
def test_the_open_library_fluids_gives_the_same_loss(given):
    diameter, rate, quality = 0.077927, 1.163125, given["args"]["quality"]
    per_area = rate / (0.25 * np.pi * diameter**2)
    stream = Stream(
        per_area * (1 - quality) / 613.8, per_area * quality / 141.3, 613.8, 141.3, 0.0005, 2e-5, 0.028, 119e5
    )
    angle = np.radians(given["args"]["angle_deg"])
    assert 100.0 * beggs_brill.gradient(stream, diameter, angle, 1.8e-6, acceleration=True) == close(given)


def oil_and_gas(v_sl, v_sg, p=5e6):
    return Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, p)


def test_the_map_tells_four_patterns_apart():
    # Beggs and Brill 1973, as Payne drew the borders anew: at a share of 0.1 they lie at 0.27, 2.8 and 158
    froude = np.array([0.1, 1.0, 50.0, 300.0])
    at = beggs_brill.pattern(np.full(4, np.log(0.1)), np.log(froude))
    assert at.segregated.tolist() == [True, False, False, False]
    assert at.transition.tolist() == [False, True, False, False]
    assert at.distributed.tolist() == [False, False, False, True]


@drawn(st.floats(0.011, 0.99), st.floats(-1.5, 1.5), st.sampled_from([(0.0009252, 2.4684), (0.1, 1.4516)]))
def test_holdup_enters_and_leaves_transition_without_a_step(share, angle, border):
    # the interpolation of Beggs and Brill 1973: at its ends it is the pattern beyond
    v_m = np.sqrt(border[0] * share ** -border[1] * G * 0.062)
    below, above = (
        beggs_brill.holdup(oil_and_gas(share * v, (1.0 - share) * v), 0.062, angle)
        for v in (v_m * 0.999999, v_m * 1.000001)
    )
    assert below == pytest.approx(above, rel=1e-4)


@pytest.mark.parametrize("correction", ["palmer", "payne"])
def test_correction_lowers_holdup_of_rising_and_of_falling_flow(correction):
    # Palmer 1975, Payne et al. 1979: the original overpredicts both
    stream = oil_and_gas(0.3, 3.0)
    for angle in (np.pi / 2, -0.3):
        published = beggs_brill.holdup(stream, 0.062, angle)
        assert beggs_brill.holdup(stream, 0.062, angle, correction) < published
    level = beggs_brill.holdup(stream, 0.062, 0.0, correction)
    assert level == beggs_brill.holdup(stream, 0.062, 0.0)


def test_acceleration_beyond_the_sonic_limit_is_refused():
    with pytest.raises(OutOfRange, match="E_k"):
        beggs_brill.gradient(oil_and_gas(5.0, 80.0, p=1e5), 0.062, np.pi / 2, acceleration=True)
