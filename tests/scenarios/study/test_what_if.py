"""What if: the demo field asked about, and what must be refused."""

import pytest

from control.alarms.table import alarm_file, load_alarms
from plant.asset.field_file import load_field
from plant.asset.tag import tags_of
from plant.error import ConfigError
from plant.unit import UNITS, units_asked
from scenarios.study.change import changes_of
from scenarios.study.report import as_json
from scenarios.study.what_if import STANDS, what_if

FIELD = load_field("shengli12")
TAGS = tags_of(FIELD.assets())
RULES = load_alarms(alarm_file("shengli12"), TAGS).rules
WELL, PUSHED = "Well.CACB27A-P1", "Well.CACB27A-P1.FrequencyReference=58"


def asked(*texts, measured=None):
    return what_if(FIELD, changes_of(texts, TAGS), RULES, measured)


def rows(answer):
    return {row.tag.name: row for row in answer.rows}


def test_a_faster_pump_gives_more_draws_the_intake_down_and_takes_more_current():
    found = rows(asked(PUSHED))
    assert found[f"{WELL}.Flow"].difference > 0.2 * found[f"{WELL}.Flow"].before
    assert found[f"{WELL}.IntakePressure"].difference < 0
    assert found[f"{WELL}.Current"].difference > 0


def test_the_neighbours_on_its_manifold_give_less():
    found = rows(asked(PUSHED))
    pad = next(well.wellpad for well in FIELD.wells if WELL.endswith(well.code))
    neighbours = [f"Well.{w.code}.Flow" for w in FIELD.wells if w.wellpad == pad and not WELL.endswith(w.code)]
    assert all(found[tag].difference < 0 for tag in neighbours)


def test_every_well_and_the_station_are_told_before_after_and_by_how_much():
    told = as_json(asked(PUSHED), units_asked(["psig", "bpd"]))
    assert {row["tag"].rpartition(".")[0] for row in told["rows"]} == {
        *(f"Well.{well.code}" for well in FIELD.wells), *(f"Manifold.{one.code}" for one in FIELD.manifolds),
        "Separator.SEP",
    }  # fmt: skip
    flow = next(row for row in told["rows"] if row["tag"] == f"{WELL}.Flow")
    assert flow["unit"] == "bbl/d"
    assert flow["after"] - flow["before"] == pytest.approx(flow["difference"])


def test_nothing_is_different_where_what_is_set_is_what_is():
    found = asked(f"{WELL}.FrequencyReference=47")
    assert all(row.difference == pytest.approx(0.0, abs=1e-9 * abs(row.before)) for row in found.rows)


def test_a_limit_that_would_be_crossed_is_named_and_one_that_stands_is_not_new():
    measured = {"Well.CACB22C-C2.Current": 70.0}
    found = {one.rule.id: one for one in asked("Separator.SEP.PressureReference=1.3MPag", measured=measured).crossings}
    assert found["Separator.SEP.Pressure.high"].is_new
    assert not found["Well.CACB22C-C2.Current.high"].is_new


def test_what_is_measured_moves_by_as_much_as_the_model_and_decides_where_setpoints_stand():
    measured = {f"{WELL}.Frequency": 50.0, f"{WELL}.Flow": 250 / 86_400}
    found = rows(asked(PUSHED, measured=measured))
    assert found[f"{WELL}.Frequency"].before == 50.0
    row = found[f"{WELL}.Flow"]
    assert row.expected == pytest.approx(row.measured + row.after - row.before)


def test_what_a_running_field_does_not_show_is_assumed_aloud():
    assert any(f"{WELL}.Choke is not known now" in note for note in asked(PUSHED, measured={}).notes)


def test_a_pump_that_stands_stays_so_and_its_pressures_are_not_known():
    answer = asked(PUSHED, measured={f"{WELL}.Frequency": 0.0})
    assert f"after: CACB27A-P1 {STANDS}" in answer.notes
    assert rows(answer)[f"{WELL}.Flow"].after == 0.0
    assert rows(answer)[f"{WELL}.IntakePressure"].after is None


@pytest.mark.parametrize(
    ("text", "si"),
    [
        (f"{WELL}.FrequencyReference=52", 52.0), (f"{WELL}.FrequencyReference = 52 Hz", 52.0),
        (f"{WELL}.ChokeReference=80%", 0.8), (f"{WELL}.ChokeReference=0.8frac", 0.8),
        ("Separator.SEP.PressureReference=130psig", UNITS["psig"].to_si(130.0)),
    ],
)  # fmt: skip
def test_a_value_may_carry_its_unit(text, si):
    assert changes_of([text], TAGS)[0].value == pytest.approx(si)


def test_a_pattern_sets_every_well():
    assert len(changes_of(["Well.*.FrequencyReference=50"], TAGS)) == len(FIELD.wells)


WRONG = {
    "Well.NOPE.FrequencyReference=50": "names no tag of the field",
    f"{WELL}.Frequency=50": "must be a setpoint; this is a measurement",
    f"{WELL}.FrequencyReference=90": "must be between 30 Hz and 60 Hz",
    f"{WELL}.ChokeReference=80Hz": "must be a unit of fraction: frac, pct",
    f"{WELL}.ChokeReference=much": "must be a number",
    f"{WELL}.ChokeReference=nan": "must be a number",
    "Separator.SEP.OilLevelReference=50": "must decide where a field settles",
    f"{WELL}.ChokeReference": "must be TAG=VALUE",
}


def test_all_that_is_wrong_is_said_at_once_with_value_and_rule():
    with pytest.raises(ConfigError) as error:
        changes_of(WRONG, TAGS)
    said = [(mistake.key, str(mistake)) for mistake in error.value.mistakes]
    assert len(said) == len(WRONG)
    assert all(text.partition("=")[0] in key for text, (key, _) in zip(WRONG, said, strict=True))
    assert all(rule in line for rule, (_, line) in zip(WRONG.values(), said, strict=True))
