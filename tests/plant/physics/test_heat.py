import numpy as np
import pytest

from plant.physics.heat import arriving_temperature, cooling_rate, motor_film


def test_the_faster_the_flow_the_hotter_it_arrives():
    arriving = arriving_temperature(np.linspace(0.0, 5e-3, 50), 340.0, 285.0, 1e-3)
    assert arriving[0] == 285.0
    assert np.all(np.diff(arriving) > 0.0)
    assert arriving[-1] < 340.0


def test_backflow_brings_no_heat():
    assert float(arriving_temperature(-1e-3, 340.0, 285.0, 1e-3)) == 285.0


def test_a_measured_arrival_gives_the_cooling_that_predicts_it():
    cooling = cooling_rate(2e-3, 320.0, 340.0, 285.0)
    assert float(arriving_temperature(2e-3, 340.0, 285.0, cooling)) == pytest.approx(320.0)


def test_a_motor_without_flow_is_still_cooled_a_little():
    assert 0.0 < float(motor_film(0.0)) < 0.2 * float(motor_film(0.3))
