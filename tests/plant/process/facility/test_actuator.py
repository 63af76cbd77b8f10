import numpy as np
import pytest

from plant.process.facility.actuator import ValveParameters, Valves


@pytest.fixture
def valve():
    return Valves(ValveParameters.sound(1, fail_position=0.0), 0.5)


def drive(valve, target, seconds=30.0):
    for _ in range(round(seconds)):
        valve.step(1.0, np.array([target]))
    return valve.opening[0], valve.passing()[0]


def test_a_sound_valve_goes_where_it_is_told(valve):
    assert drive(valve, 0.8) == (pytest.approx(0.8), pytest.approx(0.8))


@pytest.mark.parametrize(
    ("fault", "value", "told", "opening", "passing"),
    [
        ("seized", 1.0, 1.0, 0.5, 0.5),
        ("stop_low", 1.0, 0.0, 1.0, 1.0),
        ("stop_high", 0.0, 1.0, 0.0, 0.0),
        ("air", 0.0, 1.0, 0.0, 0.0),
        ("leak", 0.3, 0.0, 0.0, 0.3),
        ("capacity", 0.15, 1.0, 1.0, 0.15),
    ],
)
def test_a_faulty_valve_does_what_its_fault_makes_it(valve, fault, value, told, opening, passing):
    getattr(valve.parameters, fault)[:] = value
    assert drive(valve, told) == (pytest.approx(opening), pytest.approx(passing))
