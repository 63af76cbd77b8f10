"""What every correlation of multiphase flow must obey, whoever made it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from plant.physics.column import G
from plant.physics.multiphase import beggs_brill, drift_flux, duns_ros, gray, hagedorn_brown
from plant.physics.multiphase.colebrook import colebrook_factor
from plant.physics.multiphase.stream import Stream, black_oil_stream
from plant.physics.multiphase.traverse import GRADIENTS
from plant.physics.multiphase.tubing import Tubing
from plant.physics.pvt.blackoil import Fluid, properties

HOLDUPS = {
    "beggs_brill": beggs_brill.holdup,
    "hagedorn_brown": lambda stream, diameter, _angle: hagedorn_brown.holdup(stream, diameter),
    "duns_ros": lambda stream, diameter, _angle: duns_ros.holdup(stream, diameter),
    "gray": lambda stream, diameter, _angle: gray.holdup(stream, diameter),
    "drift_flux": drift_flux.holdup,
}
speeds = st.one_of(st.just(0.0), st.floats(-9.0, 2.0).map(lambda x: 10.0**x))
streams = st.builds(
    Stream,
    v_sl=speeds,
    v_sg=speeds,
    rho_l=st.floats(500.0, 1200.0),
    rho_g=st.floats(0.5, 300.0),
    mu_l=st.floats(-4.0, 2.0).map(lambda x: 10.0**x),
    mu_g=st.floats(8e-6, 5e-5),
    sigma=st.floats(1e-3, 0.08),
    p=st.floats(1e4, 1e8),
)
angles = st.floats(-np.pi / 2, np.pi / 2)
diameters = st.floats(0.02, 1.0)


@pytest.mark.parametrize("author", GRADIENTS)
@settings(max_examples=200)
@drawn(streams, diameters, angles)
def test_a_gradient_is_a_number_for_any_stream(author, stream, diameter, angle):
    # from a trickle to 100 m/s, from air to tar: no correlation may stop a field
    with np.errstate(divide="raise", invalid="raise"):
        assert np.isfinite(GRADIENTS[author](stream, diameter, angle, 1e-5))


@pytest.mark.parametrize("author", HOLDUPS)
@settings(max_examples=200)
@drawn(streams, diameters, angles)
def test_holdup_is_a_share_of_the_pipe(author, stream, diameter, angle):
    assert 0.0 <= HOLDUPS[author](stream, diameter, angle) <= 1.0 + 1e-12


ALONE = {"liquid": (1.0, 0.0, 900.0, 2e-3), "gas": (0.0, 8.0, 40.0, 1.5e-5)}


@pytest.mark.parametrize("phase", ALONE)
@pytest.mark.parametrize("author", GRADIENTS)
def test_one_phase_alone_loses_its_weight_and_the_friction_of_a_full_pipe(author, phase):
    """Darcy and Weisbach, in level pipe too."""
    v_sl, v_sg, rho, mu = ALONE[phase]
    angle, v = np.linspace(-np.pi / 2, np.pi / 2, 9), np.geomspace(0.01, 3.0, 7)[:, None]
    stream = Stream(v * v_sl, v * v_sg, 900.0, 40.0, 2e-3, 1.5e-5, 0.025)
    speed = v * (v_sl + v_sg)
    factor = colebrook_factor(rho * speed * 0.062 / mu, 1e-5 / 0.062)
    full = rho * G * np.sin(angle) + factor * rho * speed**2 / (2 * 0.062)
    assert GRADIENTS[author](stream, 0.062, angle, 1e-5) == pytest.approx(full, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("author", GRADIENTS)
@pytest.mark.parametrize("trace", [(1.0, 1e-7), (1e-7, 5.0)], ids=["of gas", "of liquid"])
def test_a_trace_of_the_other_phase_changes_nothing(author, trace):
    """No correlation jumps where a phase disappears, however the pipe lies."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 13)
    v_sl, v_sg = trace
    with_trace = Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    without = replace(with_trace, v_sl=v_sl * (v_sl > 1e-3), v_sg=v_sg * (v_sg > 1e-3))
    scale = (850.0 if v_sl > v_sg else 40.0) * G
    lost, alone = (GRADIENTS[author](stream, 0.062, angle, 1e-5) for stream in (with_trace, without))
    assert lost == pytest.approx(alone, abs=2e-3 * scale)


@drawn(st.floats(0.5, 3.0), st.floats(-1.5, -0.05))
def test_a_little_gas_takes_only_a_little_of_a_descending_pipe(v_sl, angle):
    """The factors of Palmer and Payne and the drift of gas left 0.54 to 0.69 of the liquid with a trace of gas."""
    v_sg = np.geomspace(1e-6, 0.005 * v_sl, 25)
    stream = Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    for correction in beggs_brill.CORRECTIONS:
        held = beggs_brill.holdup(stream, 0.062, angle, correction)
        assert held[0] > 0.999
        assert np.abs(np.diff(held)).max() < 0.12
    assert drift_flux.holdup(Stream(v_sl, 1e-6, 850.0, 40.0, 2e-3, 1.5e-5, 0.025), 0.062, angle) > 0.99 or v_sl < 1.5


@pytest.mark.parametrize("author", GRADIENTS)
@pytest.mark.parametrize("f_w", [0.0, 0.3, 0.95])
def test_a_well_at_rest_holds_the_column_that_it_would_begin_to_lift(author, f_w):
    """The limit of small rates, water cut kept; a lift table has no step at no rate."""
    md = np.linspace(0.0, 2000.0, 21)
    tubing = Tubing(Fluid(0.85, 0.75, 60.0), md, md, 310.0 + 0.02 * md, 0.062, author=author)
    at_rest, slow, slower = tubing.bottomhole_pressure([0.0, 1e-7, 1e-9], 2e6, f_w, 60.0)
    assert at_rest == pytest.approx(slower, rel=1e-6)
    assert at_rest == pytest.approx(slow, rel=0.04)
    oil = tubing.bottomhole_pressure(0.0, 2e6, 0.0, 60.0)
    assert at_rest >= oil * (1.0 + 0.1 * f_w)


@pytest.mark.parametrize("author", GRADIENTS)
@drawn(st.floats(0.1, 3.0), st.floats(0.1, 20.0))
def test_rougher_pipe_loses_more(author, v_sl, v_sg):
    stream = Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    smooth, rough = (GRADIENTS[author](stream, 0.062, 1.2, roughness) for roughness in (1e-6, 3e-4))
    assert rough >= smooth * (1.0 - 1e-12)


@pytest.mark.parametrize("author", HOLDUPS)
@drawn(st.floats(0.05, 3.0))
def test_upward_flow_holds_more_liquid_than_it_carries(author, v_sl):
    # gas is the lighter and rises through the liquid
    v_sg = np.geomspace(0.05, 20.0, 40)
    stream = Stream(v_sl, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    held = HOLDUPS[author](stream, 0.062, np.pi / 2)
    assert (held >= stream.lambda_l - 1e-9).all()


@pytest.mark.parametrize("author", ["hagedorn_brown", "gray", "drift_flux"])
@drawn(st.floats(0.05, 3.0))
def test_more_gas_leaves_less_liquid(author, v_sl):
    # the correlations without patterns have no steps at their borders
    stream = Stream(v_sl, np.geomspace(0.05, 20.0, 60), 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    held = HOLDUPS[author](stream, 0.062, np.pi / 2)
    assert (np.diff(held) <= 1e-9).all()


@pytest.mark.parametrize("author", GRADIENTS)
@drawn(st.floats(0.3, 3.0))
def test_equal_numbers_give_equal_shares_at_another_scale(author, scale):
    # Buckingham: with gravity kept, lengths × s, speeds × √s, tension × s², viscosity × s^1.5 leave every group as is
    small = Stream(0.5, 3.0, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    root = np.sqrt(scale)
    large = Stream(
        0.5 * root, 3.0 * root, 850.0, 40.0, 2e-3 * scale * root, 1.5e-5 * scale * root, 0.025 * scale**2, 5e6
    )
    # one gravity, one density: the gradient has their unit alone
    ours = GRADIENTS[author](large, 0.062 * scale, 1.2, 1e-4 * scale)
    assert ours == pytest.approx(GRADIENTS[author](small, 0.062, 1.2, 1e-4), rel=1e-6)


def test_duns_and_ros_goes_from_slug_to_mist_without_a_step():
    # their linear transition between the borders
    v_sg = np.linspace(5.0, 60.0, 4000)
    stream = Stream(0.3, v_sg, 850.0, 40.0, 2e-3, 1.5e-5, 0.025, 5e6)
    lost = duns_ros.gradient(stream, 0.062, np.pi / 2)
    shares = duns_ros.mist_share(duns_ros.numbers(stream, 0.062))
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert np.abs(np.diff(lost)).max() < 0.01 * lost.max()


def test_stagnant_liquid_lets_bubbles_rise_at_harmathys_speed():
    # Harmathy 1960: 1.53 (g σ Δρ / ρ²)^¼, with the factor 1.85 that Shi et al. found for vertical pipe
    water = Stream(0.0, 0.01, 1000.0, 5.0, 1e-3, 1.8e-5, 0.072)
    harmathy = 1.53 * (G * 0.072 * 995.0 / 1000.0**2) ** 0.25
    assert drift_flux.drift_speed(0.0, water, 0.15, np.pi / 2) == pytest.approx(1.85 * harmathy)
    assert drift_flux.drift_speed(0.3, water, 0.15, 0.0) == 0.0
    assert drift_flux.drift_speed(0.3, water, 0.15, -1.0) < 0.0


def test_gas_drifts_fastest_in_a_well_tilted_by_half_a_right_angle():
    # Shi et al. 2005: m = 1.85 (cos)^0.21 (1 + sin)^0.95 of the deviation, 2.86 at 45° against 1.85 upright
    water = Stream(0.0, 0.01, 1000.0, 5.0, 1e-3, 1.8e-5, 0.072)
    upright, tilted = drift_flux.drift_speed(0.0, water, 0.15, np.array([np.pi / 2, np.pi / 4]))
    assert tilted / upright == pytest.approx(0.5**0.105 * (1.0 + 0.5**0.5) ** 0.95)


@drawn(st.floats(1e5, 5e7), st.floats(280.0, 420.0))
def test_free_and_dissolved_gas_are_all_the_gas_there_is(p, T):
    # conservation of the gas, where there is enough for the oil
    fluid, area = Fluid(gamma_o=0.85, gamma_g=0.75, gor=100.0), 0.25 * np.pi * 0.062**2
    at, stream = properties(fluid, p, T), black_oil_stream(fluid, 1e-3, 1e-3, 0.15, 0.062)(p, T)
    assert stream.v_sg * area / at.B_g + 1e-3 * at.R_s == pytest.approx(0.15)
    poor = black_oil_stream(fluid, 1e-3, 1e-3, 0.0, 0.062)(p, T)
    assert poor.v_sg == 0.0
