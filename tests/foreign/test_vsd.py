"""The foreign drive, judged by a foreign master: what the stack is tested against must itself be right.

Both ends are other people's code on both libraries' terms (libmodbus there, mbpoll here); Gemelo takes no part.
"""

import signal
import socket
import struct

import pytest

from tests.limit import HANGS

COMMAND, REFERENCE, CHOKE_REFERENCE, STATUS, STATE, FAULT, FREQUENCY = 1000, 1001, 1002, 1010, 1011, 1012, 1013
CURRENT, MOTOR_TEMPERATURE, INTAKE_PRESSURE, FLOW, TEST_LOAD = 1014, 1017, 1020, 1028, 1032
START, STOP, RESET = 1, 2, 4
STOPPED, STARTING, RUNNING, TRIPPED = 1, 2, 3, 4
NO_FAULT, UNDERLOAD, OVERLOAD = 64, 65, 66


@pytest.fixture
def drive(master, foreign_drive):
    return master(foreign_drive.port)


@pytest.fixture
def running(drive):
    drive.write(COMMAND, START)
    drive.watch(STATE, lambda state: state == RUNNING)
    return drive


def test_a_drive_without_orders_stands_still_at_static_pressure(drive):
    assert drive.read(STATE, count=3) == [STOPPED, NO_FAULT, 0]
    assert drive.read(INTAKE_PRESSURE, "4:float") == [pytest.approx(1250)]


def test_start_ramps_to_the_reference_without_a_step_back(drive):
    drive.write(REFERENCE, 500)
    drive.write(COMMAND, START)
    seen = drive.watch(FREQUENCY, lambda frequency: frequency == 500)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3  # a ramp, not a jump
    assert drive.read(STATUS) == [0b0111]  # ready, running, at reference
    assert drive.read(COMMAND) == [0]  # momentary


def test_current_pressure_and_temperature_follow_the_frequency(running):
    running.write(REFERENCE, 400)
    running.watch(FREQUENCY, lambda frequency: frequency == 400)
    slow = running.watch(INTAKE_PRESSURE, lambda p: p > 780, "4:float")[-1]
    weak = running.read(CURRENT, "4:int")[0]
    running.write(REFERENCE, 600)
    running.watch(FREQUENCY, lambda frequency: frequency == 600)
    running.watch(INTAKE_PRESSURE, lambda p: p < slow - 400, "4:float")
    running.watch(MOTOR_TEMPERATURE, lambda t: t > 2200)
    assert running.read(CURRENT, "4:int")[0] > 1.5 * weak
    assert running.read(FLOW, "4:float")[0] > 900  # bbl/d, rated at 50 Hz


@pytest.mark.parametrize(("load", "fault"), [(30, UNDERLOAD), (150, OVERLOAD)])
def test_a_wrong_load_trips_it_and_only_a_reset_lets_it_start_again(running, refused, load, fault):
    running.write(TEST_LOAD, load)
    running.watch(STATE, lambda state: state == TRIPPED)
    assert running.read(FAULT, count=2) == [fault, 0]
    with pytest.raises(refused, match="failure"):
        running.write(COMMAND, START)
    running.write(TEST_LOAD, 100)
    running.write(COMMAND, RESET)
    running.watch(FAULT, lambda fault: fault == NO_FAULT)
    running.write(COMMAND, START)
    running.watch(STATE, lambda state: state == RUNNING)


def test_stop_ramps_it_down(running):
    running.write(COMMAND, STOP)
    seen = running.watch(FREQUENCY, lambda frequency: frequency == 0)
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    ("address", "value", "kind", "why"),
    [
        (REFERENCE, 299, "4", "Illegal data value"),
        (REFERENCE, 601, "4", "Illegal data value"),
        (CHOKE_REFERENCE, 1.01, "4:float", "Illegal data value"),
        (CHOKE_REFERENCE, "nan", "4:float", "Illegal data value"),
        (COMMAND, START | STOP, "4", "Illegal data value"),
        (CHOKE_REFERENCE, 1, "4", "Illegal data address"),  # half a float
        (FREQUENCY, 500, "4", "Illegal data address"),  # measured
        (REFERENCE, 1, "0", "Illegal function"),  # a coil
    ],
)
def test_it_refuses_what_its_manual_forbids_and_keeps_what_it_had(drive, refused, address, value, kind, why):
    before = drive.read(COMMAND, count=4)
    with pytest.raises(refused, match=why):
        drive.write(address, value, kind)
    assert drive.read(COMMAND, count=4) == before


def test_a_write_of_several_values_with_one_wrong_among_them_writes_none(foreign_drive, drive):
    with socket.create_connection(("127.0.0.1", foreign_drive.port), timeout=5) as wire:
        words = struct.pack(">4H", 0, 550, 0, 0x4040)  # reference 55 Hz, choke 3.0
        wire.sendall(struct.pack(">HHHBBHHB", 7, 0, 15, 1, 16, COMMAND, 4, 8) + words)
        assert wire.recv(64) == struct.pack(">HHHBBB", 7, 0, 3, 1, 0x90, 3)
    assert drive.read(REFERENCE) == [450]
    drive.write(COMMAND, START)
    drive.watch(STATE, lambda state: state == RUNNING)
    assert drive.read(FREQUENCY) == [450]


def test_a_float_lies_low_word_first(drive):
    drive.write(CHOKE_REFERENCE, 0.75, "4:float")
    assert drive.read(CHOKE_REFERENCE, count=2) == [0x0000, 0x3F40]  # IEEE 754: 0.75 = 3F40 0000


def test_several_masters_are_served_at_once(foreign_drive, drive):
    with socket.create_connection(("127.0.0.1", foreign_drive.port), timeout=5):
        assert drive.read(STATE) == [STOPPED]


def test_sigterm_ends_it_cleanly(foreign_drive):
    foreign_drive.process.send_signal(signal.SIGTERM)
    assert foreign_drive.process.wait(HANGS) == 0
