"""Nodal analysis of the demo field's wells, against the field settled as a whole."""

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.error import ConfigError, Unknown
from plant.process.steady.field import steady
from plant.process.steady.setting import measured_setting
from plant.unit import units_asked
from scenarios.study.nodal import nodal
from scenarios.study.nodal_page import WORDS, page
from scenarios.study.nodal_report import as_json
from scenarios.study.vary import combinations, varied_of

FIELD = load_field("shengli12")
SETTING = measured_setting(FIELD)
WELL = "CACB27A-P1"


@pytest.fixture(scope="module")
def settled():
    return steady(FIELD, setting=SETTING)


@pytest.mark.parametrize("index", [0, 5, 10])
def test_a_well_works_where_the_whole_field_has_it_and_there_its_curves_cross(settled, index):
    (case,) = nodal(FIELD, FIELD.wells[index].code, SETTING, [{}])
    point = case.points[-1]
    assert point.is_stable
    assert point.rate == pytest.approx(settled.q[index], rel=1e-3)
    assert point.bottomhole == pytest.approx(settled.way.p_wf[index], rel=1e-3)
    assert point.current == pytest.approx(settled.way.current[index], rel=1e-3)
    between = [np.interp(point.rate, case.q, curve) for curve in (case.inflow, case.outflow)]
    assert between[0] == pytest.approx(between[1], rel=5e-3)


def test_inflow_falls_with_the_rate_and_a_pump_lifts_less_the_more_it_passes():
    (case,) = nodal(FIELD, WELL, SETTING, [{}])
    assert np.all(np.diff(case.inflow) < 0)
    assert np.all(np.diff(case.pumped) > 0)
    assert case.lift[-1] < case.lift[len(case.lift) // 2]


def test_sensitivities_move_the_point_as_they_must():
    varied = varied_of(["FrequencyReference=40:60:10", "ChokeReference=20:80:60"])
    told = {
        (case.values["frequency"], case.values["opening"]): case.points[-1].rate
        for case in nodal(FIELD, WELL, SETTING, combinations(varied))
    }
    assert told[40.0, 0.8] < told[50.0, 0.8] < told[60.0, 0.8]
    assert all(told[f, 0.2] < told[f, 0.8] for f in (40.0, 50.0, 60.0))


def test_a_weaker_reservoir_gives_less_until_the_well_does_not_flow():
    varied = varied_of(["ReservoirPressure=1:7:3"])
    points = [case.points for case in nodal(FIELD, WELL, SETTING, combinations(varied))]
    assert points[0] == ()
    assert points[1][-1].rate < points[2][-1].rate if points[1] else points[2]


def test_a_well_that_there_is_not_is_unknown():
    with pytest.raises(Unknown, match="NOPE"):
        nodal(FIELD, "NOPE", SETTING, [{}])


WRONG = {
    "Speed=1:2:1": "must be one of FrequencyReference",
    "FrequencyReference=60:40:5": "must be LOW:HIGH:STEP",
    "ChokeReference=10:200:10": "must be between 1 and 100 %",
    "WaterCut=10:20:5Hz": "must be a unit of fraction",
    "GasOilRatio": "must be LOW:HIGH:STEP",
}


def test_all_that_is_wrong_with_what_varies_is_said_at_once():
    with pytest.raises(ConfigError) as error:
        varied_of(WRONG)
    said = [str(mistake) for mistake in error.value.mistakes]
    assert len(said) == len(WRONG)
    assert all(rule in line for rule, line in zip(WRONG.values(), said, strict=True))


def test_too_many_variables_or_cases_are_refused():
    with pytest.raises(ConfigError, match="3 variables at most"):
        varied_of([f"{name}=1:2:1" for name in ("ManifoldPressure", "ReservoirPressure", "Productivity", "WaterCut")])
    with pytest.raises(ConfigError, match="200 at most"):
        varied_of(["FrequencyReference=30:60:1", "ChokeReference=10:90:10"])


@pytest.mark.parametrize("language", list(WORDS))
def test_a_page_has_every_point_in_the_units_asked_for_and_needs_no_network(language):
    varied = varied_of(["FrequencyReference=45:50:5"])
    cases = nodal(FIELD, WELL, SETTING, combinations(varied))
    told = as_json(WELL, varied, cases, units_asked(["psig", "bpd"]))
    html = page(told, language)
    assert all(f"{point['rate']:.5g}" in html for case in told["cases"] for point in case["points"])
    assert f"{WORDS[language]['bottomhole']} [psi(g)]" in html
    assert "<link" not in html
    assert "<script src" not in html
