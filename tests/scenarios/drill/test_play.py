"""A drill played by bots on plant and devices: they rank as they should, and the same seed makes the same score."""

from html import escape
from pathlib import Path

import pytest

from scenarios.drill.bot import bots
from scenarios.drill.drill import Deed
from scenarios.drill.drill_file import bundled, load_drill
from scenarios.drill.ground import Ground
from scenarios.drill.play import Play, tries
from scenarios.drill.report import page, plain
from scenarios.drill.score import score

WELL = "Well.CACB27A-P1"
PLAYERS = ("expert", "novice", "nothing")


@pytest.fixture(scope="module")
def drill(tmp_path_factory):
    """The dead-head drill, cut short: what it teaches shows within minutes."""
    file: Path = tmp_path_factory.mktemp("drill") / "short.toml"
    text = bundled()["06-dead-head"].read_text(encoding="utf-8")
    file.write_text(text.replace('length = "30m"', 'length = "5m"'), encoding="utf-8")
    return load_drill(file)


@pytest.fixture(scope="module")
def played(drill):
    return tries(*drill, 3, PLAYERS)


@pytest.fixture(scope="module")
def scores(drill, played):
    return {name: score(drill[0], one, played["expert"]) for name, one in played.items()}


def test_an_expert_does_better_than_a_novice_and_a_novice_than_nobody(scores):
    assert scores["expert"].points > scores["novice"].points > scores["nothing"].points


def test_an_expert_loses_nothing_to_acts_or_diagnosis(scores):
    assert {lost.kind for lost in scores["expert"].deductions} <= {"limit"}
    assert scores["expert"].regret == 0


def test_what_was_not_done_is_named_with_its_points(scores):
    lost = {(one.kind, one.subject): one.points for one in scores["nothing"].deductions}
    assert lost["missed", "stop"] == 45
    assert lost["diagnosis", "wellhead valve shut"] == 10


def test_a_wrong_act_is_noted_at_its_time_also_by_whom_it_is_most_likely_done(played):
    [(at, wrong)] = played["novice"].wrong
    assert 60 < at < 300
    assert wrong.act.name in ("speed up", "stop a neighbour")
    assert played["expert"].wrong == ()


def test_the_same_seed_and_acts_make_the_same_score_to_the_last_digit(drill, played, scores):
    again = Play(*drill, "novice", bots(drill[0], 3)["novice"], 3).run()
    assert score(drill[0], again, played["expert"]) == scores["novice"]


def test_the_report_names_acts_points_and_costs_in_either_language_and_needs_nothing_else(drill, played, scores):
    for language, words in (("en", "Where the points went"), ("es", "Dónde se perdieron puntos")):
        text = page(drill[0], played["novice"], scores["novice"], played["expert"], language)
        assert words in text
        assert escape(drill[0].briefing[language]) in text
        assert "<script src" not in text
        assert 'href="http' not in text
    values = plain(drill[0], played["novice"], scores["novice"], played["expert"])
    assert (values["player"], values["seed"], values["drill"]) == ("novice", 3, "short")


def test_a_device_refuses_in_a_drill_what_it_refuses_on_the_wire(drill):
    ground = Ground(*drill[1:])
    assert ground.write(f"{WELL}.Stop", 1.0).refused == ""
    refused = ground.write(f"{WELL}.Start", 1.0)
    assert "wait until backspin has ended" in refused.refused
    assert isinstance(refused, Deed)


def test_a_clone_of_the_ground_goes_on_as_the_ground_does(drill):
    ground = Ground(*drill[1:])
    ground.let_pass(10.0)
    clone = ground.clone()
    ground.let_pass(20.0)
    clone.let_pass(10.0)
    for signal in ("Flow", "IntakePressure", "MotorTemperature"):
        assert clone.truth(f"{WELL}.{signal}") == ground.truth(f"{WELL}.{signal}")
