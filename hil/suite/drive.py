"""The acceptance suite of a variable speed drive with its well: ``gemelo hil run drive --bench FILE --target NAME``.

It knows signals and features, no register and no maker. What a test needs and the target lacks is told, and the test
left out. Times are the target's own: a simulated one is as quick as its machine, a real one as slow as its well.
"""

from itertools import pairwise

import pytest

from hil.target.provocation import TRIPS, state_of
from plant.error import DeviceRefused

RAMPED = 60.0  # s within which a drive reaches a reference a few hertz away
MOST_STARTS = 20  # an hour, that no motor stands
SHOWN = 10.0  # s within which what was told is shown


@pytest.fixture
def running(target):
    """The target, at 50 Hz."""
    target.bring_to("running")
    return target


@pytest.mark.needs("start_stop")
def test_it_shows_every_signal_with_a_value(target, ports):
    target.bring_to("comms_up")
    for name in ("Frequency", "Current", "IntakePressure", "MotorTemperature", "FrequencyReference"):
        ports.read(name)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("start_stop")
def test_it_runs_at_its_reference_when_it_is_started(ports):
    assert abs(ports.read("Frequency_Hz") - ports.read("FrequencyReference_Hz")) < 0.3
    assert ports.read("Current_A") > 0


@pytest.mark.usefixtures("running")
@pytest.mark.needs("ramp")
def test_it_goes_to_a_new_reference_without_a_step_back(ports, capture):
    seen = capture("Frequency", "FrequencyReference")
    ports.write("FrequencyReference_Hz", 45.0)
    ports.wait_until("abs(Frequency_Hz - 45) < 0.2", within=RAMPED)
    seen.stop()
    _, values = seen.series("Frequency")
    assert all(later <= earlier + 0.3 for earlier, later in pairwise(values)), values
    ports.write("FrequencyReference_Hz", 50.0)
    ports.wait_until("abs(Frequency_Hz - 50) < 0.2", within=RAMPED)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("reference_limits")
@pytest.mark.parametrize("reference", [0.0, 29.0, 61.0, 400.0])
def test_it_refuses_a_reference_outside_its_limits_and_keeps_the_one_it_had(ports, reference):
    before = ports.read("FrequencyReference_Hz")
    with pytest.raises(DeviceRefused):
        ports.write("FrequencyReference_Hz", reference)
    assert ports.read("FrequencyReference_Hz") == pytest.approx(before, abs=0.05)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("reference_limits")
@pytest.mark.parametrize("reference", [40.0, 55.0])
def test_it_takes_a_reference_within_its_limits_and_shows_it(ports, reference):
    ports.write("FrequencyReference_Hz", reference)
    ports.wait_until(f"abs(FrequencyReference_Hz - {reference}) < 0.1", within=SHOWN)
    ports.write("FrequencyReference_Hz", 50.0)


@pytest.mark.parametrize("trip", [pytest.param(t, marks=pytest.mark.needs("status", f"trip_{t}")) for t in TRIPS])
def test_it_trips_says_why_and_starts_only_after_a_reset(running, ports, trip):
    ports.wait(90.0 if running.timing.is_stepped else 0.0)  # an underload relay waits until the column is up
    with running.provoked(trip):
        ports.wait_until('RunState == "Tripped"', within=1800.0)
        assert ports.state("TripCode") == state_of(trip)
        with pytest.raises(DeviceRefused):
            ports.write("Start", 1)
    ports.wait_until("Frequency_Hz < 1", within=RAMPED)
    ports.wait(1.0)
    ports.write("Reset", 1)
    ports.wait_until('TripCode == "None"', within=SHOWN)
    running.bring_to("running")


@pytest.mark.usefixtures("running")
@pytest.mark.needs("start_stop", "backspin")
def test_it_refuses_to_start_while_the_shaft_turns_back(ports):
    ports.write("Stop", 1)
    ports.wait_until('RunState == "Backspin"', within=RAMPED)
    with pytest.raises(DeviceRefused):
        ports.write("Start", 1)
    ports.wait_until('RunState == "Stopped"', within=7200.0)
    ports.write("Start", 1)
    ports.wait_until('RunState == "Running"', within=RAMPED)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("start_stop")
def test_it_stops_when_it_is_told_and_stays_so(ports):
    ports.write("Stop", 1)
    ports.wait_until("Frequency_Hz < 0.5", within=RAMPED, hold=2.0)
    assert ports.read("Current_A") < 1.0


@pytest.mark.usefixtures("running")
@pytest.mark.needs("restarts_per_hour")
def test_it_allows_only_so_many_starts_an_hour(ports):
    starts = 0
    while starts < MOST_STARTS:
        ports.write("Stop", 1)
        ports.wait_until('RunState == "Stopped"', within=7200.0)
        try:
            ports.write("Start", 1)
        except DeviceRefused:
            break
        ports.wait_until('RunState == "Running"', within=RAMPED)
        starts += 1
    assert starts < MOST_STARTS


@pytest.mark.usefixtures("running")
@pytest.mark.needs("lost_master")
def test_it_comes_to_its_safe_state_when_its_master_falls_silent(ports, faults):
    with faults.injected("drop", direction="request"):
        ports.wait(60.0)
    ports.wait_until("Frequency_Hz < 0.5", within=RAMPED)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("start_stop")
def test_a_lost_answer_is_asked_for_again_and_changes_nothing(ports, faults):
    with faults.injected("drop", count=1) as lost:
        ports.read("Frequency")
    assert lost.hits == 1
    assert ports.read("Frequency_Hz") == pytest.approx(50.0, abs=0.3)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("start_stop")
def test_it_takes_a_connection_again_after_one_was_broken(ports, target):
    target.break_links()
    target.bring_to("comms_up")
    assert ports.read("Frequency_Hz") == pytest.approx(50.0, abs=0.3)


@pytest.mark.usefixtures("running")
@pytest.mark.needs("power_cycle")
def test_it_comes_up_at_rest_when_its_power_returns(target, ports):
    target.bring_to("off")
    target.bring_to("comms_up")
    assert ports.state("RunState") != "Running"
    assert ports.read("Frequency_Hz") < 45.0
