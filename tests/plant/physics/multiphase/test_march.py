import numpy as np
import pytest

from plant.error import OutOfRange
from plant.physics.multiphase.march import end_pressure
from plant.physics.multiphase.stream import Stream, black_oil_stream
from plant.physics.multiphase.traverse import GRADIENTS, pressure_traverse
from plant.physics.pvt.blackoil import Fluid

STREAM = black_oil_stream(Fluid(0.85, 0.75, 100.0), 1e-3, 1e-3, 0.15, 0.062)


@pytest.mark.parametrize("author", GRADIENTS)
@pytest.mark.parametrize("against_flow", [True, False])
def test_it_ends_where_a_traverse_of_many_stations_ends(author, against_flow):
    # independent: Heun's rule on 400 cells
    p, ends = (3e6, (310.0, 360.0)) if against_flow else (25e6, (360.0, 310.0))
    angle = np.full(400, 1.4)
    T = np.linspace(*ends, 401)
    fine = pressure_traverse(p, T, np.full(400, 5.0), angle, STREAM, 0.062, 1e-5, author, against_flow)[-1]
    ours = end_pressure(p, ends, 2000.0, 1.4, STREAM, 0.062, 1e-5, cells=40, author=author, against_flow=against_flow)
    assert float(ours) == pytest.approx(float(fine), rel=1e-3)


def test_error_falls_with_the_third_power_of_the_cells_where_nothing_bends():
    # a column of ideal gas: p exp(-z/h) in closed form
    def gas(p, T):
        return Stream(0.0, 1e-6, 800.0, p / 1e5, 1e-3, 1e-9, 0.02, p)

    scale = 1e5 / 9.80665
    exact = 2e6 * np.exp(-8000.0 / scale)
    missed = [
        abs(end_pressure(2e6, (300.0, 300.0), 8000.0, np.pi / 2, gas, 1.0, cells=n, author="beggs_brill") - exact)
        for n in (8, 16, 32)
    ]
    assert missed[0] / missed[1] > 6.0
    assert missed[1] / missed[2] > 6.0


def test_a_pipe_without_length_is_refused():
    with pytest.raises(OutOfRange, match="length"):
        end_pressure(1e6, (300.0, 300.0), 0.0, 0.0, STREAM, 0.062)
    with pytest.raises(OutOfRange, match="cells"):
        end_pressure(1e6, (300.0, 300.0), 10.0, 0.0, STREAM, 0.062, cells=0)
