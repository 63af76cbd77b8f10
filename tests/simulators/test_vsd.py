"""Drives against currents, shafts and supplies that the test sets."""

from typing import Any

import numpy as np
import pytest

from plant.asset.signal import signals
from plant.error import CommandRefused
from simulators.vsd import DriveBank, DriveSettings, Inhibit, RunState, TripCode

SETTINGS = DriveSettings()


@pytest.fixture
def drives(plant: Any) -> DriveBank:
    return DriveBank(["Well.0", "Well.1"], plant.signals, plant.inputs, np.full(2, 30.0), np.full(2, 40.0))


def pass_time(drives: DriveBank, seconds: float, dt: float = 0.2) -> None:
    for _ in range(round(seconds / dt)):
        drives.step(dt)


def stand_still(plant: Any) -> None:
    plant.signals["Well.Frequency"][0] = plant.signals["Well.ShaftSpeed"][0] = plant.signals["Well.Current"][0] = 0.0


def test_states_and_codes_are_those_of_the_signal_table() -> None:
    for enum, name in ((RunState, "RunState"), (TripCode, "TripCode"), (Inhibit, "Inhibit")):
        table = signals()["Well", name].states
        assert {m.value: m.name.replace("_", "").lower() for m in enum} == {k: v.lower() for k, v in table.items()}


def test_a_field_that_produces_has_running_drives_at_their_references(drives: DriveBank) -> None:
    assert drives.state.tolist() == [RunState.RUNNING] * 2
    assert drives.reference.tolist() == [50.0, 50.0]


def test_nothing_trips_at_the_operating_point(drives: DriveBank) -> None:
    pass_time(drives, 600)
    assert drives.state.tolist() == [RunState.RUNNING] * 2


def test_underload_trips_only_the_light_motor_after_its_delay(drives: DriveBank, plant: Any) -> None:
    plant.signals["Well.Current"][0] = 0.79 * 30.0
    pass_time(drives, SETTINGS.underload_delay - 0.4)
    assert drives.state[0] == RunState.RUNNING
    pass_time(drives, 0.6)
    assert drives.state.tolist() == [RunState.TRIPPED, RunState.RUNNING]
    assert drives.trip_code.tolist() == [TripCode.UNDERLOAD, TripCode.NONE]
    assert plant.inputs["Well.Energised"].tolist() == [False, True]
    assert plant.inputs["Well.FrequencyTarget"].tolist() == [0.0, 50.0]


def test_less_current_at_less_speed_is_no_underload(drives: DriveBank, plant: Any) -> None:
    """Torque goes with the square of speed (affinity laws), so 0.64 of the current at 0.8 of the speed is full load."""
    plant.signals["Well.Frequency"][:] = 40.0
    plant.signals["Well.Current"][:] = 0.64 * 30.0
    pass_time(drives, 600)
    assert drives.state.tolist() == [RunState.RUNNING] * 2


def test_overload_trips_the_sooner_the_heavier_it_is(drives: DriveBank, plant: Any) -> None:
    """IEC very inverse curve: k 13.5 / (M - 1)."""
    plant.signals["Well.Current"][:] = 40.0 * SETTINGS.overload * np.array([2.0, 1.5])
    due = SETTINGS.overload_multiplier * 13.5
    pass_time(drives, due + 0.4)
    assert drives.state.tolist() == [RunState.TRIPPED, RunState.RUNNING]
    pass_time(drives, due)
    assert drives.trip_code.tolist() == [TripCode.OVERLOAD] * 2


def test_a_hot_motor_trips_and_is_not_reset_before_it_has_cooled(drives: DriveBank, plant: Any) -> None:
    plant.signals["Well.MotorTemperature"][0] = SETTINGS.motor_temperature + 1
    pass_time(drives, SETTINGS.motor_temperature_delay + 0.2)
    assert drives.trip_code[0] == TripCode.MOTOR_TEMPERATURE
    with pytest.raises(CommandRefused, match=r"Well\.0\.Reset = 1: the motor is still too hot"):
        drives.reset(0)
    plant.signals["Well.MotorTemperature"][0] = 380.0
    drives.reset(0)
    assert drives.trip_code[0] == TripCode.NONE


@pytest.mark.parametrize(("seconds", "state"), [(0.2, RunState.RUNNING), (0.6, RunState.TRIPPED)])
def test_a_short_dip_is_ridden_through_and_a_longer_one_trips(drives: DriveBank, seconds: float, state: int) -> None:
    drives.supply[0] = 0.5
    pass_time(drives, seconds)
    drives.supply[0] = 1.0
    pass_time(drives, 2.0)
    assert drives.state.tolist() == [state, RunState.RUNNING]


def test_after_a_stop_the_drive_refuses_to_start_until_the_shaft_has_stopped(drives: DriveBank, plant: Any) -> None:
    drives.stop(0)
    assert drives.state[0] == RunState.BACKSPIN
    plant.signals["Well.ShaftSpeed"][0] = -35.0
    pass_time(drives, 120)
    with pytest.raises(CommandRefused, match="the shaft still turns"):
        drives.start(0)
    assert not plant.inputs["Well.Energised"][0]
    stand_still(plant)
    pass_time(drives, SETTINGS.still_delay + 0.2)
    assert drives.state[0] == RunState.STOPPED
    drives.start(0)
    assert drives.state[0] == RunState.STARTING


def test_a_drive_says_what_keeps_it_from_starting_and_for_how_long(drives: DriveBank, plant: Any) -> None:
    """From how fast the shaft slows: at 3 Hz a minute, one of 35 Hz has ten minutes to 5 Hz."""
    assert drives.inhibit(0) == Inhibit.NONE
    drives.stop(0)
    plant.signals["Well.ShaftSpeed"][0] = -30.0
    pass_time(drives, 1.0)
    assert drives.inhibit(0) == Inhibit.BACKSPIN
    assert np.isnan(drives.inhibited_for(0))  # it has only just begun to turn back
    speed = -47.0
    while speed < -35.0:
        speed += 0.05 * 0.2
        plant.signals["Well.ShaftSpeed"][0] = speed
        drives.step(0.2)
    assert drives.inhibited_for(0) == pytest.approx(600 + SETTINGS.still_delay, rel=0.02)
    stand_still(plant)
    pass_time(drives, 0.5 * SETTINGS.still_delay)
    assert 0 < drives.inhibited_for(0) <= SETTINGS.still_delay
    pass_time(drives, SETTINGS.still_delay)
    assert (drives.inhibit(0), drives.inhibited_for(0)) == (Inhibit.NONE, 0.0)


def test_of_a_tripped_drive_what_keeps_it_from_being_reset_is_said_first(drives: DriveBank, plant: Any) -> None:
    drives.trip(0, TripCode.EXTERNAL)
    assert drives.inhibit(0) == Inhibit.TRIPPED
    drives.trip_code[0] = TripCode.MOTOR_TEMPERATURE
    plant.signals["Well.MotorTemperature"][0] = SETTINGS.motor_temperature
    assert drives.inhibit(0) == Inhibit.MOTOR_TEMPERATURE


def test_a_drive_in_local_mode_takes_nothing_from_the_wire(drives: DriveBank) -> None:
    drives.check_remote(0, "FrequencyReference")
    drives.is_local[0] = True
    assert drives.inhibit(0) == Inhibit.LOCAL
    with pytest.raises(CommandRefused, match="local mode"):
        drives.check_remote(0, "FrequencyReference")


def test_the_moment_in_which_a_shaft_reverses_does_not_count_as_standing(drives: DriveBank, plant: Any) -> None:
    drives.stop(0)
    for speed in (20.0, 3.0, -3.0, -20.0):
        plant.signals["Well.ShaftSpeed"][0] = speed
        pass_time(drives, 1.0)
    assert drives.state[0] == RunState.BACKSPIN


def test_a_tripped_drive_must_be_reset_before_it_starts_and_spins_back_meanwhile(drives: DriveBank, plant: Any) -> None:
    drives.trip(0, TripCode.EXTERNAL)
    plant.signals["Well.ShaftSpeed"][0] = -30.0
    with pytest.raises(CommandRefused, match="reset it first"):
        drives.start(0)
    drives.reset(0)
    assert (drives.state[0], drives.trip_code[0]) == (RunState.BACKSPIN, TripCode.NONE)


def test_a_trip_that_is_over_is_reset_to_stopped(drives: DriveBank, plant: Any) -> None:
    drives.trip(0, TripCode.GROUND_FAULT)
    stand_still(plant)
    pass_time(drives, SETTINGS.still_delay + 0.2)
    assert drives.state[0] == RunState.TRIPPED
    drives.reset(0)
    assert drives.state[0] == RunState.STOPPED


def test_a_start_runs_once_the_least_frequency_is_reached(drives: DriveBank, plant: Any) -> None:
    drives.stop(0)
    stand_still(plant)
    pass_time(drives, SETTINGS.still_delay + 0.2)
    drives.start(0)
    pass_time(drives, 2.0)
    assert drives.state[0] == RunState.STARTING
    plant.signals["Well.Frequency"][0] = 30.0
    pass_time(drives, 0.2)
    assert drives.state[0] == RunState.RUNNING


def test_a_motor_that_does_not_come_up_stalls(drives: DriveBank, plant: Any) -> None:
    drives.stop(0)
    stand_still(plant)
    pass_time(drives, SETTINGS.still_delay + 0.2)
    drives.start(0)
    pass_time(drives, SETTINGS.stall_delay + 0.2)
    assert drives.trip_code[0] == TripCode.STALL


def test_a_rotor_that_is_held_fast_stalls_within_seconds(drives: DriveBank, plant: Any) -> None:
    plant.signals["Well.ShaftSpeed"][0], plant.signals["Well.Current"][0] = 0.0, 5.0 * 40.0
    pass_time(drives, SETTINGS.locked_delay - 0.4)
    assert drives.state[0] == RunState.RUNNING
    pass_time(drives, 0.6)
    assert drives.trip_code.tolist() == [TripCode.STALL, TripCode.NONE]


def test_a_shaft_that_slips_is_not_stalled(drives: DriveBank, plant: Any) -> None:
    """Induction motors run a few percent below their frequency, at full load and more."""
    plant.signals["Well.ShaftSpeed"][:], plant.signals["Well.Current"][:] = 47.0, 41.0
    pass_time(drives, 60.0)
    assert drives.state.tolist() == [RunState.RUNNING] * 2


def test_a_leak_to_ground_trips_at_once_and_what_insulation_always_leaks_does_not(
    drives: DriveBank, plant: Any
) -> None:
    plant.signals["Well.LeakageCurrent"][:] = 2.0 * SETTINGS.ground_fault, 1e-3
    pass_time(drives, SETTINGS.ground_fault_delay + 0.2)
    assert drives.trip_code.tolist() == [TripCode.GROUND_FAULT, TripCode.NONE]


def test_a_dip_of_the_supply_is_felt_by_the_plant(drives: DriveBank, plant: Any) -> None:
    drives.supply[0] = 0.9
    assert plant.inputs["Well.Supply"].tolist() == [0.9, 1.0]


def test_a_started_well_is_given_time_to_lift_its_column_before_underload_counts(drives: DriveBank, plant: Any) -> None:
    drives.stop(0)
    stand_still(plant)
    pass_time(drives, SETTINGS.still_delay + 0.2)
    drives.start(0)
    plant.signals["Well.Frequency"][0], plant.signals["Well.Current"][0] = 50.0, 10.0
    pass_time(drives, SETTINGS.underload_grace)
    assert drives.state[0] == RunState.RUNNING
    pass_time(drives, SETTINGS.underload_delay + 1.0)
    assert drives.trip_code[0] == TripCode.UNDERLOAD


def test_starting_what_runs_and_stopping_what_stands_change_nothing(drives: DriveBank) -> None:
    drives.start(0)
    assert drives.state[0] == RunState.RUNNING
    drives.trip(0, TripCode.EXTERNAL)
    drives.stop(0)
    assert drives.state[0] == RunState.TRIPPED


def test_a_new_reference_goes_to_a_running_motor_and_is_held_by_a_stopped_one(drives: DriveBank, plant: Any) -> None:
    drives.stop(1)
    drives.set_reference(0, 45.0)
    drives.set_reference(1, 46.0)
    assert plant.inputs["Well.FrequencyTarget"].tolist() == [45.0, 0.0]
    assert drives.reference.tolist() == [45.0, 46.0]
