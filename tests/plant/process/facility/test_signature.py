"""Directions in which facilities' faults show, as operators know them; each from its physical cause.

Level up with its valve saturated: a stuck dump valve, or a slug. Level up with its valve shut: signal or air lost.
Pressure up with the flare valve opening: compressor trip. Line leak: inlet less outlet flow up, pressure down at both
ends. Hydrate: upstream pressure up, flow down, colder than its curve. Severe slugging is in test_riser.
"""

import numpy as np

from plant.physics.hydrate import towler_mokhatab_temperature
from plant.process.facility.growth import GAS_GRAVITY


def oil_level(station):
    return station.separator.levels[0, 0]


def test_level_rises_with_its_controller_saturated_when_the_dump_valve_sticks_nearly_shut(plain):
    plain.run(300.0)
    plain.station.separator.oil_valve.parameters.stop_high[:] = 0.1
    plain.run(900.0)
    assert oil_level(plain.station) > 0.65
    assert plain.inputs["Separator.OilValve"][0] == 1.0  # it is told to open fully
    assert plain.station.separator.oil_valve.opening[0] == 0.1


def test_level_swings_to_saturation_when_slugs_come_in(plain):
    plain.run(300.0)
    steady = plain.run(300.0, lambda station: station.separator.levels[:, 0])
    plain.station.gathering.parameters.dip_volume[:] = 8.0
    levels = plain.run(3600.0, lambda station: station.separator.levels[:, 0])
    assert np.ptp(levels[:, 1]) > 10.0 * np.ptp(steady[:, 1])
    assert levels[:, 1].max() > 0.6


def test_level_rises_with_its_valve_shut_when_the_actuator_loses_its_air(plain):
    plain.run(300.0)
    plain.station.separator.oil_valve.parameters.air[:] = 0.0
    plain.run(600.0)
    assert oil_level(plain.station) > 0.6
    assert plain.station.separator.oil_valve.opening[0] == 0.0


def test_pressure_rises_and_the_flare_valve_opens_when_the_compressors_trip(trial):
    trial.run(600.0)
    before = trial.station.separator.pressure[0]
    trial.station.compressors.parameters.trip[:] = 1.0
    trial.run(600.0)
    assert trial.station.separator.pressure[0] > before
    assert trial.station.flares.valve.opening[0] > 0.1
    assert trial.station.flares.flow[2, 0] > 0.0


def test_a_flare_that_is_out_vents_what_comes(trial):
    trial.station.compressors.parameters.trip[:] = 1.0
    trial.station.flares.parameters.flame[:] = 0.0
    trial.run(600.0)
    assert trial.station.flares.vented[2, 0] > 0.0 == trial.station.flares.flared[2, 0]


def line_balance(station):
    lines = station.gathering
    return lines.inflow[0] - lines.delivered[:2, 0].sum()


def test_a_line_leak_opens_the_balance_and_lowers_the_pressure_at_both_ends(trial):
    trial.run(300.0)
    lines = trial.station.gathering
    before = line_balance(trial.station), lines.pressure[0], lines.outlet_pressure(trial.station.line_end_pressure())[0]
    lines.parameters.leak_area[0] = 3e-5
    trial.run(120.0)
    assert line_balance(trial.station) > before[0] + 5e-4
    assert lines.pressure[0] < before[1]
    assert lines.outlet_pressure(trial.station.line_end_pressure())[0] < before[2]
    assert lines.leaked[:2, 0].sum() > 0.0


def test_hydrate_raises_the_pressure_upstream_and_takes_the_flow_when_colder_than_its_curve(trial):
    """Cause: a cold sea on a bare line, which ends where the pressure is held; wells give less against more pressure,
    as those do whose flow ends 2 MPa higher."""
    lines, arriving = trial.station.gathering, trial.arriving.copy()

    def run(seconds):
        for _ in range(seconds):
            lines.step(1.0, arriving, trial.T, 9e5)

    run(300)
    full, p_before, q_before = arriving[:, 0].copy(), lines.pressure[0], lines.delivered[:2, 0].sum()
    lines.parameters.chill[0], lines.parameters.heat_loss[0] = 30.0, 40.0
    lines.T[0] = lines.parameters.outside[0] + 4.0
    for _ in range(40):
        arriving[:, 0] = full * np.clip(1.0 - (lines.pressure[0] - p_before) / 2e6, 0.0, 1.0)
        run(60)
    assert lines.T[0] < towler_mokhatab_temperature(lines.pressure[0], GAS_GRAVITY)
    assert lines.deposits.hydrate[0] > 0.5
    assert lines.pressure[0] > p_before + 2e5
    assert lines.delivered[:2, 0].sum() < 0.8 * q_before


def test_wax_and_debris_raise_the_pressure_upstream(trial):
    trial.run(60.0)
    lines = trial.station.gathering
    before = lines.pressure[0]
    lines.parameters.plug[0] = 0.4
    trial.run(600.0)
    assert lines.pressure[0] > before + 5e4


def test_more_back_pressure_from_the_separator_reaches_every_manifold(plain):
    plain.run(120.0)
    before = plain.station.gathering.pressure
    plain.held = False
    plain.station.separator.gas_valve.parameters.stop_high[:] = 0.0
    plain.run(600.0)
    assert np.all(plain.station.gathering.pressure > before)
