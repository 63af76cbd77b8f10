"""What comes into the lines, the separator and the tanks is still there, or has left."""

import numpy as np
import pytest


def disturb(process):
    process.inputs["Well.FrequencyTarget"][:6] -= 5.0
    process.inputs["Well.ChokeTarget"][8:] = 0.8
    process.inputs["Well.Energised"][7] = False
    process.inputs["Separator.OilValve"][0] *= 0.7


def test_what_the_wells_give_is_held_or_has_left(truth):
    station = truth.station
    before, came = station.inventory() + station.crossed(), np.zeros(3)
    disturb(truth)
    for _ in range(2000):
        truth.step(0.2)
        came += truth._arriving()[0].sum(axis=1) * 0.2
    assert station.inventory() + station.crossed() - before == pytest.approx(came, rel=1e-9)


def test_manifolds_stand_between_their_wells_and_the_separator(truth):
    signals = truth.signals
    behind = signals["Manifold.Pressure"][truth.gathering.manifold_of]
    assert np.all(signals["Well.FlowlinePressure"] > behind)
    assert np.all(signals["Manifold.Pressure"] > signals["Separator.Pressure"][0])


def test_manifold_flow_is_that_of_its_wells(truth):
    sums = np.bincount(truth.gathering.manifold_of, truth.signals["Well.Flow"])
    assert truth.signals["Manifold.Flow"] == pytest.approx(sums, rel=1e-3)


def test_streams_meet_with_their_heat(plain):
    lines = plain.station.gathering
    streams = np.array([[1e-3, 1e-3], [0.0, 0.0], [0.0, 0.0]])
    met, T = lines.gather(streams, np.array([300.0, 320.0]), np.array([0, 0]))
    assert met[0] == pytest.approx([2e-3, 0.0])
    assert T[0] == pytest.approx(310.0)
    assert T[1] == lines.T[1]


def test_a_line_without_flow_cools_to_the_sea(trial):
    trial.arriving[:] = 0.0
    lines = trial.station.gathering
    lines.parameters.heat_loss[:] = 10.0
    for _ in range(200):
        lines.step(600.0, trial.arriving, trial.T, 9e5)
    assert pytest.approx(lines.parameters.outside, abs=0.1) == lines.T


@pytest.mark.parametrize("dt", [0.05, 0.2, 1.0])
def test_a_hole_as_wide_as_the_line_drains_it_without_a_jerk(trial, dt):
    lines = trial.station.gathering
    lines.parameters.leak_area[0] = 4e-3
    for _ in range(round(300.0 / dt)):
        lines.step(dt, trial.arriving, trial.T, 9e5)
    assert np.all(np.isfinite(lines.pressure))
    assert lines.pressure[0] < 9e5
    assert np.all(lines.stock >= 0.0)
