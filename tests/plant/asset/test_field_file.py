"""A field file is read into SI, and all that is wrong with it is said at once."""

import tomllib

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.asset.place import field_path
from plant.error import ConfigError, Unknown
from plant.physics.survey import vertical_depth


@pytest.fixture(scope="module")
def text():
    return field_path("shengli12").read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "field.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def mistakes(path):
    with pytest.raises(ConfigError) as caught:
        load_field(path)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_the_demo_field_has_the_twelve_wells_of_shengli(text):
    field = load_field("shengli12")
    assert len(field.wells) == 12
    assert len(field.manifolds) == len(field.flowlines) == len(field.wellpads) == 2
    assert [well.motor.is_measured for well in field.wells].count(False) == 3
    assert "MIT" in text


def test_published_values_come_out_in_si():
    well = load_field("shengli12").wells[0]
    assert well.code == "CACB27A-P1"
    assert well.measured.rate == pytest.approx(263.8 / 86_400)
    assert well.measured.wellhead_pressure == pytest.approx(4.57e6 + 101_325)
    assert well.measured.wellhead_temperature == pytest.approx(65.6 + 273.15)
    assert well.pump.speed == pytest.approx(2900 / 60)
    assert well.fluid.oil_viscosity == pytest.approx(0.558)


@pytest.mark.parametrize(
    ("code", "tvd"),
    [("CACB27A-P1", 1231.39), ("CACB251GA-4", 1348.44), ("CASH201A-3", 1118.09), ("CACB1HB-P2", 1198.73)],
)
def test_thinned_surveys_hold_the_published_depth_of_the_pump(code, tvd):
    # grade M: true vertical depth at the pump setting, from the whole published survey
    well = next(well for well in load_field("shengli12").wells if well.code == code)
    assert float(vertical_depth(well.pump_depth, well.survey.md, well.survey.tvd)) == pytest.approx(tvd, abs=0.11)


def test_a_survey_may_give_angles_instead_of_depths(text, written):
    well = tomllib.loads(text)["wells"][0]
    md = [0.0, 1000.0, well["survey"]["md_m"][-1]]
    lines = text.split("[wells.survey]\n", 1)
    angled = f"md_m = {md}\ninclination_deg = [0, 0, 60]\nazimuth_deg = [0, 0, 0]\n"
    path = written(lines[0] + "[wells.survey]\n" + angled + lines[1].split("\n", 2)[2])
    survey = load_field(path).wells[0].survey
    arc = (md[2] - 1000.0) / np.radians(60.0)
    assert survey.tvd == pytest.approx((0.0, 1000.0, 1000.0 + arc * np.sin(np.radians(60.0))))


def test_assets_are_named_by_type_and_code():
    field = load_field("shengli12")
    assert field.assets()[0] == "Well.CACB27A-P1"
    assert {"Manifold.MA", "Manifold.MB", "Separator.SEP", "Tank.OIL", "Tank.WATER"} < set(field.assets())
    assert field.index("Tank.WATER") == 1
    with pytest.raises(Unknown, match="no asset"):
        field.index("Well.X")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("productivity_m3_d_MPa = ", "productivity_m3_d_MPa = -", "inflow.productivity_m3_d_MPa"),
        ("reservoir_pressure_MPa = 12", "reservoir_pressure_psi = 12", "reservoir_pressure_psi"),
        ("wellhead_pressure_MPag = 4.57", "wellhead_pressure_MPag = 663", "must be between"),
        ("pump_depth_m = 1240", "pump_depth_m = 1640", "is deeper than the hole"),
        ('wellpad = "A"\nx_m', 'wellpad = "Z"\nx_m', "wells[CACB27A-P1].wellpad = 'Z': is not one of A, B"),
        ('code = "XBKD47-X2"', 'code = "CACB27A-P1"', "is used 2 times"),
        ('code = "XBKD47-X2"', 'code = "XB.KD47"', "without dots"),
        ("md_m = [0, ", "md_m = [0, 0, ", "survey"),
        ("tvd_m = [0, ", "tvd_m = [0, 90000, ", "tvd_m"),
        ("624.4237, 298.7935]", "624.4237, 698.7935]", "must fall beyond its peak"),
        ("rate_m3_d = [5, 65,", "rate_m3_d = [65, 5,", "must rise from point to point"),
        ("water_cut_pct = 70.7", "water_cut_pct = 170.7", "must be between 0 and 100"),
        ("gor_m3_m3 = 7\n", 'gor_m3_m3 = "much"\n', "must be a finite number"),
        ("gor_m3_m3 = 7\n", "gor_m3_m3 = nan\n", "must be a finite number"),
        ("bean_mm = 9.0", "bean_mm = 9.0\ncolour = 3", "is not a key of this table"),
        ("bean_mm = 9.0\n", "", "choke.bean: is missing"),
        ('manifold = "MA"', 'manifold = "MX"', "is not one of MA, MB"),
        ('content = "water"', 'content = "oil"', "water is not there once"),
        ("pressure_MPag = 0.8", "pressure_MPag = 1.35", "is not above the separator's"),
        ("volume_m3 = 25.0", "volume_m3 = 18.0", "leaves no gas space"),
        ("pump_stop_pct = 30.0", "pump_stop_pct = 90.0", "must be below pump_start"),
        ("flowline_pressure_MPag = 1.58", "flowline_pressure_MPag = 5.0", "nothing would flow"),
        ("tubing_diameter_mm = 76", "tubing_diameter_mm = 250", "does not fit into the casing"),
        ("tubing_diameter_mm = 76", 'has_check_valve = "yes"\ntubing_diameter_mm = 76', "must be true or false"),
        ("tubing_diameter_mm = 76", "gas_separator_pct = 100\ntubing_diameter_mm = 76", "must be between 0 and 98"),
    ],
)
def test_an_unphysical_field_is_refused_with_the_reason(text, written, was, becomes, said):
    assert was in text
    found = mistakes(written(text.replace(was, becomes, 1)))
    assert any(said in mistake for mistake in found), found


def test_all_mistakes_of_a_file_are_said_at_once_each_with_file_key_and_rule(text, written):
    broken = (
        text.replace("water_cut_pct = 70.7", "water_cut_pct = 707")
        .replace("pump_depth_m = 1450", "pump_depth_m = 14500", 1)
        .replace('wellpad = "B"\nx_m', 'wellpad = "C"\nx_m', 1)
        .replace("level_pct = 55.0", 'level_pct = "half"')
        .replace("tenant =", "tenent =")
        .replace('name = "shengli12"', 'name = "shengli 12"')
    )
    path = written(broken)
    found = mistakes(path)
    assert all(mistake.startswith(f"{path}: ") for mistake in found)
    for key in ("water_cut_pct", "pump_depth", "wellpad", "level_pct", "tenant", "tenent", "name = 'shengli 12'"):
        assert any(key in mistake for mistake in found), key


def test_one_wrong_value_is_said_once(text, written):
    found = mistakes(written(text.replace("pump_depth_m = 1240", 'pump_depth_m = "deep"')))
    assert len(found) == 1


def test_a_field_that_is_not_there_is_a_mistake_of_its_own():
    assert mistakes("atlantis") == [f"{field_path('atlantis')}: file: does not exist"]


def test_an_empty_file_lacks_everything_but_breaks_nothing(written):
    assert any("wells: is missing" in mistake for mistake in mistakes(written("")))
