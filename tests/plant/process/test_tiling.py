import numpy as np
import pytest

from plant.process.settled import settled_field
from plant.process.tiling import tile


@pytest.mark.parametrize("n", [5, 12, 30])
def test_a_tiled_field_has_as_many_wells_as_asked_and_each_code_once(field, n):
    tiled = tile(field, n)
    assert len(tiled.wells) == n
    assert len(set(tiled.assets())) == len(tiled.assets())
    assert {well.wellpad for well in tiled.wells} == {pad.code for pad in tiled.wellpads}


def test_wells_of_a_tiled_field_flow_as_in_the_field_it_repeats(field):
    one, many = settled_field(field, seed=None), settled_field(tile(field, 36), seed=None)
    assert many.signals["Well.Flow"] == pytest.approx(np.tile(one.signals["Well.Flow"], 3), rel=1e-4)
    assert many.signals["Separator.Pressure"] == pytest.approx(one.signals["Separator.Pressure"], rel=1e-4)
