import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.error import OutOfRange
from plant.physics.wellbore_heat import (
    flowing_temperature,
    hasan_kabir_time,
    lifting_cooling,
    ramey_time,
    relaxation_length,
)

DAY = 86_400.0
ROCK = np.linspace(370.0, 285.0, 21)  # from the perforations up
LENGTH = np.full(20, 125.0)


def test_rock_temperature_agrees_with_rameys_line_source_after_a_month():
    # Ramey 1962 and Hasan and Kabir solve one problem; his is that of late time
    t = np.array([30.0, 365.0, 3650.0]) * DAY
    assert hasan_kabir_time(t, 1e-6, 0.1) == pytest.approx(ramey_time(t, 1e-6, 0.1), rel=0.01)


def test_the_rock_takes_most_heat_at_the_start():
    # Hasan and Kabir: no resistance at no time, and only growing
    t = np.concatenate(([0.0], np.geomspace(1.0, 1e9, 200)))
    resistance = hasan_kabir_time(t, 1e-6, 0.1)
    assert resistance[0] == 0.0
    assert (np.diff(resistance) > 0.0).all()


def test_a_whole_well_in_one_cell_is_rameys_solution():
    # Ramey 1962, eq. for a liquid: T = T_bh - g z + g A (1 - exp(-z / A))
    z, gradient, A = 2500.0, 0.034, 900.0
    ours = flowing_temperature(370.0, [370.0, 370.0 - gradient * z], [z], A)[-1]
    assert ours == pytest.approx(370.0 - gradient * z + gradient * A * (1.0 - np.exp(-z / A)), abs=1e-9)


@given(st.floats(10.0, 1e5), st.floats(0.0, 0.01))
def test_temperature_does_not_depend_on_how_the_well_is_divided(relaxation, cooling):
    # the solution of a cell is exact
    fine = flowing_temperature(370.0, ROCK, LENGTH, relaxation, cooling)[-1]
    coarse = flowing_temperature(370.0, ROCK[::10], np.full(2, 1250.0), relaxation, cooling)[-1]
    assert fine == pytest.approx(coarse, abs=1e-8)


def test_a_trickle_has_the_temperature_of_the_rock_and_a_torrent_keeps_its_own():
    # the limits of Ramey's equation
    trickle = relaxation_length(0.0, 3000.0, 0.05, 20.0, 2.3, 3.2)
    assert flowing_temperature(370.0, ROCK, LENGTH, trickle) == pytest.approx(ROCK, abs=1e-3)
    torrent = relaxation_length(1e7, 3000.0, 0.05, 20.0, 2.3, 3.2)
    assert flowing_temperature(370.0, ROCK, LENGTH, torrent) == pytest.approx(370.0, abs=1e-3)


@given(st.floats(0.01, 100.0), st.floats(1.01, 3.0))
def test_a_well_that_flows_more_arrives_hotter(w, factor):
    # less time to lose heat
    slow, fast = (relaxation_length(x, 3000.0, 0.05, 20.0, 2.3, 3.2) for x in (w, w * factor))
    assert flowing_temperature(370.0, ROCK, LENGTH, fast)[-1] >= flowing_temperature(370.0, ROCK, LENGTH, slow)[-1]


def test_lifting_takes_heat_by_gravity_alone_where_no_heat_is_lost():
    # energy: 1000 m of lift at 2000 J/kg/K cost 4.9 K
    cooling = lifting_cooling(np.pi / 2, 2000.0)
    T = flowing_temperature(350.0, np.full(3, 300.0), [500.0, 500.0], 1e9, cooling)
    assert 350.0 - T[-1] == pytest.approx(4.903, abs=1e-3)


def test_a_batch_of_wells_is_each_well_alone():
    relaxation = np.array([300.0, 3000.0])
    batch = flowing_temperature([360.0, 370.0], np.stack([ROCK] * 2, axis=-1), LENGTH[:, None], relaxation)
    for i, T in enumerate((360.0, 370.0)):
        assert batch[:, i] == pytest.approx(flowing_temperature(T, ROCK, LENGTH, relaxation[i]))


def test_what_cannot_be_is_refused():
    with pytest.raises(OutOfRange, match="t = -1"):
        hasan_kabir_time(-1.0, 1e-6, 0.1)
    with pytest.raises(OutOfRange, match="t = 60"):
        ramey_time(60.0, 1e-6, 0.1)
    with pytest.raises(OutOfRange, match="w = -2"):
        relaxation_length(-2.0, 3000.0, 0.05, 20.0, 2.3, 3.2)
