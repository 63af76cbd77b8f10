"""What grows in cold lines takes their bore, and goes again when they are warm."""

import numpy as np

from plant.physics.hydrate import towler_mokhatab_temperature
from plant.process.facility.growth import GAS_GRAVITY


def line(trial, T, seconds, p=5e6):
    lines = trial.station.gathering
    deposits = lines.deposits
    for _ in range(round(seconds / 10.0)):
        assert deposits.wait(10.0)
        deposits.grow(lines.kind, np.full(2, T), np.full(2, p))
    return deposits


def test_hydrate_grows_below_its_curve_and_not_above(trial):
    """The curve is Towler and Mokhatab's."""
    T_hydrate = float(towler_mokhatab_temperature(5e6, GAS_GRAVITY))
    assert np.all(line(trial, T_hydrate + 1.0, 3600.0).hydrate == 0.0)
    assert np.all(line(trial, T_hydrate - 5.0, 3600.0).hydrate > 0.9)


def test_hydrate_melts_when_the_line_is_warm_again(trial):
    assert np.all(line(trial, 275.0, 3600.0).hydrate > 0.9)
    assert np.all(line(trial, 300.0, 3600.0).hydrate < 0.1)


def test_inhibited_water_does_not_freeze(trial):
    trial.station.gathering.parameters.inhibitor[0] = 0.4
    deposits = line(trial, 280.0, 3600.0)
    assert deposits.hydrate[0] == 0.0 < deposits.hydrate[1]


def test_wax_grows_on_a_wall_colder_than_its_appearance_only_where_the_oil_has_any(trial):
    deposits = line(trial, 310.0, 6 * 3600.0)
    assert deposits.wax[0] == 0.0  # the wall of an insulated line is as warm as its oil
    trial.station.gathering.parameters.heat_loss[:] = 100.0
    deposits = line(trial, 300.0, 6 * 3600.0)
    assert deposits.wax[0] > 0.0 == deposits.wax[1]


def test_what_takes_bore_makes_friction(trial):
    line(trial, 274.0, 1800.0)
    assert np.all(trial.station.gathering.resistance > 2.0)


def test_a_plugged_line_passes_next_to_nothing(trial):
    lines = trial.station.gathering
    lines.parameters.plug[:] = 1.0
    for _ in range(600):
        lines.step(1.0, 0.0 * trial.arriving, trial.T, 9e5)
    assert np.all(lines.outflow < 1e-6)
    assert np.all(np.isfinite(lines.pressure))
