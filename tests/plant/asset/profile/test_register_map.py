"""Register maps as spreadsheets export them."""

import pytest

from plant.asset.profile.file import load_profile
from plant.asset.profile.register_map import import_map
from plant.asset.register import Register
from plant.error import ConfigError


@pytest.fixture
def imported(tmp_path):
    def read(text: str, **more):
        (tmp_path / "map.csv").write_bytes(text.encode("utf-8-sig"))
        made = import_map(tmp_path / "map.csv", **more)
        (tmp_path / "map.toml").write_text(made.text)
        return made, load_profile("./map.toml", tmp_path / "bench.toml")

    return read


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_becomes_points_whatever_separates_its_columns(imported, separator):
    rows = [("signal", "area", "address", "type", "scale"), ("well.Frequency", "input", "7", "int32", "0.01")]
    made, profile = imported("\n".join(separator.join(row) for row in rows))
    [point] = profile.points
    assert (point.address, point.meaning.scale) == (Register("input", 7, "int32"), 0.01)
    assert made.left_out == ()


@pytest.mark.parametrize(
    ("address", "area", "at"), [("40001", "holding", 0), ("30012", "input", 11), ("400101", "holding", 100)]
)
def test_addresses_of_manuals_count_from_one_and_say_the_area(imported, address, area, at):
    [point] = imported(f"signal,address\nFrequency,{address}\n")[1].points
    assert (point.address.area, point.address.address) == (area, at)


def test_bits_states_and_signs_of_no_value_stand_in_cells_too(imported):
    text = "signal,area,address,mask,states,no_value\nRunState,input,1,0x3,0=Stopped;3=Running,65535;-1\n"
    [point] = imported(text)[1].points
    assert (point.meaning.mask, dict(point.meaning.states), point.meaning.no_value) == (
        3,
        {0: 0.0, 3: 2.0},
        (65535, -1),
    )


def test_roles_are_told_by_their_signals_or_by_whoever_imports(imported):
    text = "signal,area,address\nsep.OilLevel,input,1\n"
    assert imported(text)[1].roles == {"sep": "Separator"}
    assert imported("signal,area,address\nwell.Choke,input,1\n", roles={"well": "GasLiftWell"})[1].roles == {
        "well": "GasLiftWell"
    }


def test_every_mistake_of_its_cells_is_told_with_its_line(imported):
    with pytest.raises(ConfigError) as error:
        imported("signal,area,address,scale\nFrequency,input,seven,1\nCurrent,input,8,a lot\n")
    told = str(error.value)
    assert "map.csv: line 2: address = 'seven': must be a whole number" in told
    assert "map.csv: line 3: scale = 'a lot': must be a number" in told


def test_a_table_without_signals_or_addresses_is_none(imported):
    with pytest.raises(ConfigError, match="must have the columns signal and address; it has name, value"):
        imported("name,value\na,1\n")
